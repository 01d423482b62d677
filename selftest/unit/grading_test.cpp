// Grading: each criterion in a process of its own, and points for a positive record alone.
//
// The criteria below are graded by this very program: it stands in for a chapter's.
#include "grader/judge/grading.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "bench/catch.hpp"
#include "bench/criterion.hpp"
#include "small_kit.hpp"

TEST_CASE("it holds", "[.criterion]") {
    judge({true, "all of it", "all of it", "reasons", "labs/README.md#step-1"});
}

TEST_CASE("it holds, too [with brackets, and \"quotes\"] *", "[.criterion]") {
    judge({executable().string().find("grade/cache") != std::string::npos, executable().string(), "", "", ""});
}

TEST_CASE("it does not hold", "[.criterion]") {
    judge({false, "none of it", "all of it", "reasons", "labs/README.md#step-2"});
}

TEST_CASE("it does not hold either", "[.criterion]") {
    judge({false, "nothing", "something", "", ""});
}
TEST_CASE("it says nothing", "[.criterion]") {
    SUCCEED("and succeeds");
}

TEST_CASE("it is killed", "[.criterion]") {
    std::abort();
}

TEST_CASE("it is killed behind its verdict", "[.criterion]") {
    judge({true, "", "", "", ""});
    std::abort();
}

TEST_CASE("it fails behind its verdict", "[.criterion]") {
    judge({true, "", "", "", ""});
    CHECK(program_name().empty());
}

TEST_CASE("it judges twice", "[.criterion]") {
    judge({true, "", "", "", ""});
    judge({true, "", "", "", ""});
}

TEST_CASE("it throws", "[.criterion]") {
    throw std::system_error(EMFILE, std::generic_category(), "the grader's server cannot accept a connection");
}

TEST_CASE("it sees a great deal", "[.criterion]") {
    judge({true, std::string(1'000'000, '\xff'), std::string(1'000'000, '\n'), "", ""});
}

TEST_CASE("its program runs", "[.criterion]") {
    Program program(executable(), {});
    program.settle();
    judge({program.lines() == Lines{"here"}, program.output(), "here", "", ""});
}

namespace {

namespace fs = std::filesystem;

const std::string good = "#include <cstdio>\nint main() { std::puts(\"here\"); }\n";

class SmallChapter {
  public:
    SmallChapter() {
        chapter.id = "ch01_unit";
        program.name = "exercise";
        program.exercise = true;
        fs::create_directories(small.folder().path() / "tests");
        fs::create_symlink(fs::read_symlink("/proc/self/exe"), small.folder().path() / "tests/ch01_unit");
    }

    void add(const std::string& name, bool gate = false) { program.criteria.push_back({name, 2, gate, "plain"}); }

    ProgramGraded grade(const std::string& source = good, const std::vector<std::string>& only = {}) const {
        return grade_program(small.kit(), chapter, program, source, only);
    }

    SmallKit small;
    ChapterEntry chapter;
    ProgramEntry program;
};

}  // namespace

TEST_CASE("a criterion that holds earns its points, one that does not earns none, with its words") {
    SmallChapter small;
    small.add("it holds");
    small.add("it does not hold");
    small.add("it holds, too [with brackets, and \"quotes\"] *");
    small.add("its program runs");
    const ProgramGraded graded = small.grade();
    CHECK(graded.failures.empty());
    CHECK(graded.grade.points() == 6);
    CHECK(graded.grade.max_points() == 8);
    REQUIRE(graded.grade.criteria.size() == 4);
    CHECK(graded.grade.complete());
    CHECK(graded.grade.criteria[0].verdict == Verdict::holds);
    const CriterionGrade& failed = graded.grade.criteria[1];
    CHECK(failed.verdict == Verdict::fails);
    CHECK(failed.saw == "none of it");
    CHECK(failed.expected == "all of it");
    CHECK(failed.why == "reasons");
    CHECK(failed.read == "labs/README.md#step-2");
}

TEST_CASE(
    "a criterion without exactly one verdict that its end confirms is the kit's own failure, and "
    "loud") {
    SmallChapter small;
    for (const char* name : {"it says nothing", "it is killed", "it is killed behind its verdict",
                             "it fails behind its verdict", "it judges twice", "no test case has this name"})
        small.add(name);
    const ProgramGraded graded = small.grade();
    CHECK(graded.failures.size() == 6);
    CHECK(graded.grade.points() == 0);
    for (const CriterionGrade& criterion : graded.grade.criteria) {
        CAPTURE(criterion.name);
        CHECK(criterion.verdict == Verdict::kit_failed);
        CHECK_FALSE(criterion.failure.empty());
        CHECK(std::any_of(graded.failures.begin(), graded.failures.end(), [&](const std::string& failure) {
            return failure.find("exercise, \"" + criterion.name + "\"") == 0;
        }));
    }
}

