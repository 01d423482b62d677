// A class as tables: who is on the roster, who was late, what each earned, and what has changed since.
#include <nlohmann/json.hpp>

#include "bench/catch.hpp"
#include "engine.hpp"
#include "grader/class/class_work.hpp"
#include "grader/class/collect.hpp"
#include "grader/class/compare.hpp"
#include "grader/class/quoted_csv.hpp"
#include "grader/class/tables.hpp"
#include "grader/class/times.hpp"
#include "ground/file.hpp"
#include "ground/usage_error.hpp"

namespace {

namespace fs = std::filesystem;

ChapterEntry small_chapter() {
    ChapterEntry chapter;
    chapter.id = "ch01_unit";
    ProgramEntry program;
    program.name = "exercise";
    program.exercise = true;
    program.criteria = {{"runs", 1}, {"ends", 2}};
    chapter.programs = {program};
    chapter.questions = {{"1", 3}};
    return chapter;
}

CriterionGrade criterion(const std::string& name, Verdict verdict, int points, int max_points) {
    CriterionGrade grade;
    grade.name = name;
    grade.verdict = verdict;
    grade.points = points;
    grade.max_points = max_points;
    return grade;
}

Student student(const std::string& name, Verdict ends, const Digests& digests = {"s", "k"}) {
    Student one;
    one.id = "001";
    one.work.name = name;
    one.digests["exercise"] = digests;
    one.work.grade.contained = "limits";
    one.work.grade.programs = {
        {"ch01_unit",
         "exercise",
         true,
         "",
         {criterion("runs", Verdict::holds, 1, 1), criterion("ends", ends, ends == Verdict::holds ? 2 : 0, 2)}}};
    one.work.grade.answers = {{"ch01", "1", true, 3, 3}};
    return one;
}

Student missing(const std::string& name) {
    Student one;
    one.work.name = name;
    one.state = Student::State::missing;
    return one;
}

ClassResults class_of(const std::vector<Student>& students) {
    return {{small_chapter()}, students, "2026-11-28T10:15:00Z"};
}

std::vector<Enrolled> roster_of(const std::string& text) {
    const Folder folder;
    folder.write("roster.csv", text);
    return read_roster(folder.path() / "roster.csv");
}

std::string said(const std::vector<GradeChange>& changes) {
    std::string text;
    for (const GradeChange& change : changes)
        text += change.student + ": " + change.criterion + " " + change.before + " > " + change.now + " (" +
                std::to_string(change.gained) + ") " + change.why + "\n";
    return text;
}

}  // namespace

TEST_CASE("a cell of a table is one cell in one line, and no formula") {
    CHECK(csv_row({"plain", "a, b", "say \"x\"", ""}) == "plain,\"a, b\",\"say \"\"x\"\"\",\r\n");
    CHECK(csv_row({"two\nlines", "\x1b[31m", "\r"}) == "two\\x0alines,\\x1b[31m,\\x0d\r\n");
    for (const char sign : {'=', '+', '-', '@'})
        CHECK(csv_row({sign + std::string("1+1")}) == "\"'" + (sign + std::string("1+1\"\r\n")));
}

TEST_CASE("what spreadsheets write is read back") {
    CHECK(read_quoted_csv("\xEF\xBB\xBF"
                          "id,name\r\n1,\"Adams, \"\"Al\"\"\nB.\"\r\n\r\n2,x") ==
          std::vector<CsvRow>{{"id", "name"}, {"1", "Adams, \"Al\"\nB."}, {"2", "x"}});
    CHECK(read_quoted_csv("id;name\n1;x\n") == std::vector<CsvRow>{{"id", "name"}, {"1", "x"}});
    CHECK(read_quoted_csv("").empty());
    CHECK_THROWS(read_quoted_csv("a,\"b\n"));
}

TEST_CASE("a roster says by its header what identifies a student, and without one by its first column") {
    const std::vector<Enrolled> with = roster_of("Name,group,ID\nAlice,7,a1\n,8,b2\n,9,\n");
    REQUIRE(with.size() == 2);
    CHECK(with[0].keys == Lines{"Alice", "a1"});
    CHECK(with[1].name == "b2");
    const std::vector<Enrolled> without = roster_of("alice,7\nbob,8\n");
    CHECK(without[1].keys == Lines{"bob"});
    CHECK_THROWS_AS(roster_of("id,name\n"), UsageError);
    CHECK_THROWS_AS(roster_of("J\xfcrgen\n"), UsageError);
    CHECK_THROWS_AS(read_roster("/no/such/file"), UsageError);
}

