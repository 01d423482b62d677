// The reports: all carry the same verdicts, whatever a student's program printed.
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "bench/catch.hpp"
#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"
#include "support/base64.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

CriterionGrade passed(const std::string& name, int points) {
    return {name, Verdict::holds, points, points, "", "", "", ""};
}

CriterionGrade failed(const std::string& name, int points, const std::string& saw) {
    return {name,
            Verdict::fails,
            0,
            points,
            saw,
            "both asleep at once",
            "in turn, the times add up",
            "labs/ch01_countdown/README.md#step-3"};
}

CriterionGrade waiting(const std::string& name, int points, const std::string& for_what = "") {
    return {name, Verdict::waits, 0, points, "", "", "", "", for_what};
}

CriterionGrade kit_failed(const std::string& name, int points, const std::string& failure) {
    return {name, Verdict::kit_failed, 0, points, "", "", "", "", "", failure};
}

// Everything that can go wrong at once: 9 of 21 points.
Grade mixed() {
    Grade grade;
    grade.contained = "bubblewrap";
    grade.programs.push_back(
        {"ch01_countdown",
         "countdown_processes",
         true,
         "",
         {passed("each actor is a child process of its own", 1), passed("prints every actor's lines in order", 2),
          failed("both actors count at the same time", 3,
                 "Alice printed 3..., sleeps; nobody else has started, and nobody will start "
                 "before she has finished, because she does not return before that")}});
    grade.programs.push_back({"ch01_countdown",
                              "countdown_threads_v1",
                              true,
                              "",
                              {failed("each actor is a thread of its own", 1, "one thread alone"),
                               waiting("joins every thread", 2, "each actor is a thread of its own"),
                               waiting("has no data race", 1, "each actor is a thread of its own")}});
    grade.programs.push_back({"ch01_countdown",
                              "countdown_threads_v2",
                              false,
                              "countdown_threads_v2.cpp:12:5: error: 'x' was not declared\n   12 | "
                              "    x = 1;\n      |     ^",
                              {waiting("joins every thread", 2)}});
    grade.answers = {{"ch01", "1", true, 6, 6}, {"ch01", "2", false, 0, 3}};
    return grade;
}

// A program that tries to write the report itself.
Grade hostile() {
    Grade grade = mixed();
    grade.programs[0].criteria[2].saw =
        "::error::you passed\n  ::set-output name=x::1\n##[error]no\n]]></failure><b>&\"' "
        "\x1b[2J\x1b]0;hi\x07 "
        "\xff\xfe invalid \xe2\x80\xae right to left "
        "\xc2\xa0::warning::x\r::debug::y\n```\n````\n@everyone ::add-mask::z " +
        std::string(300, 'x') + "::stop-commands::t";
    grade.programs[2].build_error = "::error::from the compiler\n##[group]x\n" + std::string(100, '\xff');
    grade.remarks = {
        "::notice::a remark ##[error] that is long enough to be wrapped ::error:: at the wrong "
        "place, "
        "perhaps, ::error::here"};
    return grade;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// As GitHub's runner looks for its commands: "::" after white space, "##[" anywhere.
bool has_runner_command(const std::string& text) {
    for (const std::string& line : lines_of(text)) {
        const std::size_t start = line.find_first_not_of(" \t\r\v\f");
        if (start != std::string::npos && line.compare(start, 2, "::") == 0) return true;
        if (contains(line, "##[")) return true;
    }
    return false;
}

std::string decoded(const std::string& line) {
    return from_base64(line.substr(0, line.size() - 1)).value();
}

json classroom_of(const Grade& grade) {
    return json::parse(decoded(classroom_report(grade)));
}

struct Format {
    const char* name;
    std::string text;
};
std::vector<Format> all_formats(const Grade& grade) {
    return {{"terminal", terminal_report(grade, {})},
            {"colour", terminal_report(grade, {{true}})},
            {"json", json_report(grade)},
            {"junit", junit_report(grade)},
            {"gradescope", gradescope_report(grade)},
            {"markdown", markdown_report(grade)},
            {"classroom50", classroom50_report(grade)},
            {"classroom", classroom_report(grade)},
            {"classroom, decoded", decoded(classroom_report(grade))}};
}

// An order with everything that a report carries of it.
Grade with_an_order() {
    Grade grade = mixed();
    CriterionGrade& criterion = grade.programs[0].criteria[2];
    criterion.schedule = "main T1*2";
    criterion.order.emplace();
    criterion.order->arguments = {"--from", "2"};
    criterion.order->choices = {0, 1, 2};
    criterion.order->names = {"main", "P1"};
    criterion.order->schedule = criterion.schedule;
    explore::Row row{1, "takes the lock", 12, "lock();", 2, true, explore::Weight::key, {0}, 3, true, {}};
    row.lanes = {{true, false, false}, {true, true, true}, {false, false, false}};
    criterion.history = explore::History{{"main", "P1"}, {row}, "it hangs", "step 1 decides", criterion.schedule};
    grade.remarks = {"answers/ch01.md: line 2: no marker"};
    return grade;
}

}  // namespace