TEST_CASE("a criterion that ends by an exception says in one line why, and what to do about it") {
    SmallChapter small;
    small.add("it throws");
    const ProgramGraded graded = small.grade();
    CHECK_FALSE(graded.grade.complete());
    CHECK(graded.grade.criteria.at(0).failure ==
          "the grader's server cannot accept a connection: Too many open files: allow more open files (ulimit -n)");
    REQUIRE(graded.failures.size() == 1);
    CHECK(graded.failures[0] == "exercise, \"it throws\": " + graded.grade.criteria[0].failure);
}

TEST_CASE("a verdict that saw a great deal arrives") {
    SmallChapter small;
    small.add("it sees a great deal");
    const ProgramGraded graded = small.grade();
    CHECK(graded.failures.empty());
    CHECK(graded.grade.points() == 2);
}

TEST_CASE("behind a gate that does not hold no criterion is looked at") {
    SmallChapter small;
    small.add("it holds");
    small.add("it does not hold", true);
    const ProgramGraded graded = small.grade();
    CHECK(graded.failures.empty());
    CHECK(graded.grade.points() == 0);
    CHECK(graded.grade.criteria[0].verdict == Verdict::waits);
    CHECK(graded.grade.criteria[0].waits_for == "it does not hold");
    CHECK(graded.grade.criteria[1].verdict == Verdict::fails);
}

TEST_CASE("what fails and builds on a criterion that does not hold waits for it, and nothing else does") {
    SmallChapter small;
    const auto add = [&](const std::string& name, const std::string& base) {
        small.add(name);
        small.program.criteria.back().builds_on = base;
    };
    add("it does not hold", "");
    add("it does not hold either", "it does not hold");
    add("it holds", "it does not hold");
    add("its program runs", "");
    const ProgramGraded graded = small.grade();
    CHECK(graded.grade.points() == 4);
    CHECK(graded.grade.criteria.at(0).verdict == Verdict::fails);
    CHECK(graded.grade.criteria.at(1).verdict == Verdict::waits);
    CHECK(graded.grade.criteria.at(1).waits_for == "it does not hold");
    CHECK(graded.grade.criteria.at(1).max_points == 2);
    CHECK(graded.grade.criteria.at(2).verdict == Verdict::holds);
    CHECK(graded.grade.criteria.at(3).verdict == Verdict::holds);
}

TEST_CASE("behind a gate that holds all criteria are looked at") {
    SmallChapter small;
    small.add("it holds, too [with brackets, and \"quotes\"] *");
    small.add("it holds", true);
    CHECK(small.grade().grade.points() == 4);
}

TEST_CASE("a program that does not compile costs its own points alone, and is quoted") {
    SmallChapter small;
    small.add("it holds");
    const ProgramGraded graded = small.grade("int main() { return nothing; }\n");
    CHECK(graded.failures.empty());
    CHECK_FALSE(graded.grade.built);
    CHECK(graded.grade.build_error.find("labs/ch01_unit/exercise.cpp:1:21: error:") == 0);
    CHECK(graded.grade.points() == 0);
    CHECK(graded.grade.max_points() == 2);
    CHECK(graded.grade.criteria.at(0).verdict == Verdict::waits);
}

TEST_CASE("a submission is graded with its answers, and what is missing is told") {
    SmallChapter small;
    small.add("its program runs");
    ProgramEntry missing = small.program;
    missing.name = "missing";
    ProgramEntry given = small.program;
    given.name = "given";
    given.exercise = false;
    small.chapter.programs = {small.program, missing, given};
    small.chapter.questions = {{"1", 3}, {"2", 4}};

    const Folder submission;
    submission.write("labs/ch01_unit/exercise.cpp", good);
    submission.write("answers/ch01.md", "<!-- answer 2 -->yes<!-- end of answer 2 -->");
    const Graded graded = grade_submission(small.small.kit(), submission.path(), {small.chapter});
    CHECK(graded.failures.empty());
    CHECK(graded.grade.points() == 2 + 4);
    CHECK(graded.grade.max_points() == 2 + 2 + 3 + 4);
    REQUIRE(graded.grade.programs.size() == 2);
    CHECK(graded.grade.programs[0].built);
    CHECK(graded.grade.programs[1].build_error == "labs/ch01_unit/missing.cpp is not there");

    fs::remove(submission.path() / "answers/ch01.md");
    const Graded without = grade_submission(small.small.kit(), submission.path(), {small.chapter});
    CHECK(without.grade.points() == 2);
    REQUIRE(!without.grade.remarks.empty());
    CHECK(without.grade.remarks.back() == "answers/ch01.md is not there");
}
