// One chapter, read from labs/chNN_topic/chapter.json: its programs, criteria, points and questions, how
// its programs are run and shown, and which given code they need. Its hints are in hints.txt beside it.
//
// Arguments are written once, and put together from what a chapter's programs share and what is their own:
//
//     run     the program's "arguments", then the chapter's
//     demo    those of run, then "arguments" of the program's demo, then of the chapter's
//     plot    those of the demo, then the plot's own
//
// A server of the chapter gets the chapter's "server_arguments".
//
// {1s|100ms} is "1s", and "100ms" in a --fast demo; a word that is empty then is left out. {assets} and the
// other marks are explained in tools/marks.hpp.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

// A program that has a part in ./kit demo, without being what is shown.
struct ExtraEntry {
    std::string program;
    std::vector<std::string> arguments;
    std::vector<std::string> fast_arguments;
};

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
    std::optional<ExtraEntry> epilogue;       // of the chapter, runs after it; {table}: a file with its table
};

struct CriterionEntry {
    std::string name;  // the criterion's sentence; also the name of its test case
    int points = 0;
    bool gate = false;            // shows that the exercise was begun; without it no other criterion counts
    std::string build = "plain";  // what it runs: "plain", "thread" or "address" (sanitized), "trial" ...
    std::string builds_on = "";   // another criterion of the program: where both fail, this one waits for it
};

// Started beside a program by whoever runs it: a given server, or a program.
struct ServerEntry {
    std::string name;
    std::vector<std::string> arguments;
    std::vector<std::string> fast_arguments;  // in a --fast demo
};

struct ProgramEntry {
    std::string name;
    std::string summary;
    bool exercise = false;               // false: given, complete
    std::vector<std::string> libraries;  // of labs/support, beside the chapter's: without them it alone is not built
    std::vector<ServerEntry> servers;
    std::vector<std::string> starts;      // programs of the chapter that it starts itself
    std::vector<std::string> arguments;   // of ./kit run PROGRAM, where none are typed
    std::vector<std::string> small_plan;  // arguments with which it has few orders of its threads' steps
    std::vector<CriterionEntry> criteria;
    std::optional<DemoEntry> demo;  // none: not shown

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

// A wrong version of an exercise, and what ./kit demo looks for in it: an order of its threads' steps that breaks it.
// It is close to the solution, so all about it is in solutions/chNN_topic/broken.json.
struct BrokenEntry {
    std::string program;  // the exercise
    std::string source;   // in the chapter's folder of solutions/
    std::string title;
    std::string why;
    std::vector<std::string> threads;    // what the picture calls them, by order of birth
    std::vector<std::string> arguments;  // of the program
};

struct QuestionEntry {
    std::string number;  // as in answers/chNN.md
    int points = 0;
    // Where it asks for measured numbers: the columns of its table that want one in each of these rows. A row that not
    // every machine can measure is not listed.
    std::vector<std::string> measured = {}, rows = {};
};

struct ChapterEntry {
    std::string id;  // ch01_countdown: its folder's name
    std::string title;
    std::vector<std::string> libraries;           // of labs/support, which its programs need beside the plain one
    std::vector<std::string> libraries_if_found;  // the same, where the machine has what they need
    std::vector<std::string> tools;               // commands that its demo uses where they are there
    std::vector<ProgramEntry> programs;
    std::vector<QuestionEntry> questions;
    std::optional<ChartEntry> plot;    // none: ./kit plot has nothing to draw
    std::vector<ServerEntry> servers;  // of all programs
    // Given code of labs/support with a part in the chapter's demo. `bounds` runs before the programs and measures what
    // bounds them: a table program,seconds. `epilogue` runs after them; {table}: a file with program,seconds,bound.
    std::optional<ExtraEntry> bounds, epilogue;
    std::optional<BrokenEntry> broken;  // the demo's last picture; none in a copy without solutions

    std::string number() const { return id.substr(0, id.find('_')); }  // ch01
    std::string file() const { return "labs/" + id + "/chapter.json"; }
    std::string broken_file() const { return "solutions/" + id + "/broken.json"; }
    std::string hints() const { return "labs/" + id + "/hints.txt"; }
    std::string source_of(const ProgramEntry& program) const { return "labs/" + id + "/" + program.name + ".cpp"; }
    // Patches from the starter, one for each TODO: what a student changes for it.
    std::string steps_of(const ProgramEntry& program) const {
        return "selftest/submissions/steps/" + id + "/" + program.name;
    }
    std::string heading() const { return "Chapter " + std::to_string(std::stoi(id.substr(2, 2))) + "  " + title; }
    std::string answers() const { return "answers/" + number() + ".md"; }
    const ProgramEntry* find(const std::string& program) const;
};

// `folder` is .../labs/chNN_topic. Throws std::runtime_error that names the file and the entry.
ChapterEntry read_chapter(const std::filesystem::path& folder);