TEST_CASE("the kit's own report can be read back, and is the same when it is written again") {
    Grade failed = mixed();
    failed.programs[0].criteria[1] = kit_failed("joins every thread", 2, "no memory");
    for (const Grade& grade : {mixed(), with_an_order(), failed, Grade{}}) {
        const Grade back = grade_from_json(json_report(grade));
        CHECK(json_report(back) == json_report(grade));
        CHECK(back.remarks == grade.remarks);
        CHECK(back.complete() == grade.complete());
        CHECK(terminal_report(back, {}) == terminal_report(grade, {}));
    }
    CHECK(grade_from_json(json_report(failed)).programs[0].criteria[1].failure == "no memory");
    CHECK(grade_from_json(json_report(hostile())).programs.size() == hostile().programs.size());
}

TEST_CASE("what happened in an order comes back from a report") {
    const auto criterion = grade_from_json(json_report(with_an_order())).programs[0].criteria[2];
    REQUIRE(criterion.order);
    CHECK(criterion.order->choices == explore::Choices{0, 1, 2});
    REQUIRE(criterion.history);
    const explore::Row& row = criterion.history->rows.at(0);
    CHECK(row.what == "takes the lock");
    CHECK(row.weight == explore::Weight::key);
    CHECK((row.held_up && row.decides && row.lanes.at(1).holds && !row.lanes.at(2).is_there));
    CHECK(criterion.history->threads == explore::Names{"main", "P1"});
}

TEST_CASE("what is no report of the kit is not read as one") {
    for (const std::string text : {"", "{}", "[1]", R"({"version": 1})", R"({"version": 2, "programs": [3]})"})
        CHECK_THROWS_AS(grade_from_json(text), std::runtime_error);
}

TEST_CASE("the kit's JSON carries every verdict, in the contract's order") {
    const std::string text = json_report(mixed());
    const auto report = nlohmann::ordered_json::parse(text);
    CHECK(report["version"] == 2);
    CHECK(report["points"] == 9);
    CHECK(report["max_points"] == 21);
    CHECK(report["complete"] == true);
    CHECK(report["contained"] == "bubblewrap");
    REQUIRE(report["programs"].size() == 3);
    CHECK(report["programs"][0]["points"] == 3);
    CHECK(report["programs"][0]["max_points"] == 6);
    CHECK(report["programs"][0]["criteria"][2]["passed"] == false);
    CHECK(report["programs"][0]["criteria"][2]["read"] == "labs/ch01_countdown/README.md#step-3");
    CHECK(report["programs"][0]["criteria"][0]["verdict"] == "holds");
    CHECK(report["programs"][0]["criteria"][2]["verdict"] == "fails");
    CHECK(report["programs"][1]["criteria"][1]["verdict"] == "waits");
    CHECK(report["programs"][1]["criteria"][1]["waits_for"] == "each actor is a thread of its own");
    CHECK(report["programs"][1]["build_error"] == "");
    CHECK(contains(report["programs"][2]["build_error"], "was not declared"));
    CHECK(report["answers"][0]["question"] == "1");
    CHECK(report["remarks"].empty());

    const auto keys = [](const nlohmann::ordered_json& object) {
        std::vector<std::string> names;
        for (const auto& item : object.items()) names.push_back(item.key());
        return names;
    };
    using Keys = std::vector<std::string>;
    CHECK(keys(report) ==
          Keys{"version", "points", "max_points", "contained", "complete", "remarks", "programs", "answers"});
    CHECK(keys(report["programs"][0]) ==
          Keys{"chapter", "program", "built", "build_error", "points", "max_points", "criteria"});
    CHECK(keys(report["programs"][0]["criteria"][0]) == Keys{"name", "verdict", "passed", "points", "max_points",
                                                             "waits_for", "saw", "expected", "why", "read", "schedule",
                                                             "arguments", "choices", "threads", "history"});
}

