// The pages: the data in them is that of the grades, and what a student wrote is never markup.
#include "grader/pages/pages.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "bench/catch.hpp"
#include "grader/pages/data.hpp"
#include "grader/pages/named_lines.hpp"
#include "grader/pages/reasons.hpp"
#include "grader/pages/shown.hpp"
#include "ground/file.hpp"
#include "support/base64.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string markup = "</script><script>alert(1)</script><!-- & \xe2\x80\xa8 \xe2\x80\xae \xff \x1b[2J";

CriterionGrade criterion(const std::string& name, Verdict verdict, const std::string& saw = "") {
    CriterionGrade grade{name,           verdict,        verdict == Verdict::holds ? 2 : 0,     2, saw,
                         "both at once", "times add up", "labs/ch01_countdown/README.md#step-3"};
    if (verdict == Verdict::kit_failed) grade.failure = "no room in /tmp";
    return grade;
}

Submitted submitted(const std::string& name, const std::string& saw) {
    Submitted work;
    work.name = name;
    work.grade.programs = {{"ch01_countdown",
                            "countdown_threads_v1",
                            true,
                            "",
                            {criterion("joins every thread", Verdict::holds, "all ended"),
                             criterion("both actors count at the same time", Verdict::fails, saw)}}};
    work.grade.answers = {{"ch01", "1", true, 2, 2}};
    work.sources["countdown_threads_v1"] = "int main() {}\n";
    work.answers[{"ch01", "1"}] = "because";
    return work;
}

Student student(const std::string& id, const std::string& saw) {
    Student one;
    one.id = id;
    one.work = submitted("name of " + id, saw);
    return one;
}

ChapterEntry chapter() {
    ChapterEntry entry;
    entry.id = "ch01_countdown";
    entry.title = "Countdown";
    ProgramEntry program;
    program.name = "countdown_threads_v1";
    program.exercise = true;
    for (const char* name : {"joins every thread", "both actors count at the same time"}) {
        CriterionEntry one;
        one.name = name;
        one.points = 2;
        program.criteria.push_back(one);
    }
    entry.programs = {program};
    entry.questions = {{"1", 2}};
    return entry;
}

ClassResults class_of(std::vector<Student> students) {
    return {{chapter()}, std::move(students), "2026-11-28T10:15:00Z"};
}

// What the page's script reads.
json data_of(const std::string& page) {
    const std::string begin = "<script type=\"application/json\" id=\"data\">";
    const std::size_t at = page.find(begin) + begin.size();
    return json::parse(page.substr(at, page.find("</script>", at) - at));
}

struct Folder {
    fs::path path = fs::temp_directory_path() / ("pages_test." + std::to_string(getpid()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
};

std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size()) ++count;
    return count;
}

}  // namespace

TEST_CASE("a student's page has the grade, the source and the answers") {
    const json data = data_of(student_page(submitted("Ada", "one thread alone (countdown_threads_v1.cpp:31)")));
    CHECK(data["name"] == "Ada");
    CHECK(data["points"] == 4);
    CHECK(data["max_points"] == 6);
    const json& program = data["programs"][0];
    CHECK(program["source"] == "int main() {}\n");
    CHECK(program["criteria"][0]["verdict"] == "holds");
    CHECK(program["criteria"][1]["verdict"] == "fails");
    CHECK(program["criteria"][1]["expected"] == "both at once");
    CHECK(program["criteria"][1]["lines"] == json({31}));
    CHECK(data["answers"][0]["text"] == "because");
    CHECK(data["answers"][0]["asked"].get<std::string>().find("several times with three actors") != std::string::npos);
}

TEST_CASE("where the kit failed a page has no number, and says why") {
    Submitted work = submitted("Ada", "x");
    work.grade.programs[0].criteria[1] = criterion("both actors count at the same time", Verdict::kit_failed);
    const json data = data_of(student_page(work));
    CHECK(data["points"].is_null());
    CHECK(data["programs"][0]["points"].is_null());
    CHECK(data["programs"][0]["criteria"][1]["points"].is_null());
    CHECK(data["programs"][0]["criteria"][1]["failure"] == "no room in /tmp");
    CHECK(data["kit_failures"][0] == "no room in /tmp (1 criterion)");
}

