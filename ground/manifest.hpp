// What there is to teach and to grade, read from labs/labs.json: the one list
// of chapters, programs, criteria, points, hints and questions.
//
// read_manifest throws std::runtime_error that names the file and the entry.
// A Manifest is plain data: safe to share between threads once read.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

// How ./kit demo runs a program, and what it should see.
struct DemoEntry {
    std::vector<std::string> arguments;
    std::vector<std::string> fast_arguments;  // of a --fast demo
    double ideal = 0;                         // the seconds that it takes where nothing is lost;
    double fast_ideal = 0;                    // 0: that depends on the machine
    int ideal_speedup = 0;                    // then: how many times the first program's speed, given cores
    std::vector<std::string> actors;          // whose lines to colour and draw, by the name in the line
    std::string step;                         // what an actor does from one line to its next: "tick"
    std::string why;                          // why it takes as long as it does, where no actors show it
    int exit_code = 0;                        // what it ends with: 1 where it is to show a failure, too
};

struct CriterionEntry {
    std::string name;  // the criterion's sentence; also the name of its test case
    int points = 0;
    bool gate = false;            // shows that the exercise was begun; without it no other criterion counts
    std::string build = "plain";  // what it runs: "plain", "thread" or "address" (sanitized)
    std::string builds_on = "";   // another criterion of the program: where both fail, this one waits for it
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

// A chapter's picture: a bar or a point for each row of the table that one of its programs prints.
struct ChartEntry {
    bool is_speedup = false;  // points, the ideal line, Amdahl's law; else bars
    std::string program;
    std::vector<std::string> arguments;
    std::string title;
    std::string unit;                        // of the bars' lengths: "nanoseconds per decrement"
    std::string label;                       // the column that names the bars, or the threads,
    std::string value;                       // the one that is drawn,
    std::string per;                         // divided by this one (empty: by nothing),
    double scale = 1;                        // and times this
    std::string error;                       // the column of its error bars (empty: none)
    std::map<std::string, std::string> why;  // for each label, what its length comes from
};

// What ./kit demo says and draws of chapter 8 beside its bars: how long each mode takes over slower and
// slower links.
struct CrossoverEntry {
    std::string server;                          // the program that takes --link-rate
    std::vector<std::string> arguments;          // of the client, for one link
    std::vector<std::string> rates, fast_rates;  // bytes a second
    int slowdown = 1;                            // of the client, there and in the chart
    std::string image;                           // whose processing is timed, in assets/
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
    std::optional<ChartEntry> plot;  // none: ./kit plot has nothing to draw
    std::optional<CrossoverEntry> crossover;

    std::string number() const { return id.substr(0, id.find('_')); }  // ch01
    std::string source_of(const ProgramEntry& program) const { return "labs/" + id + "/" + program.name + ".cpp"; }
    std::string heading() const { return "Chapter " + std::to_string(std::stoi(id.substr(2, 2))) + "  " + title; }
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