TEST_CASE("the terminal report fits into 80 columns") {
    for (const Grade& grade : {mixed(), hostile()}) {
        for (const std::string& line : lines_of(terminal_report(grade, {}))) {
            INFO(line);
            CHECK(columns(line) <= 80);
        }
    }
}

TEST_CASE("the terminal report says for each failure what it saw, expected, why and where to read") {
    const std::string report = terminal_report(mixed(), {});
    for (const char* part :
         {"saw       Alice printed 3...", "expected  both asleep at once", "why       in turn, the times add up",
          "read      labs/ch01_countdown/README.md#step-3", "pass  2/2  prints every actor's lines in order",
          "FAIL  0/3  both actors count at the same time", "3 of 6 points", "9 of 21 points"}) {
        INFO(part);
        CHECK(contains(report, part));
    }
}

TEST_CASE("the terminal report folds what was not judged into one line") {
    const std::string report = terminal_report(mixed(), {});
    CHECK(contains(report, "2 more criteria wait until \"each actor is a thread of its own\" holds."));
    CHECK_FALSE(contains(report, "has no data race"));
}

TEST_CASE("the terminal report quotes the compiler") {
    const std::string report = terminal_report(mixed(), {});
    CHECK(contains(report,
                   "  | countdown_threads_v2.cpp:12:5: error: 'x' was not declared\n  |    12 |    "
                   " x = 1;\n"));
}

TEST_CASE("the next step is the first thing that does not hold") {
    Grade grade = mixed();
    const auto next = [&] {
        const std::string report = terminal_report(grade, {});
        std::istringstream words(report.substr(report.find("\nNext") + 1));
        std::string line;
        for (std::string word; words >> word;) line += word + " ";
        return line;
    };
    CHECK(contains(next(), "both actors count at the same time"));
    grade.programs.erase(grade.programs.begin());
    CHECK(contains(next(), "./kit hint countdown_threads_v1"));
    grade.programs.erase(grade.programs.begin());
    CHECK(contains(next(), "countdown_threads_v2.cpp"));
    grade.programs.clear();
    CHECK(contains(next(), "question 2 in answers/ch01.md"));
    grade.answers.pop_back();
    CHECK(contains(next(), "everything holds"));
}

TEST_CASE("no report holds a line that GitHub's runner takes for a command") {
    for (const Format& format : all_formats(hostile())) {
        INFO(format.name << ":\n" << format.text);
        CHECK_FALSE(has_runner_command(format.text));
    }
}

TEST_CASE("no report holds a control character, nor bytes that are no UTF-8") {
    for (const Format& format : all_formats(hostile())) {
        if (std::string(format.name) == "colour") continue;
        INFO(format.name << ":\n" << format.text);
        std::size_t controls = 0;
        for (const char c : format.text) {
            if (static_cast<unsigned char>(c) < 0x20 && c != '\n') ++controls;
        }
        CHECK(controls == 0);
        CHECK_NOTHROW(json(format.text).dump());  // which refuses what is no UTF-8
        CHECK_FALSE(contains(format.text, "\xe2\x80\xae"));
    }
}

TEST_CASE("JUnit XML escapes what XML would read") {
    const std::string report = junit_report(hostile());
    CHECK(contains(report, "]]&gt;&lt;/failure&gt;&lt;b&gt;&amp;&quot;&apos; \\x1b[2J"));
    CHECK_FALSE(contains(report, "<b>"));
}

