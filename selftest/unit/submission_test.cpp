// A submission is anybody's folder: what is read from it, and what is not.
#include "grader/judge/submission.hpp"

#include <sys/stat.h>

#include "bench/catch.hpp"
#include "engine.hpp"

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
    return "# Questions\n<!-- answer 1 -->\n" + one + "\n<!-- end of answer 1 -->\n<!-- answer 2 -->\n" + two +
           "\n<!-- end of answer 2 -->\n";
}

int points(const std::string& text) {
    int sum = 0;
    for (const AnswerGrade& grade : grade_answers(chapter_of_questions(), text).answers) sum += grade.points;
    return sum;
}

// The remarks, each on a line.
std::string remarks(const std::string& text) {
    std::string lines;
    for (const std::string& remark : grade_answers(chapter_of_questions(), text).remarks) lines += remark + "\n";
    return lines;
}

std::string in_utf16(const std::string& text) {
    std::string wide = "\xff\xfe";
    for (const char c : text) wide += {c, '\0'};
    return wide;
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

    for (const fs::path& target :
         {elsewhere.path() / "exercise.cpp", fs::path("/etc/passwd"), fs::path("../../../../../../../etc/passwd")}) {
        fs::remove(link);
        fs::create_symlink(target, link);
        const Text text = read_submitted(folder.path(), exercise);
        CHECK_FALSE(text.ok);
        CHECK(text.text.empty());
        CHECK(text.problem == exercise + " is a link that leads out of the submission: it is not followed");
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

TEST_CASE("a file without markers and headings answers nothing") {
    CHECK(points("") == 0);
    CHECK(points("Because.") == 0);
    CHECK(points("<!-- answer 1 --><!-- Because.<!-- end of answer 1 -->") == 0);
    CHECK(grade_answers(chapter_of_questions(), "").answers.size() == 2);
}

TEST_CASE("a table that nobody has filled in is no answer") {
    const std::string table = "| program | time |\n| --- | ---: |\n| `ping` |";
    CHECK(points(answered(table + " |", "")) == 0);
    CHECK(points(answered(table + "   | |", "")) == 0);
    CHECK(points(answered(table + " 4.9 s |", "")) == 6);
    CHECK(points(answered(table + " | its waits |", "")) == 6);
}

TEST_CASE("what shows nothing is no answer") {
    for (const std::string nothing :
         {"\u00a0",       "\u200b", "\ufeff",     "\u2003\u3000", "\u00ad\u2060", "\u2026 \u2014",
          "\u2800",       "&nbsp;", "&#160;",     "&#xA0;",       "&#x200B;",     "<br>",
          "<BR/><p></p>", "1.",     "1.\n2.\n3)", "- ",           "-\n*\n+",      "#",
          "## ",          ">",      "> 1.",       "```\n```",     "```cpp\n```",  "***",
          "[ ]"})
        CHECK(points(answered(nothing, "")) == 0);
}

TEST_CASE("what shows something is an answer") {
    for (const std::string something :
         {"42.", "1.5", "2.", "1. yes", "- no", "> so", "# a", "1.\n3.", "&lt;thread&gt;", "&auml;", "\u00b5", "\u2192",
          "\u2713", "\u6f22", "\U0001f600", "gr\xfc\xdf", "```\nint x;\n```", "std::vector<int>"})
        CHECK(points(answered(something, "")) == 6);
}

TEST_CASE("a table whose cells hold nothing but blanks is no answer") {
    const std::string heads = "| program | time |\n| --- | ---: |\n";
    for (const std::string cell : {"\t", "&nbsp;", "\u00a0", "&#160;", " \u200b ", "-", "..."})
        CHECK(points(answered(heads + "| `ping` |" + cell + "|\n| `pong` | " + cell + " |", "")) == 0);
    CHECK(points(answered(heads + "| `ping` |\t1 s|", "")) == 6);
}

TEST_CASE("why something written is no answer is told with file and line, to the reader of the question, too") {
    const std::string in_comment = "the text between <!-- and --> is a comment, not an answer: write outside of it\n";
    const std::string template_comment = "<!-- Your answer here, with what you typed. -->";
    CHECK(remarks(answered("Because.", "42")) == "");
    CHECK(remarks(answered("", template_comment)) == "");
    CHECK(remarks(answered("<!-- Because. -->\nNo: so.", "42")) == "");
    CHECK(remarks(answered("\n<!-- Because. -->", template_comment)) == "answers/ch01.md: line 4: " + in_comment);
    CHECK(remarks(answered("<!-- Your answer here.\nBecause.\n-->", "")) == "answers/ch01.md: line 3: " + in_comment);
    CHECK(remarks(answered("<!-- Because.", "42")) ==
          "answers/ch01.md: line 3: a comment begins here, and its --> is missing: all that follows belongs to it\n");
    const AnswersGrade graded = grade_answers(chapter_of_questions(), answered("<!-- Because. -->", "42"));
    CHECK(graded.answers.at(0).remarks + "\n" == "answers/ch01.md: line 3: " + in_comment);
    CHECK(graded.answers.at(1).remarks == "");
}

TEST_CASE("of a question with very many remarks the first ones are told, and how many more there are") {
    std::string text;
    for (int i = 0; i < 30; ++i) text += "<!-- answer 1 -->\n";
    const std::string said = remarks(text + "So.\n<!-- end of answer 1 -->\n");
    CHECK(std::count(said.begin(), said.end(), '\n') == 12);  // ten, the rest of them, and question 2
    CHECK(said.find("answers/ch01.md: and 19 more remarks on this question\n") != std::string::npos);
}

TEST_CASE("a file in UTF-16 is read, and the report says so once") {
    const std::string text = answered("Because.", "42");
    CHECK(points(in_utf16(text)) == 9);
    CHECK(points(in_utf16(text).substr(2)) == 9);
    CHECK(remarks(in_utf16(text)) ==
          "answers/ch01.md: line 1: the file is in UTF-16: it was read as that; save it as UTF-8\n");
    CHECK(points("\xef\xbb\xbf" + text) == 9);
}

TEST_CASE("pictures are looked for beside the answers file and from the submission's folder, and nowhere else") {
    const Folder folder, elsewhere;
    folder.write("answers/a.png", "");
    folder.write("pictures/b.png", "");
    elsewhere.write("c.png", "");
    fs::create_symlink(elsewhere.path() / "c.png", folder.path() / "answers/c.png");
    const auto is_there = [&](const std::string& target) {
        const std::string text = answered("![](" + target + ")", "42");
        return grade_answers(chapter_of_questions(), text, "", folder.path()).remarks.empty();
    };
    for (const char* target : {"a.png", "./a.png", "../pictures/b.png", "/pictures/b.png", "https://example.org/d.png"})
        CHECK(is_there(target));
    for (const char* target :
         {"", "b.png", "c.png", "/a.png", "/etc/passwd", "../../../../../etc/passwd", ".", "a%00.png"})
        CHECK_FALSE(is_there(target));
}

TEST_CASE("the texts of the answers are there for readers, as they were written") {
    const auto texts = answer_texts(chapter_of_questions(), answered("\n  Because:\n<!-- so -->\n> why", "n/a"));
    CHECK(texts.size() == 2);
    CHECK(texts.at({"ch01", "1"}) == "  Because:\n<!-- so -->\n> why");
    CHECK(texts.at({"ch01", "2"}) == "");
    CHECK(answer_texts(chapter_of_questions(), in_utf16(answered("Because.", ""))).at({"ch01", "1"}) == "Because.");
}

TEST_CASE("a source is read as the compiler reads it, in whatever way an editor saved it") {
    const Folder folder;
    const auto read = [&](const std::string& bytes) {
        folder.write(exercise, bytes);
        return read_source(folder.path(), exercise);
    };
    const std::string plain = "// one\n#define TWO \\\n    2\nint main() {}\n";
    std::string crlf, cr;
    for (const char c : plain) {
        crlf += c == '\n' ? "\r\n" : std::string(1, c);
        cr += c == '\n' ? '\r' : c;
    }
    for (const std::string& bytes : {plain, crlf, cr, "\xef\xbb\xbf" + crlf}) {
        CHECK(read(bytes).text == plain);
        CHECK(read(bytes).remark == "");
    }
    CHECK(read(in_utf16(crlf)).text == plain);
    CHECK(read(in_utf16(crlf)).remark ==
          exercise + ": line 1: the file is in UTF-16: it was read as that; save it as UTF-8");
    CHECK(read("int a;\n// f\xfcr\n").text == "int a;\n// f\xfcr\n");
    CHECK_FALSE(read_source(folder.path(), "labs/ch01_unit/other.cpp").ok);
}
