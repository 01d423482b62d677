// What is graded, what is taken from before, and what becomes of it when the kit or a submission changes, a run is
// interrupted, or a grading fails.
#include <sys/stat.h>

#include <set>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/class/class_work.hpp"
#include "grader/report/report.hpp"
#include "ground/file.hpp"

namespace {

namespace fs = std::filesystem;

// A kit of texts alone, to be changed: two chapters, of two programs and of one.
class PaperKit {
  public:
    PaperKit() {
        write_chapter("ch01_one", {"first", "second"}, 1);
        write_chapter("ch02_two", {"third"}, 1);
        for (const std::string file :
             {"grader/judge/x.cpp", "grader/report/x.cpp", "grader/README.md", "ground/x.cpp", "labs/support/x.hpp",
              "tests/bench/x.cpp", "tests/ch01_one/x.cpp", "tests/ch02_two/x.cpp"})
            folder.write(file, "text");
    }

    void write_chapter(const std::string& id, const std::vector<std::string>& programs, int points) const {
        std::string entries;
        for (const std::string& name : programs)
            entries += std::string(entries.empty() ? "" : ",") + R"({"name": ")" + name +
                       R"(", "kind": "exercise", "summary": "x", "criteria": [{"name": "runs", "points": )" +
                       std::to_string(points) + "}]}";
        folder.write("labs/" + id + "/chapter.json",
                     R"({"title": "t", "libraries": [], "programs": [)" + entries + R"(], "questions": []})");
    }

    std::vector<ChapterEntry> chapters() const { return read_manifest(folder.path()).chapters; }

    // The digest of each program, in their order.
    Lines digests(const std::vector<std::string>& settings = {"g++ 12"}) const {
        KitDigest digest(folder.path(), settings);
        Lines all;
        for (const ChapterEntry& chapter : chapters())
            for (const ProgramEntry& program : chapter.programs) all.push_back(digest.of(chapter, program));
        return all;
    }

