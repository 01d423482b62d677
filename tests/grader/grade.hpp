// What grading found, as plain data: the grader fills it in, reports print it.
#pragma once

#include <string>
#include <vector>

struct CriterionGrade {
    std::string name;
    bool passed = false;
    int points = 0;
    int max_points = 0;
    std::string saw, expected, why;  // evidence, in words
    std::string read;                // labs/ch01_countdown/README.md#step-3
    bool judged = true;              // false: not looked at, because the gate's criterion failed or nothing was built
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
};

struct AnswerGrade {
    std::string chapter;  // ch01
    std::string question;
    bool answered = false;
    int points = 0;
    int max_points = 0;
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
};
