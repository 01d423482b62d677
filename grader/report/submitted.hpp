// What pages show: submissions beside their grades, and a whole class of them, as plain data. All text that a student
// wrote is here as it was handed in: names, sources and answers may hold any bytes, and are shown as text.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "grader/judge/grade.hpp"
#include "ground/chapter.hpp"

struct Submitted {
    std::string name;  // the student's
    Grade grade;
    std::map<std::string, std::string> sources;  // by program: what was graded
    // By chapter and question ("ch01", "1"): the text between the two markers.
    std::map<std::pair<std::string, std::string>, std::string> answers;
};

// What was handed in beside its grade: of each program and question in these chapters. What cannot be read is left out.
// `folder` as in judge/submission.hpp; the questions are those of root/answers/.
Submitted read_submitted_work(const std::filesystem::path& folder, const std::vector<ChapterEntry>& chapters,
                              const std::string& name, const std::filesystem::path& root);

// What a program's grade rests on. Where neither has changed, neither has the grade.
struct Digests {
    std::string source;  // what the student wrote; "" where there is nothing
    std::string kit;     // all that the kit has to do with it: criteria, engine, given code, compiler
};

struct Student {
    enum class State {
        graded,
        missing,    // on the roster, and no submission is there
        unreadable  // there is one, and nothing can be read in it: `problem` says why
    };

    std::string id;    // safe in file names, and no other student's: "017-alice"
    std::string from;  // the folder, zip or URL
    State state = State::graded;
    std::string problem;
    std::string handed_in;  // UTC, "2026-11-28T10:15:00Z"; "" where it is not known
    bool late = false;      // after the time given with --due
    Submitted work;         // a name alone where it was not graded
    std::string on_roster;  // what identifies them there: the row's first such cell; "" where they are on none
    std::map<std::string, Digests> digests;  // by program: of what was graded
};

struct ClassResults {
    std::vector<ChapterEntry> chapters;  // those that were graded, with their criteria and questions
    std::vector<Student> students;       // in the order of the list
    std::string graded;                  // UTC, when the last of them was graded
};