TEST_CASE("JUnit XML has a suite for each program, and counts what failed") {
    const std::string report = junit_report(mixed());
    CHECK(contains(report, "<testsuites name=\"kit grade\" tests=\"9\" failures=\"6\" errors=\"0\">"));
    CHECK(contains(report,
                   "<testsuite name=\"ch01_countdown.countdown_processes\" tests=\"3\" failures=\"1\" errors=\"0\">"));
    CHECK(contains(report, "<testsuite name=\"ch01.answers\" tests=\"2\" failures=\"1\" errors=\"0\">"));
}

TEST_CASE("Classroom's scores add up to the grade") {
    for (const Grade& grade : {mixed(), hostile()}) {
        const json report = classroom_of(grade);
        CHECK(report["version"] == 1);
        CHECK(report["status"] == "fail");
        CHECK(report["max_score"] == grade.max_points());
        int sum = 0;
        for (const json& test : report["tests"]) {
            REQUIRE(test["score"].is_number());
            REQUIRE(test["line_no"].is_number());
            sum += test["score"].get<int>();
        }
        CHECK(sum == grade.points());
    }
    CHECK(classroom_of(mixed())["tests"][6]["status"] == "error");  // it did not compile
}

TEST_CASE("Classroom never divides by zero") {
    const json report = classroom_of(Grade{});
    CHECK(report["max_score"] == 1);
    CHECK(report["status"] == "error");
    CHECK(report["tests"].size() == 1);
}

TEST_CASE("Classroom is told that all is well only when it is") {
    Grade grade = mixed();
    grade.programs.resize(1);
    grade.programs[0].criteria.pop_back();
    grade.answers.clear();
    CHECK(classroom_of(grade)["status"] == "pass");
}

TEST_CASE("Gradescope's results carry score, status and plain text") {
    const json report = json::parse(gradescope_report(hostile()));
    CHECK(report["score"] == 9);
    CHECK(report["stdout_visibility"] == "hidden");
    int score = 0, max_score = 0;
    for (const json& test : report["tests"]) {
        score += test["score"].get<int>();
        max_score += test["max_score"].get<int>();
        CHECK(test["output_format"] == "text");
        CHECK(test["status"] == (test["score"] == test["max_score"] && test["score"] != 0 ? "passed" : "failed"));
    }
    CHECK(score == 9);
    CHECK(max_score == 21);
    CHECK(report["tests"][0]["number"] == "1.1");
}

TEST_CASE("Markdown shows what a program printed as code, which it cannot leave") {
    const std::string report = markdown_report(hostile());
    CHECK(contains(report, "`````text"));  // longer than the four in the evidence
    CHECK(contains(report, "# 9 of 21 points"));
}

namespace {

const std::string cause = "only 256 files may be open at once, and this needs 532: allow more open files (ulimit -n)";

// One criterion holds, two could not be judged for one reason.
Grade without_verdicts() {
    Grade grade = mixed();
    grade.programs[0].criteria[1] = kit_failed("prints every actor's lines in order", 2, cause);
    grade.programs[0].criteria[2] = kit_failed("both actors count at the same time", 3, cause);
    return grade;
}

}  // namespace

TEST_CASE("where the kit failed, every format says so with the cause, and none has a total") {
    for (const Format& format : all_formats(without_verdicts())) {
        if (std::string(format.name) == "classroom") continue;  // the same, decoded, follows
        std::string text = format.text;
        std::string in_one_line;
        std::istringstream words(text);
        for (std::string word; words >> word;) in_one_line += word + " ";
        INFO(format.name << ":\n" << text);
        const bool says_so =
            contains(text, "THE KIT FAILED") || contains(text, "KIT FAILED") || contains(text, "kit failed");
        CHECK(says_so);
        CHECK(contains(in_one_line, "allow more open files (ulimit -n)"));
        for (const char* total : {"7 of 21", "9 of 21", "7/21", "everything holds", "1 of 6"}) {
            INFO(total);
            CHECK_FALSE(contains(in_one_line, total));
        }
    }
}

