// A submission is anybody's folder: what is read from it, and what is not.
#include "grader/submission.hpp"

#include <sys/stat.h>

#include "engine.hpp"
#include "grader/catch.hpp"

namespace {

namespace fs = std::filesystem;

const std::string exercise = "labs/ch01_unit/exercise.cpp";

ChapterEntry chapter_of_questions() {
    ChapterEntry chapter;
    chapter.id = "ch01_unit";
    chapter.questions = {{"1", 6}, {"2", 3}};
    return chapter;
}

std::string answered(const std::string& one, const std::string& two) {
    return "# Questions\n<!-- answer 1 -->\n" + one +
           "\n<!-- end of answer 1 -->\n<!-- answer 2 -->\n" + two + "\n<!-- end of answer 2 -->\n";
}

int points(const std::string& text) {
    int sum = 0;
    for (const AnswerGrade& grade : grade_answers(chapter_of_questions(), text))
        sum += grade.points;
    return sum;
}

std::string complaint(const fs::path& folder) {
    try {
        require_submission(folder, {chapter_of_questions()});
        return "";
    } catch (const UsageError& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("a submitted file is read byte by byte") {
    const Folder folder;
    const std::string bytes("int main() {}\r\n\0\xff", 17);
    folder.write(exercise, bytes);
    const Text text = read_submitted(folder.path(), exercise);
    CHECK(text.ok);
    CHECK(text.text == bytes);

    folder.write(exercise, "");
    CHECK(read_submitted(folder.path(), exercise).ok);
}

TEST_CASE("a link inside the submission is followed, one that leads out of it is not") {
    const Folder folder, elsewhere;
    elsewhere.write("exercise.cpp", "secret");
    folder.write("mine.cpp", "mine");
    fs::create_directories(folder.path() / "labs/ch01_unit");
    const fs::path link = folder.path() / exercise;

    fs::create_symlink("../../mine.cpp", link);
    CHECK(read_submitted(folder.path(), exercise).text == "mine");

    for (const fs::path& target : {elsewhere.path() / "exercise.cpp", fs::path("/etc/passwd"),
                                   fs::path("../../../../../../../etc/passwd")}) {
        fs::remove(link);
        fs::create_symlink(target, link);
        const Text text = read_submitted(folder.path(), exercise);
        CHECK_FALSE(text.ok);
        CHECK(text.text.empty());
        CHECK(text.problem ==
              exercise + " is a link that leads out of the submission: it is not followed");
    }

    fs::remove_all(folder.path() / "labs");
    fs::create_directory(folder.path() / "labs");
    fs::create_directory_symlink(elsewhere.path(), folder.path() / "labs/ch01_unit");
    CHECK_FALSE(read_submitted(folder.path(), exercise).ok);
}

TEST_CASE("what is no readable file of a reasonable size is told in words") {
    const Folder folder;
    const auto problem = [&] {
        const Text text = read_submitted(folder.path(), exercise);
        CHECK_FALSE(text.ok);
        return text.problem;
    };
    const fs::path file = folder.path() / exercise;
    CHECK(problem() == exercise + " is not there");

    folder.write(exercise, std::string((1 << 20) + 1, ' '));
    CHECK(problem() == exercise + " is larger than 1 MiB");

    fs::remove(file);
    fs::create_directory(file);
    CHECK(problem() == exercise + " is not a file");

    fs::remove(file);
    REQUIRE(mkfifo(file.c_str(), 0600) == 0);  // to be opened by nobody: it would wait for a writer
    CHECK(problem() == exercise + " is not a file");

    fs::remove(file);
    fs::create_symlink("nowhere", file);
    CHECK(problem() == exercise + " is a link that leads nowhere");

    fs::remove(file);
    fs::create_symlink(fs::path(exercise).filename(), file);
    CHECK(problem() == exercise + " is a link that leads nowhere");

    CHECK_FALSE(read_submitted("/nonexistent", exercise).ok);
}

TEST_CASE("a folder that is no submission is the caller's mistake") {
    const Folder folder;
    CHECK(complaint(folder.path()).find("it has no labs/ch01_unit") != std::string::npos);
    CHECK(complaint("/nonexistent").find("there is no such folder") != std::string::npos);
    folder.write("file", "");
    CHECK(complaint(folder.path() / "file").find("is not a folder") != std::string::npos);
    folder.write("answers/ch01.md", "");
    CHECK(complaint(folder.path()).empty());
}

TEST_CASE("a question is answered by anything but blanks and comments") {
    CHECK(points(answered("Because.", "42")) == 9);
    CHECK(points(answered("Because.", "")) == 6);
    CHECK(points(answered(" \n\t\n", "<!-- write here -->")) == 0);
    CHECK(points(answered("<!-- a hint\nover two lines -->", "...")) == 0);
    CHECK(points(answered("\xd0\xb4\xd0\xb0", "<!-- kept --> yes")) == 9);  // letters of any script
}

TEST_CASE("a question whose markers are missing, torn or mixed up is not answered") {
    CHECK(points("") == 0);
    CHECK(points("Because.") == 0);
    CHECK(points("<!-- answer 1 -->Because.") == 0);
    CHECK(points("<!-- end of answer 1 -->Because.<!-- answer 1 -->") == 0);
    CHECK(points("<!-- answer 1 --><!-- Because.<!-- end of answer 1 -->") == 0);
    CHECK(grade_answers(chapter_of_questions(), "").size() == 2);
}

TEST_CASE("a table that nobody has filled in is no answer") {
    const std::string table = "| program | time |\n| --- | ---: |\n| `ping` |";
    CHECK(points(answered(table + " |", "")) == 0);
    CHECK(points(answered(table + "   | |", "")) == 0);
    CHECK(points(answered(table + " 4.9 s |", "")) == 6);
    CHECK(points(answered(table + " | its waits |", "")) == 6);
}
