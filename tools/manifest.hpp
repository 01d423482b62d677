// What there is to teach and to grade, read from labs/labs.json: the one list
// of chapters, programs, criteria, points, hints and questions.
//
// read_manifest throws std::runtime_error that names the file and the entry.
// A Manifest is plain data: safe to share between threads once read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// How ./kit demo runs a program, and what it should see.
struct DemoEntry {
    std::vector<std::string> arguments;
    std::vector<std::string> fast_arguments;  // of a --fast demo
    double ideal = 0;                         // the seconds that it takes where nothing is lost
    double fast_ideal = 0;
    std::vector<std::string> actors;  // whose lines to colour and draw, by the name in the line
    std::string step;                 // what an actor does from one line to its next: "tick"
};

struct CriterionEntry {
    std::string name;  // the criterion's sentence; also the name of its test case
    int points = 0;
    bool gate = false;  // shows that the exercise was begun; without it no other criterion counts
    std::string build = "plain";  // what it runs: "plain", "thread" or "address" (sanitized)
};

struct ProgramEntry {
    std::string name;
    std::string summary;
    bool exercise = false;               // false: given, complete
    std::vector<std::string> servers;    // given servers that it needs while it runs
    std::vector<std::string> arguments;  // of ./kit run PROGRAM, where none are typed
    std::vector<CriterionEntry> criteria;
    std::vector<std::string> hints;  // from the concept to nearly the answer
    std::optional<DemoEntry> demo;   // none: not shown

    int points() const;  // the most that its criteria earn
};

struct QuestionEntry {
    std::string number;  // as in answers/chNN.md
    int points = 0;
};

struct ChapterEntry {
    std::string id;  // ch01_countdown
    std::string title;
    std::vector<ProgramEntry> programs;
    std::vector<QuestionEntry> questions;

    std::string number() const { return id.substr(0, id.find('_')); }  // ch01
    std::string source_of(const ProgramEntry& program) const {
        return "labs/" + id + "/" + program.name + ".cpp";
    }
    std::string heading() const {
        return "Chapter " + std::to_string(std::stoi(id.substr(2, 2))) + "  " + title;
    }
    std::string answers() const { return "answers/" + number() + ".md"; }
    const ProgramEntry* find(const std::string& program) const;
};

struct Manifest {
    std::vector<ChapterEntry> chapters;

    // The chapters that `name` asks for: all for "", one for its id or number
    // ("ch01_countdown", "ch01"), one with that single program for a program.
    // None where nothing has that name.
    std::vector<ChapterEntry> select(const std::string& name) const;

    // What select would have accepted, for a message.
    std::string known_names() const;

    std::vector<std::string> program_names(bool exercises_alone) const;
};

Manifest read_manifest(const std::filesystem::path& file);