TEST_CASE("where the kit failed, machines are told in their own way") {
    const Grade grade = without_verdicts();
    const json own = json::parse(json_report(grade));
    CHECK(own["complete"] == false);
    CHECK(own["points"].is_null());
    CHECK(own["programs"][0]["points"].is_null());
    CHECK(own["programs"][0]["criteria"][1]["verdict"] == "kit_failed");
    CHECK(own["programs"][0]["criteria"][1]["passed"] == false);
    CHECK(own["programs"][0]["criteria"][0]["verdict"] == "holds");
    CHECK(own["programs"][1]["points"] == 0);

    const json classroom = classroom_of(grade);
    CHECK(classroom["status"] == "error");
    CHECK(classroom["tests"][0]["name"] == "THE KIT FAILED");
    for (const json& test : classroom["tests"]) CHECK(test["score"] == 0);
    CHECK(classroom["tests"][1]["status"] == "pass");
    CHECK(classroom["tests"][2]["status"] == "error");

    const json gradescope = json::parse(gradescope_report(grade));
    CHECK_FALSE(gradescope.contains("score"));
    CHECK(gradescope["output"].get<std::string>().rfind("THE KIT FAILED", 0) == 0);
    CHECK(gradescope["tests"][1]["status"] == "failed");
    CHECK(contains(gradescope["tests"][1]["output"], cause));

    const std::string junit = junit_report(grade);
    CHECK(contains(junit, "<testsuites name=\"kit grade: THE KIT FAILED\" tests=\"9\" failures=\"5\" errors=\"2\">"));
    CHECK(contains(junit, "<error message=\"THE KIT FAILED: "));

    const std::string markdown = markdown_report(grade);
    CHECK(markdown.rfind("# No grade: the kit failed\n", 0) == 0);
}

TEST_CASE("the terminal says KIT FAILED with the cause, once for those that share it") {
    const std::string report = terminal_report(without_verdicts(), {});
    INFO(report);
    CHECK(contains(report,
                   "  KIT FAILED prints every actor's lines in order\n"
                   "             only 256 files may be open at once, and this needs 532: allow more\n"
                   "             open files (ulimit -n)\n"
                   "  KIT FAILED both actors count at the same time\n"
                   "             as above\n"));
    CHECK(contains(report, "no grade: the kit failed"));
    for (const std::string& line : lines_of(report)) CHECK(columns(line) <= 80);
}