TEST_CASE("what a student wrote cannot end the data, and shows as text") {
    Submitted work = submitted(markup, markup);
    work.sources["countdown_threads_v1"] = "\tint x;\r\n" + markup + std::string(1, '\0');
    work.answers[{"ch01", "1"}] = markup;
    const std::string page = student_page(work);
    CHECK(count_of(page, "<script") == 2);
    CHECK(count_of(page, "</script>") == 2);
    CHECK(page.find("alert(1)</") == std::string::npos);
    const std::size_t begin = page.find("id=\"data\">"), end = page.find("</script>", begin);
    const std::string inside = page.substr(begin, end - begin);
    CHECK(std::all_of(inside.begin(), inside.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    const json data = data_of(page);
    const std::string text = "</script><script>alert(1)</script><!-- & \\u{2028} \\u{202e} \xef\xbf\xbd \\x1b[2J";
    CHECK(data["name"] == text);
    CHECK(data["programs"][0]["source"] == "\tint x;\n" + text + "\\x00");
    CHECK(data["answers"][0]["text"] == text);
}

TEST_CASE("a page allows its own script and style sheet alone") {
    const std::string page = student_page(submitted("Ada", "x"));
    const std::size_t at = page.find("http-equiv=\"Content-Security-Policy\"");
    REQUIRE(at != std::string::npos);
    const std::string policy = page.substr(at, page.find('>', at) - at);
    CHECK(policy.find("default-src 'none'") != std::string::npos);
    CHECK(policy.find("script-src 'sha256-") != std::string::npos);
    CHECK(policy.find("unsafe") == std::string::npos);
    CHECK(at < page.find("<style"));
    CHECK(at < page.find("<script"));
}

TEST_CASE("the picture of an order is an image in the page") {
    Submitted work = submitted("Ada", "x");
    explore::History history;
    history.threads = {"main"};
    history.rows = {{0, "locks", 12, "<script>alert(1)</script>", 1, false, explore::Weight::key, {}, 0, true, {{}}}};
    work.grade.programs[0].criteria[1].history = history;
    const json criterion = data_of(student_page(work))["programs"][0]["criteria"][1];
    const std::string url = criterion["picture"], begin = "data:image/svg+xml;base64,";
    REQUIRE(url.rfind(begin, 0) == 0);
    const std::string svg = from_base64(url.substr(begin.size())).value_or("");
    CHECK(svg.find("countdown_threads_v1, an order that breaks it") != std::string::npos);
    CHECK(svg.find("&lt;script&gt;") != std::string::npos);
    CHECK(svg.find("<script") == std::string::npos);
    CHECK(criterion["order"].get<std::string>().find("locks") != std::string::npos);
    CHECK(criterion["lines"] == json({12}));
}

TEST_CASE("the lines that evidence names are those of the program alone") {
    CHECK(named_lines("queue.cpp:31:5: error\nqueue.cpp:7, /tmp/queue.cpp:31", "queue") == std::vector<int>{7, 31});
    CHECK(named_lines("my_queue.cpp:31 queue.cpp: queue.cpp:x", "queue").empty());
    CHECK(named_lines("queue.cpp:99999999999999999999", "queue").empty());
}

TEST_CASE("sentences that differ in numbers, names and circumstances say the same") {
    const auto same = [](const std::string& a, const std::string& b) {
        return generalised(heart_of(a)) == generalised(heart_of(b));
    };
    CHECK(same("1 actor is asleep; the last line is \"Thread Alice: 3...\"",
               "2 actors is asleep; the last line is \"\"") == false);
    CHECK(same("the program hangs: main waits in join for C1; C1 waits to be woken at q.cpp:38 (with --items 2)",
               "the program hangs: main waits in join for C2; C2 waits to be woken at q.cpp:41"));
    CHECK(same("each of its threads 1, 2 and 4 waits for a mutex; this was with --capacity 4",
               "its thread 3 waits for a mutex; this was with room for 1"));
    CHECK(same("Alice is asleep for 1.733 s", "Bob is asleep for 2 s"));
    CHECK(same("SUMMARY: ThreadSanitizer: data race q.cpp:31 in Queue::put(int)",
               "SUMMARY: ThreadSanitizer: data race /usr/include/c++/12/bits/stl_deque.h:273 in std::operator=="));
    CHECK(same("SUMMARY: ThreadSanitizer: data race q.cpp:31 in f", "SUMMARY: ThreadSanitizer: thread leak q.cpp:3") ==
          false);
    CHECK(same("the program exits with 0", "the program exits with 134"));
    CHECK(same("main waits for a lock", "main waits to be woken") == false);
    CHECK(generalised(std::string(100'000, '"')).size() <= 100'002);
}

TEST_CASE("the commonest reason comes first, with its students and of how many") {
    ClassResults results = class_of({student("a", "the program prints nothing"), student("b", "Alice sleeps 1 s"),
                                     student("c", "Bob sleeps 2 s"), student("d", "Alice sleeps 1 s")});
    results.students.emplace_back();
    results.students.back().state = Student::State::missing;
    Student not_built = student("e", "");
    not_built.work.grade.programs[0] = {"ch01_countdown",
                                        "countdown_threads_v1",
                                        false,
                                        "countdown_threads_v1.cpp:3:1: error: 'x' was not declared",
                                        {}};
    results.students.push_back(not_built);
    const std::vector<Reason> reasons = reasons_of(results);
    REQUIRE(reasons.size() == 3);
    CHECK(reasons[0].saw == "Alice sleeps 1 s");
    CHECK(reasons[0].varies);
    CHECK(reasons[0].students == std::vector<std::size_t>{1, 2, 3});
    CHECK(reasons[0].of == 5);
    CHECK(reasons[0].criterion == "both actors count at the same time");
    CHECK_FALSE(reasons[1].varies);
    CHECK(reasons[2].criterion.empty());
    CHECK(reasons[2].saw == "countdown_threads_v1.cpp:3:1: error: 'x' was not declared");
}

TEST_CASE("a class is written as pages that lead to one another") {
    const Folder folder;
    ClassResults results = class_of({student("001-ada", "x"), student("../../up", "x"), student("", "x")});
    results.students[2].state = Student::State::missing;
    write_pages(results, folder.path / "pages");
    const json data = data_of(read_file(folder.path / "pages/index.html"));
    CHECK(data["columns"].size() == 2);
    CHECK(data["students"][0]["points"] == 4);
    CHECK(data["students"][0]["cells"][0]["verdicts"] == "hf");
    CHECK(data["students"][0]["cells"][1]["verdicts"] == "h");
    CHECK(data["students"][2]["state"] == "missing");
    CHECK(data["students"][2]["points"].is_null());
    std::size_t pages = 0;
    for (const json& one : data["students"]) {
        const std::string href = one["href"];
        CHECK(href.rfind("students/", 0) == 0);
        CHECK(href.find("..") == std::string::npos);
        CHECK(fs::exists(folder.path / "pages" / href));
        ++pages;
    }
    CHECK(pages == 3);
    for (const auto& entry : fs::recursive_directory_iterator(folder.path))
        CHECK(entry.path().string().find("up.html") == std::string::npos);
    const json question = data_of(read_file(folder.path / "pages/questions/ch01-1.html"));
    CHECK(question["answers"].size() == 2);
    CHECK(question["answers"][0]["text"] == "because");
    const json ada = data_of(read_file(folder.path / "pages/students/001-ada.html"));
    CHECK(ada["class"]["href"] == "../index.html");
    CHECK(ada["class"].contains("before") == false);
    CHECK(fs::exists(folder.path / "pages/students" / ada["class"]["after"]["href"].get<std::string>()));
}

TEST_CASE("names of files are safe, and of two students never the same") {
    CHECK(file_name_of("017-alice") == "017-alice");
    const std::vector<std::string> hostile = {"",
                                              ".",
                                              "..",
                                              "../../etc/passwd",
                                              "a/b",
                                              "a b",
                                              "-rf",
                                              ".hidden",
                                              "a\nb",
                                              std::string("a\0b", 3),
                                              "\xff\xfe",
                                              "CON\\x:y",
                                              std::string(300, 'x'),
                                              std::string(301, 'x')};
    std::vector<std::string> names;
    for (const std::string& name : hostile) {
        const std::string file = file_name_of(name);
        CHECK(file.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
              std::string::npos);
        REQUIRE_FALSE(file.empty());
        CHECK(file[0] != '.');
        CHECK(file[0] != '-');
        CHECK(file.size() <= 100);
        CHECK(std::find(names.begin(), names.end(), file) == names.end());
        names.push_back(file);
    }
}

TEST_CASE("a folder that cannot be made is named") {
    const Folder folder;
    write_file(folder.path / "file", "x");
    std::string problem;
    try {
        write_pages(class_of({}), folder.path / "file");
    } catch (const std::runtime_error& error) {
        problem = error.what();
    }
    CHECK(problem.find((folder.path / "file/students").string() + ": cannot be made") == 0);
}