    const Folder folder;
};

// Which of the digests are others: "x.x" for the first and the last of three.
std::string changed(const Lines& before, const Lines& now) {
    std::string marks;
    for (std::size_t i = 0; i < now.size(); ++i) marks += before.at(i) == now[i] ? '.' : 'x';
    return marks;
}

// In the place of ./kit grade: notes each call in `calls`, and does what the source says: "points", "crash", "hang up",
// "kit failed" or, the first time alone, "not yet".
const char* const fake_grader = R"(#!/bin/sh
here=$(dirname "$0")
source=$(cat "$3"/labs/*/"$1".cpp)
echo "$1 $source" >>"$here/calls"
case $source in
  crash) kill -9 $$ ;;
  nothing) exit 0 ;;
  "not yet") [ -e "$here/tried" ] || { touch "$here/tried"; exit 3; } ;;
  "kit failed") cp "$here/failed.json" "$5"; exit 3 ;;
esac
cp "$here/$1.json" "$5"
exit 1
)";

class SmallClass {
  public:
    SmallClass() {
        kit.folder.write("grader.sh", fake_grader);
        chmod((kit.folder.path() / "grader.sh").c_str(), 0755);
        for (const ChapterEntry& chapter : chapters)
            for (const ProgramEntry& program : chapter.programs) {
                kit.folder.write(program.name + ".json", report(chapter.id, program.name, Verdict::fails));
                if (program.name == "first")
                    kit.folder.write("failed.json", report(chapter.id, program.name, Verdict::kit_failed));
            }
    }

    static std::string report(const std::string& chapter, const std::string& program, Verdict verdict) {
        Grade grade;
        grade.contained = "limits";
        CriterionGrade criterion;
        criterion.name = "runs";
        criterion.verdict = verdict;
        criterion.max_points = 1;
        criterion.failure = verdict == Verdict::kit_failed ? "no memory" : "";
        grade.programs = {{chapter, program, true, "", {criterion}}};
        return json_report(grade);
    }

    void hand_in(const std::string& name, const std::string& program, const std::string& source) {
        for (HandedIn& one : class_)
            if (one.student.work.name == name) {
                one.taken.files[file_of(program)] = {true, source, ""};
                return;
            }
        class_.emplace_back();
        class_.back().student.work.name = name;
        class_.back().taken.files[file_of(program)] = {true, source, ""};
    }

    // As ./kit class does it: what is kept is not graded.
    ClassResults run() {
        const KeptResults kept(kit.folder.path() / "results");
        KitDigest digest(kit.folder.path(), {"g++ 12"});
        const std::vector<NamedUnit> units = units_of(class_, chapters, digest);
        std::vector<NamedUnit> to_grade;
        std::map<std::string, UnitResult> results;
        for (const NamedUnit& one : units) {
            if (auto result = kept.find(one.unit)) results[one.unit.digest()] = *result;
            else to_grade.push_back(one);
        }
        GradedUnits done =
            grade_units(to_grade, {{(kit.folder.path() / "grader.sh").string()}, 2, kit.folder.path()}, kept);
        failures = done.failures;
        results.merge(done.results);
        return class_results(kit.folder.path(), class_, chapters, units, results);
    }

    // What was graded since the last look, in any order.
    std::multiset<std::string> calls() const {
        std::istringstream in(read_if_there(kit.folder.path() / "calls"));
        std::multiset<std::string> lines;
        for (std::string line; std::getline(in, line);) lines.insert(line);
        fs::remove(kit.folder.path() / "calls");
        return lines;
    }

    const PaperKit kit;
    const std::vector<ChapterEntry> chapters = kit.chapters();
    std::vector<std::string> failures;

  private:
    std::string file_of(const std::string& program) const {
        for (const ChapterEntry& chapter : chapters)
            if (const ProgramEntry* entry = chapter.find(program)) return chapter.source_of(*entry);
        return "";
    }
    std::vector<HandedIn> class_;
};

using Calls = std::multiset<std::string>;

}  // namespace

TEST_CASE("a criterion that changes concerns its chapter, what all share concerns all, and a report concerns none") {
    const PaperKit kit;
    const Lines before = kit.digests();
    CHECK(std::set<std::string>(before.begin(), before.end()).size() == 3);
    const auto change = [&](const std::string& file) {
        const std::string text = read_if_there(kit.folder.path() / file);
        kit.folder.write(file, text + "!");
        const std::string marks = changed(before, kit.digests());
        kit.folder.write(file, text);
        return marks;
    };
    CHECK(change("tests/ch01_one/x.cpp") == "xx.");
    CHECK(change("tests/ch02_two/x.cpp") == "..x");
    for (const std::string shared : {"tests/bench/x.cpp", "grader/judge/x.cpp", "ground/x.cpp", "labs/support/x.hpp"})
        CHECK(change(shared) == "xxx");
    for (const std::string nothing : {"grader/report/x.cpp", "grader/README.md"}) CHECK(change(nothing) == "...");
    CHECK(changed(before, kit.digests({"g++ 13"})) == "xxx");
    CHECK(changed(before, kit.digests()) == "...");
}

TEST_CASE("a program's entry in its chapter concerns that program alone") {
    const PaperKit kit;
    const Lines before = kit.digests();
    std::string text = read_file(kit.folder.path() / "labs/ch01_one/chapter.json");
    text.replace(text.rfind("\"points\": 1"), 11, "\"points\": 2");
    kit.folder.write("labs/ch01_one/chapter.json", text);
    CHECK(changed(before, kit.digests()) == ".x.");
    kit.folder.write("tests/ch01_one/added.cpp", "");
    CHECK(changed(before, kit.digests()) == "xx.");
}

TEST_CASE("a second run grades only what has changed") {
    SmallClass small;
    small.hand_in("alice", "first", "a");
    small.hand_in("alice", "third", "a");
    small.hand_in("bob", "first", "b");
    small.run();
    CHECK(small.calls() == Calls{"first a", "first b", "third a"});
    const ClassResults again = small.run();
    CHECK(small.calls().empty());
    CHECK(again.students[0].work.grade.programs[0].criteria[0].verdict == Verdict::fails);
    CHECK(again.students[0].work.grade.contained == "limits");
    small.hand_in("bob", "first", "better");
    small.run();
    CHECK(small.calls() == Calls{"first better"});
    small.kit.folder.write("tests/ch02_two/x.cpp", "another criterion");
    small.run();
    CHECK(small.calls() == Calls{"third a"});
}

TEST_CASE("the same text is graded once for the whole class") {
    SmallClass small;
    for (const std::string name : {"alice", "bob", "carol"}) small.hand_in(name, "first", "starter");
    const ClassResults results = small.run();
    CHECK(small.calls() == Calls{"first starter"});
    for (const Student& student : results.students)
        CHECK(student.work.grade.programs[0].criteria[0].verdict == Verdict::fails);
}

TEST_CASE("a program that was not handed in needs no grading") {
    SmallClass small;
    small.hand_in("alice", "third", "a");
    const ClassResults results = small.run();
    CHECK(small.calls() == Calls{"third a"});
    const ProgramGrade& first = results.students[0].work.grade.programs[0];
    CHECK(first.build_error == "labs/ch01_one/first.cpp is not there");
    CHECK(first.criteria[0].verdict == Verdict::waits);
}

TEST_CASE("where the kit fails there is no zero, one more attempt, and nothing is kept") {
    SmallClass small;
    const std::string fault = GENERATE("crash", "nothing", "kit failed");
    small.hand_in("alice", "first", fault);
    small.hand_in("bob", "first", "b");
    const ClassResults results = small.run();
    CHECK(small.calls() == Calls{"first b", "first " + fault, "first " + fault});
    CHECK(results.students[0].work.grade.programs[0].criteria[0].verdict == Verdict::kit_failed);
    CHECK(results.students[1].work.grade.complete());
    REQUIRE(small.failures.size() == 1);
    CHECK(small.failures[0].find("first of alice: ") == 0);
    small.run();
    CHECK(small.calls() == Calls{"first " + fault, "first " + fault});
}

TEST_CASE("what fails once and not the second time is a grade") {
    SmallClass small;
    small.hand_in("alice", "first", "not yet");
    const ClassResults results = small.run();
    CHECK(small.failures.empty());
    CHECK(results.students[0].work.grade.complete());
    small.calls();
    small.run();
    CHECK(small.calls().empty());
}

TEST_CASE("a result that cannot be read is graded again, and work that was interrupted is removed") {
    SmallClass small;
    small.hand_in("alice", "first", "a");
    small.run();
    small.calls();
    const fs::path results = small.kit.folder.path() / "results";
    for (const auto& entry : fs::directory_iterator(results)) write_file(entry.path() / "report.json", "{\"half");
    fs::create_directory(results / "work-abcdef");
    small.run();
    CHECK(small.calls() == Calls{"first a"});
    small.run();
    CHECK(small.calls().empty());
    CHECK_FALSE(fs::exists(results / "work-abcdef"));
}

TEST_CASE("of a text whose digest another one has, no result is taken") {
    SmallClass small;
    small.hand_in("alice", "first", "a");
    small.run();
    small.calls();
    for (const auto& entry : fs::directory_iterator(small.kit.folder.path() / "results"))
        write_file(entry.path() / "recipe", "of another text");
    small.run();
    CHECK(small.calls() == Calls{"first a"});
}

TEST_CASE("parts are disjoint, and together everything") {
    const PaperKit kit;
    const std::vector<ChapterEntry> chapters = kit.chapters();
    for (const int parts : {1, 2, 3, 7}) {
        std::vector<int> sizes(static_cast<std::size_t>(parts));
        for (int i = 0; i < 200; ++i) {
            const GradingUnit unit{&chapters[0], &chapters[0].programs[0], "source " + std::to_string(i), "k"};
            const int part = part_of(unit, parts);
            REQUIRE(part >= 1);
            REQUIRE(part <= parts);
            ++sizes[static_cast<std::size_t>(part - 1)];
            CHECK(part_of({&chapters[0], &chapters[0].programs[0], unit.source, "k"}, parts) == part);
        }
        for (const int size : sizes) CHECK(size > 100 / parts);
    }
}

TEST_CASE("what a run did not need can be forgotten") {
    SmallClass small;
    small.hand_in("alice", "first", "old");
    small.run();
    small.hand_in("alice", "first", "new");
    small.run();
    const KeptResults kept(small.kit.folder.path() / "results");
    KitDigest digest(small.kit.folder.path(), {"g++ 12"});
    const auto unit = [&](const std::string& source) {
        const ChapterEntry& chapter = small.chapters[0];
        return GradingUnit{&chapter, &chapter.programs[0], source, digest.of(chapter, chapter.programs[0])};
    };
    CHECK(kept.forget_all_but({kept.place_of(unit("new"))}) == 1);
    CHECK(kept.find(unit("new")));
    CHECK_FALSE(kept.find(unit("old")));
}