TEST_CASE("reports fit their readers, whatever the submission, and say what was left out") {
    Grade grade;
    for (int program = 0; program < 15; ++program) {
        ProgramGrade one{"ch01_countdown", "program_" + std::to_string(program), program % 3 != 0, "", {}};
        if (!one.built)
            for (int line = 0; line < 50; ++line)
                one.build_error += "x.cpp:1:1: error: " + std::string(200, '\xf0') + "\n";
        for (int criterion = 0; criterion < 12; ++criterion) {
            const std::string name = "criterion " + std::to_string(criterion);
            if (!one.built) one.criteria.push_back(waiting(name, 1));
            else one.criteria.push_back(failed(name, 1, "the longest piece: " + std::string(2'000, '\x07')));
        }
        grade.programs.push_back(one);
    }
    const std::string classroom = classroom_report(grade);
    CHECK(classroom.size() < 100'000);
    const json report = classroom_of(grade);
    CHECK(report["tests"].size() == 180);
    CHECK(contains(report["tests"][12]["message"], "the longest piece"));
    CHECK(contains(report["tests"][12]["message"], "... ("));
    CHECK(contains(report["tests"][0]["message"], "error:"));
    CHECK(report["tests"][1]["message"] == "It cannot be built: see \"criterion 0\".");
    CHECK(markdown_report(grade).size() < 65'536);
}

TEST_CASE("Classroom 50 is told whose it is, each test and their sum; and nothing like a grade where the kit failed") {
    setenv("CLASSROOM", "spring", 1);
    setenv("USERNAME", "alice", 1);
    Grade grade = mixed();
    const json report = json::parse(classroom50_report(grade));
    CHECK(report["schema"] == "classroom50/result/v1");
    CHECK(report["classroom"] == "spring");
    CHECK(report["owner"] == "alice");
    CHECK(report["score"] == grade.points());
    CHECK(report["max-score"] == grade.max_points());
    int sum = 0;
    for (const json& test : report["tests"]) sum += test["score"].get<int>();
    CHECK(sum == grade.points());
    grade.programs[0].criteria[1] = kit_failed("joins every thread", 2, "no memory");
    const json none = json::parse(classroom50_report(grade));
    CHECK(none["status"] == "error");
    CHECK(none["score"] == 0);
    CHECK(none["max-score"] == 0);
    REQUIRE(none["tests"].size() == 1);
    CHECK(contains(none["tests"][0]["output"], "no memory"));
    unsetenv("CLASSROOM");
    unsetenv("USERNAME");
}

TEST_CASE("what fits is not shortened") {
    Grade grade = mixed();
    const std::string saw(1'000, 'x');
    grade.programs[0].criteria[2].saw = saw;
    std::string message = classroom_of(grade)["tests"][2]["message"];
    std::erase_if(message, [](char c) { return c != 'x'; });
    CHECK(message.size() >= saw.size());
}

TEST_CASE("a report may go to a stream that is open already, and to a device, whoever owns their folder") {
    CHECK(why_not_writable("/dev/stdout").empty());
    CHECK(why_not_writable("/dev/null").empty());
    CHECK_FALSE(why_not_writable("/dev").empty());
    CHECK_FALSE(why_not_writable("/nowhere/at/all/grade.json").empty());

    // A socket is a stream that cannot be opened by its name.
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    const int kept = dup(STDOUT_FILENO);
    dup2(ends[0], STDOUT_FILENO);
    CHECK_NOTHROW(write_report("/dev/stdout", "to a socket"));
    dup2(kept, STDOUT_FILENO);
    char text[32] = {};
    CHECK(read(ends[1], text, sizeof text) == 11);
    CHECK(std::string(text) == "to a socket");
    for (const int end : {ends[0], ends[1], kept}) close(end);
}

TEST_CASE("a report is written whole, or not at all") {
    const fs::path folder = fs::temp_directory_path() / ("report_test." + std::to_string(getpid()));
    fs::create_directories(folder);
    const fs::path file = folder / "grade.json";
    write_report(file, "first");
    write_report(file, "second");
    CHECK(read_file(file) == "second");
    CHECK(std::distance(fs::directory_iterator(folder), {}) == 1);

    std::string why;
    try {
        write_report(folder / "missing/grade.json", "third");
    } catch (const std::runtime_error& error) {
        why = error.what();
    }
    CHECK(contains(why, "missing/grade.json"));
    CHECK(contains(why, "No such file or directory"));
    CHECK_NOTHROW(write_report("/dev/null", "fourth"));
    fs::remove_all(folder);
}

TEST_CASE("text wraps at spaces, inside long words only, and keeps its indentation") {
    CHECK(wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
    CHECK(wrap("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
    CHECK(wrap("a\n  b", 10) == std::vector<std::string>{"a", "  b"});
    CHECK(wrap("", 10) == std::vector<std::string>{""});
    CHECK(columns("Zoë 日本") == 8);
}

TEST_CASE("what is wrong with an answer is in every report, with file and line") {
    const std::string why = "answers/ch01.md: line 24: the row `ping` has no number under 'time'";
    const std::string other = "labs/ch01_countdown/countdown_threads_v1.cpp: line 1: this is not UTF-8";
    Grade grade = mixed();
    grade.answers.at(1).remarks = why;
    grade.remarks = {why, other};
    for (const Format& format : all_formats(grade)) {
        if (std::string(format.name) == "classroom") continue;  // the same, decoded, follows
        CAPTURE(format.name);
        std::string text;
        for (const char c : format.text)
            if (c != '\n' && (c != ' ' || text.empty() || text.back() != ' ')) text += c;
            else if (text.empty() || text.back() != ' ') text += ' ';
        CHECK(contains(text, "line 24: the row"));
        CHECK(contains(text, "line 1: this is not UTF-8"));
    }
    CHECK(classroom_of(grade)["tests"][8]["message"] == "not answered\n" + why);
    CHECK(classroom_of(grade)["tests"].back()["status"] == "pass");
}

TEST_CASE("the next step of a program that was begun is what fails, also where others wait for it") {
    const CriterionGrade holds{"it is begun", Verdict::holds, 1, 1, "", "", "", ""};
    const CriterionGrade fails{"both count", Verdict::fails, 0, 3, "one", "two", "reasons", "labs/README.md#step-3"};
    const CriterionGrade waits{"one runs ahead", Verdict::waits, 0, 2, "", "", "", "", "both count"};
    Grade grade;
    grade.programs = {{"ch01_countdown", "countdown_threads_v1", true, "", {holds, fails, waits}}};
    CHECK(next_step(grade).rfind("In labs/ch01_countdown/countdown_threads_v1.cpp, make it hold: \"both count\"", 0) ==
          0);
    grade.programs[0].criteria.erase(grade.programs[0].criteria.begin());
    CHECK(next_step(grade).rfind("Do the TODOs of labs/ch01_countdown/countdown_threads_v1.cpp", 0) == 0);
}

TEST_CASE("annotations stand at the file and line of what failed, one line each") {
    const std::string text = annotations_report(mixed());
    CHECK(text.find("::error file=labs/ch01_countdown/countdown_threads_v2.cpp,line=12,title=It cannot be built::"
                    "error: 'x' was not declared\n") != std::string::npos);
    CHECK(text.find("::error file=labs/ch01_countdown/countdown_threads_v1.cpp,line=1,title=each actor is a thread of "
                    "its own::saw       one thread alone%0A") != std::string::npos);
    CHECK(text.find("2 more criteria wait until \"each actor is a thread of its own\" holds.\n") != std::string::npos);
    CHECK(text.find(
              "::notice file=answers/ch01.md,line=1,title=No answer yet::There is no answer yet to question 2.\n") !=
          std::string::npos);
    CHECK(std::count(text.begin(), text.end(), '\n') == 4);
}

TEST_CASE("an annotation names the line that its evidence names, of the program's own source alone") {
    Grade grade = mixed();
    grade.programs = {grade.programs[0]};
    grade.answers.clear();
    grade.programs[0].criteria[2].saw = "a data race in my_countdown_processes.cpp:7, countdown_processes.cpp:31";
    CHECK(annotations_report(grade).find(",line=31,title=both actors") != std::string::npos);
}

TEST_CASE("nothing in an annotation ends it, or begins another command") {
    Grade grade = mixed();
    grade.programs = {grade.programs[0]};
    grade.answers.clear();
    grade.programs[0].criteria[2].name = "50%: a, b::c";
    grade.programs[0].criteria[2].saw = "100%\n::error file=x::forged\r\n::stop-commands::t\n##[error]x";
    const std::string text = annotations_report(grade);
    CHECK(text.rfind("::error file=labs/ch01_countdown/countdown_processes.cpp,line=1,title=50%25%3A a%2C b%3A%3Ac::",
                     0) == 0);
    CHECK(text.find("100%25%0A") != std::string::npos);
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find('\r') == std::string::npos);
    CHECK(text.find("##[") == std::string::npos);
}

TEST_CASE("there are no more annotations than GitHub shows, and each program has one") {
    Grade grade;
    for (int i = 1; i <= 5; ++i) {
        ProgramGrade program{"ch01_countdown", "p" + std::to_string(i), true, "", {}};
        for (int j = 0; j < 4; ++j) program.criteria.push_back(failed("claim " + std::to_string(j), 1, "nothing"));
        grade.programs.push_back(program);
    }
    const std::string text = annotations_report(grade);
    CHECK(std::count(text.begin(), text.end(), '\n') == 10);
    for (int i = 1; i <= 5; ++i)
        CHECK(text.find("/p" + std::to_string(i) + ".cpp,line=1,title=claim 0::") != std::string::npos);
    CHECK(text.find("11 more errors are in the report") != std::string::npos);
}

TEST_CASE("where the kit failed, the first annotation says so") {
    Grade grade = mixed();
    grade.programs[0].criteria.push_back(kit_failed("does not busy-wait", 1, "no room in /tmp"));
    CHECK(annotations_report(grade).rfind("::error title=THE KIT FAILED::THE KIT FAILED, not the submission", 0) == 0);
}
