// What grading found, as plain data: the grader fills it in, reports print it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "grader/explore/broken_order.hpp"
#include "grader/explore/history.hpp"

enum class Verdict {
    holds,
    fails,
    waits,      // not looked at: nothing was built, or a criterion that it builds on does not hold
    kit_failed  // the kit could not judge it: neither a pass nor a zero
};

struct CriterionGrade {
    std::string name;
    Verdict verdict = Verdict::waits;
    int points = 0;
    int max_points = 0;
    std::string saw, expected, why;  // evidence, in words
    std::string read;                // labs/ch01_countdown/README.md#step-3
    std::string waits_for = "";      // the name of a criterion; "" for a program that builds
    std::string failure = "";        // of the kit: the cause and the remedy, in one line
    std::string schedule = "";       // the order that breaks the program, where one was found: explore/story.hpp
    std::optional<explore::BrokenOrder> order = {};  // the same, to play it again,
    std::optional<explore::History> history = {};    // and what happened in it

    bool passed() const { return verdict == Verdict::holds; }
    bool judged() const { return verdict == Verdict::holds || verdict == Verdict::fails; }
    bool kit_failed() const { return verdict == Verdict::kit_failed; }
};

struct ProgramGrade {
    std::string chapter;  // ch01_countdown
    std::string program;
    bool built = false;
    std::string build_error;  // the compiler's first error, or why there is nothing to compile
    std::vector<CriterionGrade> criteria;

    int points() const {
        int sum = 0;
        for (const CriterionGrade& criterion : criteria) sum += criterion.points;
        return sum;
    }
    int max_points() const {
        int sum = 0;
        for (const CriterionGrade& criterion : criteria) sum += criterion.max_points;
        return sum;
    }
    // False where the kit failed: the points are then no grade.
    bool complete() const {
        return std::none_of(criteria.begin(), criteria.end(),
                            [](const CriterionGrade& criterion) { return criterion.kit_failed(); });
    }
};

struct AnswerGrade {
    std::string chapter;  // ch01
    std::string question;
    bool answered = false;
    int points = 0;
    int max_points = 0;
    std::string remarks = "";  // one in each line: "answers/ch01.md: line 12: ..."; all are in the grade's remarks, too
};

struct Grade {
    std::string contained;  // "bubblewrap", or "limits" where namespaces are refused
    std::vector<ProgramGrade> programs;
    std::vector<AnswerGrade> answers;
    std::vector<std::string> remarks;  // what the reader should know: a missing answers file, no bubblewrap

    int points() const {
        int sum = 0;
        for (const ProgramGrade& program : programs) sum += program.points();
        for (const AnswerGrade& answer : answers) sum += answer.points;
        return sum;
    }
    int max_points() const {
        int sum = 0;
        for (const ProgramGrade& program : programs) sum += program.max_points();
        for (const AnswerGrade& answer : answers) sum += answer.max_points;
        return sum;
    }
    bool complete() const {
        return std::all_of(programs.begin(), programs.end(),
                           [](const ProgramGrade& program) { return program.complete(); });
    }
};
