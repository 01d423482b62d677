// ./kit check finds each kind of rot: planted, one at a time, in a copy of a real chapter.
#include "tools/check.hpp"

#include <algorithm>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "ground/file.hpp"

namespace {

namespace fs = std::filesystem;

const std::string chapter = "ch01_countdown";

class SmallCheckout {
  public:
    SmallCheckout() {
        for (const std::string part :
             {"kit", "answers/ch01.md", "solutions/answers/ch01.md", "labs/support/CMakeLists.txt"})
            copy(part);
        for (const std::string part : {"labs/", "solutions/", "tests/", "selftest/submissions/right/",
                                       "selftest/submissions/wrong/", "selftest/submissions/steps/"})
            copy(part + chapter);
        for (const Problem& problem : problems()) known_.push_back(said(problem));
    }

    // Replaces the first `old` in that file, of the chapter or of the checkout.
    void plant(const std::string& file, const std::string& old, const std::string& text) const {
        std::string whole = read_file(folder_.path() / file);
        const std::size_t at = whole.find(old);
        INFO(file + " holds no " + old);
        REQUIRE(at != std::string::npos);
        folder_.write(file, whole.replace(at, old.size(), text));
    }
    void remove(const std::string& file) const { REQUIRE(fs::remove(folder_.path() / file)); }

    // What was not there before: links out of the small checkout are.
    std::vector<std::string> found() const {
        std::vector<std::string> fresh;
        for (const Problem& problem : problems())
            if (std::find(known_.begin(), known_.end(), said(problem)) == known_.end()) fresh.push_back(said(problem));
        return fresh;
    }

  private:
    void copy(const std::string& part) const {
        fs::create_directories((folder_.path() / part).parent_path());
        fs::copy(fs::path(kit_root) / part, folder_.path() / part, fs::copy_options::recursive);
    }
    std::vector<Problem> problems() const {
        Check check(folder_.path());
        check_all(check);
        return check.problems();
    }
    static std::string said(const Problem& problem) { return problem.where + ": " + problem.what; }

    Folder folder_;
    std::vector<std::string> known_;
};

// What is found where `old` has become `text`.
std::vector<std::string> found_after(const std::string& file, const std::string& old, const std::string& text) {
    const SmallCheckout checkout;
    checkout.plant(file, old, text);
    return checkout.found();
}

bool any_has(const std::vector<std::string>& found, const std::string& words) {
    std::string all;
    for (const std::string& each : found) all += each + "\n";
    INFO(all);
    CHECK(all.find(words) != std::string::npos);
    return all.find(words) != std::string::npos;
}

const std::string readme = "labs/" + chapter + "/README.md";
const std::string starter = "labs/" + chapter + "/countdown_threads_v1.cpp";
const std::string solution = "solutions/" + chapter + "/countdown_threads_v1.cpp";
const std::string wrong = "selftest/submissions/wrong/" + chapter + "/countdown_threads_v1/";

}  // namespace

TEST_CASE("a command in a README that cannot work is found") {
    any_has(found_after(readme, "./kit run countdown_sequential", "./kit run countdown_squential"),
            "there is no program countdown_squential");
    any_has(found_after(readme, "./kit grade countdown_threads_v1", "./kit grade countdown_treads_v1"),
            "there is no program countdown_treads_v1");
    any_has(found_after(readme, "./kit hint countdown_threads_v1", "./kit hints countdown_threads_v1"),
            "there is no ./kit hints");
    any_has(found_after(readme, "./kit grade countdown_threads_v1", "./kit grade --fast countdown_threads_v1"),
            "./kit grade has no --fast");
    CHECK(found_after(readme, "## Step 1", "<!-- not run: it is an example -->\n\n```\n./kit nothing\n```\n\n## Step 1")
              .empty());
}

TEST_CASE("a Demo that names what is not in the file is found") {
    any_has(found_after(solution, "// Demo    1.", "// Demo    1. Take out `crew_of_nobody`."),
            "names `crew_of_nobody` in its Demo");
}

TEST_CASE("TODOs that cannot be done in the order of their lines are found") {
    any_has(found_after(starter, "// TODO 1", "// TODO 2"), "has the TODOs 2, 2");
    const SmallCheckout checkout;
    checkout.remove("selftest/submissions/steps/" + chapter + "/countdown_threads_v1/1.patch");
    any_has(checkout.found(), "countdown_threads_v1/1.patch: does not exist");
}

TEST_CASE("a criterion that sends readers to a step of something else is found, and a table that differs") {
    any_has(found_after(readme, "| refuses bad flags |", "| refuses wrong flags |"),
            "has a row for \"refuses wrong flags\"");
    any_has(found_after(readme, "| refuses bad flags |", "| refuses wrong flags |"),
            "has no row for the criterion \"refuses bad flags\"");
    const std::vector<std::string> found =
        found_after("tests/" + chapter + "/standing.cpp", "TEST_CASE(\"refuses bad flags\") {",
                    "TEST_CASE(\"refuses bad flags\") {\n    const std::string other = readme(99);");
    any_has(found, "sends readers of \"refuses bad flags\" to step");
    const SmallCheckout checkout;
    checkout.plant(readme, "## Step 8", "## Step 9");
    any_has(checkout.found(), "step 8 does not speak of");
}

TEST_CASE("a wrong submission that no longer says what it must get is found") {
    const SmallCheckout checkout;
    for (const std::string program : {"countdown_processes", "countdown_threads_v1", "countdown_threads_v2"}) {
        const fs::path folder = fs::path("selftest/submissions/wrong") / chapter / program;
        for (const auto& entry : fs::directory_iterator(fs::path(kit_root) / folder)) {
            const std::string file = folder / entry.path().filename();
            const std::string text = read_file(entry.path());
            if (text.find("// Caught   refuses bad flags\n// Says") != std::string::npos)
                checkout.plant(file, "// Says", "// Said");
        }
    }
    any_has(checkout.found(), "which piece of a sentence \"refuses bad flags\" must say");
}

TEST_CASE("a template that says something else of what counts, asks at length or lacks a measured column is found") {
    const std::string questions = "answers/ch01.md", manifest = "labs/" + chapter + "/chapter.json";
    CHECK(
        any_has(found_after(questions, "something of your own", "something"), "does not say what counts as an answer"));
    CHECK(any_has(found_after(questions, "Which lines may\n", "Which lines may\n\n"),
                  "does not ask question 1 in one paragraph"));
    const std::string measured = R"({"number": "1", "points": 2, "measured": ["time"], "rows": ["ping"]})";
    const std::vector<std::string> found = found_after(manifest, R"({"number": "1", "points": 2})", measured);
    CHECK(any_has(found, "answers/ch01.md: has no column 'time'"));
    CHECK(any_has(found, "answers/ch01.md: has no row 'ping'"));
    CHECK(any_has(found, "solutions/answers/ch01.md: has no answer to question 1"));
}

TEST_CASE("a wrong submission that names a criterion that is not there is found") {
    const fs::path any = *fs::directory_iterator(fs::path(kit_root) / wrong);
    const std::string file = wrong + any.filename().string();
    any_has(found_after(file, "// Caught ", "// Also     is a criterion\n// Caught "),
            "may also fail \"is a criterion\"");
    any_has(found_after(file, "// Caught ", "// Caught   is a criterion\n// Caught "),
            "is caught by \"is a criterion\", which is no criterion");
}