TEST_CASE("a submission is whose id or name its own name begins or ends with") {
    const std::vector<Enrolled> roster = roster_of("id,name\nann,Ann\nann-marie,Ann-Marie\ncarol7,Carol Smith\n");
    CHECK(enrolled_as(roster, "ann") == std::size_t{0});
    CHECK(enrolled_as(roster, "ANN_MARIE_12_file") == std::size_t{1});
    CHECK(enrolled_as(roster, "Carol Smith_123_assignsubmission_file") == std::size_t{2});
    CHECK(enrolled_as(roster, "countdown-carol7") == std::size_t{2});
    CHECK_FALSE(enrolled_as(roster, "annabel"));
    CHECK_FALSE(enrolled_as(roster, ""));
    CHECK_FALSE(enrolled_as(roster_of("id\nx-y\nx y\n"), "x_y"));  // whose?
}

TEST_CASE("a roster tells who is missing, who is unknown, and who handed in twice") {
    std::vector<HandedIn> class_(3);
    class_[0].student.work.name = "bob_1";
    class_[1].student.work.name = "stranger";
    class_[2].student.work.name = "bob_2";
    const Attendance attendance = compare_with_roster(class_, roster_of("id,name\nbob,Bob\nzoe,Zoe\n"));
    CHECK(attendance.missing == Lines{"Zoe"});
    CHECK(attendance.unknown == Lines{"stranger"});
    CHECK(attendance.twice == Lines{"Bob"});
    REQUIRE(class_.size() == 4);
    CHECK(class_[3].student.state == Student::State::missing);
    give_ids(class_);
    CHECK(class_[0].student.id == "001-bob");
    CHECK(class_[2].student.id == "003-bob");
}

TEST_CASE("names for files have nothing in them that a file's name may not have") {
    std::vector<HandedIn> class_(2);
    class_[0].student.work.name = "../<b>\x1b[2J\n\"Ünal\" / CON";
    class_[1].student.work.name = "\xff";
    give_ids(class_);
    CHECK(class_[0].student.id == "001-b-2j-nal-con");
    CHECK(class_[1].student.id == "002");
}

TEST_CASE("a time is due in its own zone, and a day at its end") {
    CHECK(in_utc(due_time("2026-11-28T23:59:00+01:00")) == "2026-11-28T22:59:00Z");
    CHECK(in_utc(due_time("2026-11-28T23:59:30Z")) == "2026-11-28T23:59:30Z");
    CHECK(in_utc(due_time("2026-11-28 23:59-05:30")) == "2026-11-29T05:29:00Z");
    CHECK(due_time("2026-11-28") - due_time("2026-11-27") == 24 * 3600);
    for (const std::string wrong : {"", "tomorrow", "2026-02-31", "2026-13-01", "2026-11-28T25:00", "28.11.2026"})
        CHECK_THROWS_AS(due_time(wrong), UsageError);
    std::vector<HandedIn> class_(3);
    class_[0].taken.time = due_time("2026-11-28T10:00:00Z");
    class_[1].taken.time = due_time("2026-11-28T10:00:01Z");
    mark_late(class_, due_time("2026-11-28T10:00:00Z"));
    CHECK_FALSE(class_[0].student.late);
    CHECK(class_[1].student.late);
    CHECK_FALSE(class_[2].student.late);  // no time is known
}

TEST_CASE("a table of criteria has points, nothing where none were judged, and says where the kit failed") {
    const std::string table = class_csv(class_of(
        {student("a", Verdict::fails), student("b", Verdict::waits), student("c", Verdict::kit_failed), missing("d")}));
    CHECK(table ==
          "name,\"on roster as\",id,state,late,\"handed in\",\"exercise: runs\",\"exercise: ends\","
          "\"answers/ch01.md: question 1\"\r\n"
          "a,,001,graded,,,1,0,3\r\n"
          "b,,001,graded,,,1,,3\r\n"
          "c,,001,\"kit failed\",,,1,\"kit failed\",3\r\n"
          "d,,,missing,,,,,\r\n");
}

TEST_CASE("a gradebook has no total where the kit failed, and none for who handed in nothing") {
    CHECK(gradebook_csv(class_of({student("a", Verdict::holds), student("c", Verdict::kit_failed), missing("d")})) ==
          "name,\"on roster as\",id,state,late,\"handed in\",ch01,total,max,problem\r\n"
          "a,,001,graded,,,6,6,6,\r\n"
          "c,,001,\"kit failed\",,,\"kit failed\",\"kit failed\",6,\r\n"
          "d,,,missing,,,,,6,\r\n");
}

TEST_CASE("nothing has changed between a class and itself") {
    const ClassResults now = class_of({student("a", Verdict::fails), missing("b"), student("\xff", Verdict::holds)});
    CHECK(nlohmann::json::parse(class_json(now)).at("students").size() == 3);
    CHECK(said(changes_since(class_json(now), now)) == "");
    CHECK(changes_table({}) == "Nothing has changed.\n");
    CHECK_THROWS(changes_since("{}", now));
    CHECK_THROWS(changes_since("no JSON", now));
}

TEST_CASE("who gained and who lost is told with the criterion and the reason") {
    const std::string before = class_json(class_of({student("a", Verdict::fails), student("b", Verdict::holds),
                                                    student("c", Verdict::fails), missing("d"), missing("gone")}));
    const ClassResults now =
        class_of({student("a", Verdict::holds, {"other", "k"}), student("b", Verdict::fails, {"s", "other"}),
                  student("c", Verdict::kit_failed), student("d", Verdict::holds), student("new", Verdict::holds)});
    const std::vector<GradeChange> changes = changes_since(before, now);
    CHECK(said(changes) ==
          "a: ends 0 > 2 (2) the submission changed\n"
          "b: ends 2 > 0 (-2) the kit changed\n"
          "c: the submission graded > kit failed (0) was graded, is kit failed\n"
          "c: ends 0 > kit failed (0) neither the submission nor the kit changed: it was graded again\n"
          "d: the submission missing > graded (6) was missing, is graded\n"
          "new: the submission  > graded (0) was not there before\n"
          "gone: the submission missing >  (0) is not there any more\n");
    CHECK(changes_table(changes).find("b: -2 points\n  -2  exercise: ends (the kit changed)\n") != std::string::npos);
    CHECK(changes_csv(changes).find("a,exercise,ends,0,2,2,,\"the submission changed\"\r\n") != std::string::npos);
}

TEST_CASE("criteria that are new, gone or worth something else are told as such") {
    const std::string before = class_json(class_of({student("a", Verdict::holds)}));
    Student now = student("a", Verdict::holds);
    std::vector<CriterionGrade>& criteria = now.work.grade.programs[0].criteria;
    criteria[0] = criterion("runs well", Verdict::holds, 1, 1);
    criteria[1] = criterion("ends", Verdict::holds, 5, 5);
    CHECK(said(changes_since(before, class_of({now}))) ==
          "a: runs well  > 1 (1) the criterion is new\n"
          "a: ends 2 > 5 (3) the criterion is worth 5, and was worth 2\n"
          "a: runs 1 >  (-1) the criterion was removed\n");
}

TEST_CASE("sources are laid out for JPlag and Dolos, without untouched starters") {
    const Folder folder;
    folder.write("labs/ch01_unit/exercise.cpp", "starter");
    std::vector<HandedIn> class_(2);
    class_[0].student.work.name = "Alice, \"A\"";
    class_[0].taken.files["labs/ch01_unit/exercise.cpp"] = {true, "her own", ""};
    class_[1].taken.files["labs/ch01_unit/exercise.cpp"] = {true, "starter", ""};
    give_ids(class_);
    const fs::path out = folder.path() / "out";
    const Collected collected = collect(class_, {small_chapter()}, folder.path(), out);
    CHECK(collected.sources == 1);
    CHECK(collected.untouched == 1);
    CHECK(read_file(out / "exercise/submissions/001-alice-a/exercise.cpp") == "her own");
    CHECK(read_file(out / "exercise/starter/exercise.cpp") == "starter");
    CHECK(read_file(out / "exercise/info.csv") ==
          "filename,full_name,label,created_at\r\n"
          "submissions/001-alice-a/exercise.cpp,\"Alice, \"\"A\"\"\",,\r\n");
    CHECK_THROWS_AS(collect(class_, {small_chapter()}, folder.path(), out), UsageError);
}
