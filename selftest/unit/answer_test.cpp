// Answers as students hand them in: each is read right, or what is wrong is told with its line.
#include "ground/answer.hpp"

#include "bench/catch.hpp"
#include "ground/markers.hpp"
#include "ground/measured.hpp"
#include "ground/pictures.hpp"

namespace {

const std::string first_question = "Which lines may change\nplaces, which never can, and why? Show it.";
const std::string second_question = "Fill in the table. What bounds each program?";
const std::string rows = "| `ping` | | |\n| `pool --workers 2` | | |\n";
const std::string heads = "| program | time | what bounds it |\n| --- | --- | --- |\n";

// The file's lines: 3 heading 1, 5 and 6 its question, 8 its marker, 9 what is written, 12 heading 2, 17 what is written.
std::string file_with(const std::string& one, const std::string& two) {
    return "# Answers\n\n## Question 1\n\n" + first_question + "\n\n<!-- answer 1 -->\n" + one +
           "\n<!-- end of answer 1 -->\n\n## Question 2\n\n" + second_question + "\n\n<!-- answer 2 -->\n" + two +
           "\n<!-- end of answer 2 -->\n";
}

const std::string given = file_with("<!-- Your answer here: what you saw. -->", "\n" + heads + rows);

std::vector<QuestionEntry> two_questions() {
    return {{"1", 2}, {"2", 2}};
}
std::vector<QuestionEntry> second_measured() {
    return {{"1", 2}, {"2", 2, {"time"}, {"ping", "pool --workers 2"}}};
}

Answers read(const std::string& file, const std::vector<QuestionEntry>& questions = two_questions()) {
    return read_answers(file, given, questions, [](const std::string& target) { return target == "there.png"; });
}

// "12": both questions are answered; "": none is.
std::string answered(const std::string& file, const std::vector<QuestionEntry>& questions = two_questions()) {
    std::string numbers;
    for (const auto& [number, answer] : read(file, questions).to)
        if (answer.answered) numbers += number;
    return numbers;
}

// All remarks, each on a line.
std::string remarks(const std::string& file, const std::vector<QuestionEntry>& questions = two_questions()) {
    const Answers answers = read(file, questions);
    std::string lines;
    for (const std::string& remark : answers.remarks) lines += remark + "\n";
    for (const auto& [number, answer] : answers.to)
        for (const std::string& remark : answer.remarks) lines += remark + "\n";
    return lines;
}

std::string replaced(std::string text, const std::string& old, const std::string& by) {
    const std::size_t at = text.find(old);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old.size(), by);
}

const std::string file = file_with("Alice's.", "Waiting.");  // both answered, all in its place

}  // namespace

TEST_CASE("the template answers nothing, and nothing is said about it") {
    CHECK(answered(given) == "");
    CHECK(remarks(given) == "");
    CHECK(remarks(given, second_measured()) == "");
    CHECK(answered(file) == "12");
    CHECK(remarks(file) == "");
}

TEST_CASE("the question's own text is no answer, however it is repeated") {
    const std::string repeated = "this repeats the question, and nothing else is here: write your answer below it\n";
    for (const std::string& text :
         {first_question, std::string("> Which lines may change\n> places, which never can, and why? Show it."),
          std::string("> Which lines may change places, which\n> never can, and why?"),
          std::string("**Which lines may change places, which never can, and why?**"),
          std::string("Which lines may change places, which never can, and why? Show it.")}) {
        CAPTURE(text);
        CHECK(answered(file_with(text, "")) == "");
        CHECK(remarks(file_with(text, "")).find("line 9: " + repeated) == 0);
    }
    CHECK(answered(file_with("## Question 1\n\n" + first_question, "")) == "");
}

TEST_CASE("a quoted question with an answer below it is answered, and so is an answer in the question's words") {
    CHECK(answered(file_with("> " + first_question + "\n\nAlice's.", "")) == "1");
    CHECK(answered(file_with("Lines may change places.", "")) == "1");
    CHECK(answered(file_with("Which lines may change places: Alice's, because she sleeps.", "")) == "1");
    CHECK(answered(file_with("> Thread Alice is counting down: 3...", "")) == "1");
}

TEST_CASE("a placeholder is no answer, and the report says where it is") {
    for (const std::string text : {"TODO", "todo.", "**TODO**", "n/a", "N/A", "tbd", "Your answer here.", "Answer:"}) {
        CAPTURE(text);
        CHECK(answered(file_with(text, "")) == "");
        CHECK(remarks(file_with(text, "")) ==
              "line 9: this only holds the place of an answer: write yours here instead\n");
    }
    for (const std::string text : {"...", "-", "?", "--"}) CHECK(answered(file_with(text, "")) == "");
    CHECK(answered(file_with("TODO was the first thing that I did.", "")) == "1");
    CHECK(answered(file_with("No.", "")) == "1");
}

TEST_CASE("a block of code is an answer, and an empty one is not") {
    CHECK(answered(file_with("```cpp\nint x;\n```", "")) == "1");
    CHECK(answered(file_with("    int x;", "")) == "1");
    CHECK(answered(file_with("```cpp\n```", "")) == "");
}

TEST_CASE("a table counts when a cell after the first is filled in, wherever the rows are") {
    CHECK(answered(file_with("", heads + rows)) == "");
    CHECK(answered(file_with("", heads + "| `ping` | 4.9 s | |\n")) == "2");
    CHECK(answered(file_with("", heads + "| `ping` | n/a | - |\n")) == "");
    CHECK(answered(file_with("", "| mine |\n| - |\n| 42 |\n")) == "2");
}

TEST_CASE("a comment is no answer, and where one is not closed the report says so") {
    CHECK(remarks(file_with("<!-- Alice's. -->", "")) ==
          "line 9: the text between <!-- and --> is a comment, not an answer: write outside of it\n");
    CHECK(remarks(file_with("So.\n<!-- Alice's.", "")) ==
          "line 10: a comment begins here, and its --> is missing: all that follows belongs to it\n");
}

TEST_CASE("a picture is an answer if it is in the submission or on the net") {
    CHECK(answered(file_with("![](there.png)", "![so](https://example.org/a.png)")) == "12");
    CHECK(answered(file_with("<img width=\"20\" src=\"there.png\">", "")) == "1");
    CHECK(remarks(file_with("![](there.png)", "")) == "");
}

TEST_CASE("a picture that is missing costs nothing unless it is the whole answer, and is told") {
    const std::string lost = "line 10: the picture 'lost one.png' is not in the submission: hand it in, too\n";
    CHECK(answered(file_with("See:\n![a run](lost%20one.png \"a run\")", "")) == "1");
    CHECK(remarks(file_with("See:\n![a run](lost%20one.png \"a run\")", "")) == lost);
    CHECK(answered(file_with("\n![a run](<lost one.png>)", "")) == "");
    CHECK(remarks(file_with("\n![a run](<lost one.png>)", "")) == lost);
    CHECK(answered(file_with("![a run](lost.png) ![](there.png)", "")) == "1");
}

TEST_CASE("lines that end as on Windows or an old Mac, marks at the front and a missing last end change nothing") {
    const auto with_ends = [](const std::string& text, const std::string& end) {
        std::string other;
        for (const char c : text) other += c == '\n' ? end : std::string(1, c);
        return other;
    };
    const std::string filled = file_with("Alice's.", heads + "| `ping` | 4.9 s | |\n| `pool --workers 2` | 3 | |");
    for (const std::string end : {"\r\n", "\r"})
        for (const std::string front : {"", "\xef\xbb\xbf"}) {
            CHECK(answered(front + with_ends(filled, end), second_measured()) == "12");
            CHECK(remarks(front + with_ends(filled, end), second_measured()) == "");
            CHECK(answered(with_ends(given, end), second_measured()) == "");
            CHECK(remarks(with_ends(file_with("", "<!-- So. -->"), end)).find("line 17: ") == 0);
        }
    CHECK(answered(file.substr(0, file.size() - 1)) == "12");
}

TEST_CASE("Latin-1 is read, and the answers' texts are UTF-8") {
    const Answers answers =
        read(file_with("Gr\xfc\xdf"
                       "e.",
                       "So."));
    CHECK(answers.to.at("1").text ==
          "Gr\u00fc\u00df"
          "e.");
    CHECK(answers.remarks ==
          std::vector<std::string>{"line 9: this is not UTF-8: the file was read as Windows-1252; save it as UTF-8"});
}

TEST_CASE("markers may be spelt with other blanks and letters") {
    for (const std::string begin :
         {"<!--answer 1-->", "<!-- Answer 1 -->", "<!--  ANSWER  1  -->", "<!--\tanswer\t1 -->",
          "<!--\u00a0answer\u00a0"
          "1\u00a0-->",
          "<!-- answer1 -->", "<!-- answer 1: -->"}) {
        CAPTURE(begin);
        CHECK(answered(replaced(file, "<!-- answer 1 -->", begin)) == "12");
        CHECK(remarks(replaced(file, "<!-- answer 1 -->", begin)) == "");
    }
    for (const std::string end : {"<!--end of answer 1-->", "<!-- End Of Answer 1 -->", "<!-- end answer 1 -->"})
        CHECK(remarks(replaced(file, "<!-- end of answer 1 -->", end)) == "");
}

TEST_CASE("an answer whose end marker is missing ends before the next heading") {
    const std::string torn = replaced(file, "<!-- end of answer 1 -->\n", "");
    CHECK(read(torn).to.at("1").text == "Alice's.");
    CHECK(answered(torn) == "12");
    CHECK(remarks(torn) ==
          "line 8: the marker <!-- end of answer 1 --> is missing after this one: what is before line 11 was read\n");
    CHECK(answered(replaced(given, "<!-- end of answer 1 -->\n", "")) == "");
    const std::string last = replaced(file, "<!-- end of answer 2 -->\n", "");
    CHECK(read(last).to.at("2").text == "Waiting.");
    CHECK(remarks(last).find("what is before the end of the file was read") != std::string::npos);
}

TEST_CASE("an answer whose first marker is missing begins after the heading, and the question is none of it") {
    const std::string torn = replaced(file, "<!-- answer 1 -->\n", "");
    CHECK(answered(torn) == "12");
    CHECK(remarks(torn) ==
          "line 9: the marker <!-- answer 1 --> is missing before this one: what is from line 3 on was read\n");
    CHECK(answered(replaced(given, "<!-- answer 1 -->\n", "")) == "");
}

TEST_CASE("what is under a heading is read where both of its markers are missing") {
    const auto without = [](const std::string& text) {
        return replaced(replaced(text, "<!-- answer 1 -->\n", ""), "<!-- end of answer 1 -->\n", "");
    };
    CHECK(answered(without(file)) == "12");
    CHECK(read(without(file)).to.at("1").text == "Alice's.");
    CHECK(remarks(without(file)) ==
          "line 3: the markers <!-- answer 1 --> and <!-- end of answer 1 --> are missing: what is under this heading "
          "was "
          "read\n");
    CHECK(answered(without(given)) == "");
    CHECK(answered("# Mine\n\n## Question 1\n\nAlice's.\n\n## Question 2\n\nWaiting.\n") == "12");
    CHECK(remarks("# Mine\n\n## Question 1\n\nAlice's.\n\n## Question 2\n") ==
          "line 1: all markers, such as <!-- answer 1 -->, are missing: what is under each heading was read\n");
    CHECK(answered("Alice's.\n") == "");
    CHECK(remarks("Alice's.\n") ==
          "line 1: all markers, such as <!-- answer 1 -->, are missing: write between two of them\n");
}

TEST_CASE("doubled markers: all of what they surround is read") {
    const std::string twice = replaced(file, "Alice's.", "One.\n<!-- answer 1 -->\nTwo.");
    CHECK(read(twice).to.at("1").text == "One.\n\nTwo.");
    CHECK(remarks(twice) ==
          "line 10: the marker <!-- answer 1 --> is here once more: what is before it and after it was read\n");
    const std::string ended = replaced(file, "Alice's.", "One.\n<!-- end of answer 1 -->\nTwo.");
    CHECK(read(ended).to.at("1").text == "One.\n\nTwo.");
    CHECK(remarks(ended) ==
          "line 12: the marker <!-- end of answer 1 --> is here once more: what is before it was read, too\n");
    const std::string pairs = replaced(file, "Alice's.", "One.\n<!-- end of answer 1 -->\n<!-- answer 1 -->\nTwo.");
    CHECK(read(pairs).to.at("1").text == "One.\n\nTwo.");
    CHECK(remarks(pairs) == "line 11: the marker <!-- answer 1 --> is here once more: both of its answers were read\n");
}

TEST_CASE("markers in the wrong order surround an answer all the same") {
    const std::string swapped = replaced(replaced(file, "<!-- answer 1 -->", "<!-- end of answer 1 -->"),
                                         "Alice's.\n<!-- end of answer 1 -->", "Alice's.\n<!-- answer 1 -->");
    CHECK(read(swapped).to.at("1").text == "Alice's.");
    CHECK(answered(swapped) == "12");
    CHECK(remarks(swapped) ==
          "line 8: the marker <!-- end of answer 1 --> comes before <!-- answer 1 -->: what is between them was read; "
          "swap them\n");
}

TEST_CASE("a marker with another question's number is read as what its place says") {
    const std::string wrong = replaced(file, "<!-- end of answer 2 -->", "<!-- end of answer 1 -->");
    CHECK(answered(wrong) == "12");
    CHECK(
        remarks(wrong).find("the marker <!-- end of answer 1 --> is here in the place of <!-- end of answer 2 -->: it "
                            "was read as that") != std::string::npos);
    const std::string copied = replaced(replaced(file, "<!-- answer 2 -->", "<!-- answer 1 -->"),
                                        "<!-- end of answer 2 -->", "<!-- end of answer 1 -->");
    CHECK(read(copied).to.at("1").text == "Alice's.");
    CHECK(read(copied).to.at("2").text == "Waiting.");
    CHECK(remarks(copied).find(
              "line 16: the marker <!-- answer 1 --> is under question 2: it was read as <!-- answer 2 -->") == 0);
}

TEST_CASE("headings that were renumbered, spelt otherwise or deleted do no harm where the markers are there") {
    const std::string renumbered =
        replaced(replaced(file, "## Question 2", "## Question 3"), "## Question 1", "## Question 2");
    CHECK(read(renumbered).to.at("1").text == "Alice's.");
    CHECK(read(renumbered).to.at("2").text == "Waiting.");
    CHECK(answered(renumbered) == "12");
    CHECK(answered(replaced(file, "## Question 1", "### question 1: threads")) == "12");
    CHECK(answered(replaced(file, "## Question 1\n", "")) == "12");
}

TEST_CASE("markers count in a block of code, unless the answer quotes them there") {
    const std::string fenced = replaced(replaced(file, "<!-- answer 1 -->", "```\n<!-- answer 1 -->"),
                                        "<!-- end of answer 1 -->", "<!-- end of answer 1 -->\n```");
    CHECK(answered(fenced) == "12");
    CHECK(read(fenced).to.at("1").text == "Alice's.");
    const std::string quoting =
        replaced(file, "Alice's.", "```\n<!-- end of answer 1 -->\n## Question 2\n```\nAlice's.");
    CHECK(read(quoting).to.at("1").text == "```\n<!-- end of answer 1 -->\n## Question 2\n```\nAlice's.");
    CHECK(answered(replaced(file, "Alice's.", "```\nint x;")) == "12");  // a block that does not end
}

TEST_CASE("an answer under its heading and outside of the markers is read, and the report says where to put it") {
    const std::string there =
        "this is outside of the markers of question 1: it was read; move it between "
        "<!-- answer 1 --> and <!-- end of answer 1 -->\n";
    const std::string after = replaced(given, "<!-- end of answer 1 -->\n", "<!-- end of answer 1 -->\nAlice's.\n");
    CHECK(answered(after) == "1");
    CHECK(read(after).to.at("1").text == "Alice's.");
    CHECK(remarks(after) == "line 11: " + there);
    const std::string before = replaced(given, "<!-- answer 1 -->", "Alice's.\n\n<!-- answer 1 -->");
    CHECK(answered(before) == "1");
    CHECK(remarks(before) == "line 8: " + there);
}

TEST_CASE("another version of the question above the markers is no answer") {
    const std::string other = replaced(given, "Which lines may change", "Which of Alice's lines may change");
    CHECK(answered(other) == "");
    CHECK(remarks(other) ==
          "line 5: this is outside of the markers of question 1 and was not read: if it is an answer, move "
          "it between <!-- answer 1 --> and <!-- end of answer 1 -->\n");
}

TEST_CASE("what follows under a heading of its own belongs to no question") {
    CHECK(answered(given + "\n## Who helped\n\nBob.\n") == "");
    CHECK(remarks(given + "\n## Who helped\n\nBob.\n") == "");
}

TEST_CASE("students who grade at home have no other template than their own file") {
    const auto at_home = [](const std::string& text) {
        std::string numbers;
        for (const auto& [number, answer] : read_answers(text, text, two_questions(), [](auto&) { return true; }).to)
            if (answer.answered) numbers += number;
        return numbers;
    };
    CHECK(at_home(given) == "");
    CHECK(at_home(file) == "12");
    CHECK(at_home(file_with("> " + first_question, "Waiting.")) == "2");
    CHECK(at_home(replaced(given, "<!-- answer 1 -->\n", "")) == "");
    CHECK(at_home(replaced(file, "<!-- answer 1 -->\n", "")) == "12");
    CHECK(at_home(replaced(given, "<!-- answer 1 -->", "Alice's.\n\n<!-- answer 1 -->")) == "1");
}

TEST_CASE("a question that asks for measured numbers is answered when each row has one") {
    for (const std::string number :
         {"0.86", "0,86", "1.2e3", "1 234 ms", "~3 s", "3\u00d7", "**2**", "< 1 ms", "4 to 5"}) {
        CAPTURE(number);
        CHECK(answered(file_with("", heads + "| `ping` | " + number + " | |\n| `pool --workers 2` | 1 | |\n"),
                       second_measured()) == "2");
    }
    for (const std::string none : {"did not finish", "-", "n/a", "fast", "", "v2"}) {
        CAPTURE(none);
        const std::string table = heads + "| `ping` | 1 | |\n| `pool --workers 2` | " + none + " | no idea |\n";
        CHECK(answered(file_with("", table), second_measured()) == "");
        CHECK(remarks(file_with("", table), second_measured()) ==
              "line 20: the row `pool --workers 2` has no number under 'time'\n");
    }
}

TEST_CASE("a measured table may have other rows, columns, blanks and letters beside") {
    const std::string table =
        "Mine:\n\n"
        "  Program | What bounds it | Cores | Time (s)\n"
        ":--|-|:-:|--:\n"
        "**Ping** | waits | 2 | 4.9\n"
        "pool, 3 workers | | | \n"
        "POOL --workers 2 | waits \\| more | 2 | 2.5\n\nSo.";
    CHECK(answered(file_with("", table), second_measured()) == "2");
    CHECK(remarks(file_with("", table), second_measured()) == "");
    const std::string renamed = "| program | seconds |\n| --- | --- |\n| one by one | 4.9 |\n| two | 2.5 |\n";
    CHECK(answered(file_with("", renamed), second_measured()) == "2");  // as many rows, in the same order
}

TEST_CASE("what is missing in a measured table is told by row and column") {
    const auto said = [](const std::string& text) { return remarks(file_with("", text), second_measured()); };
    CHECK(said(heads + "| `ping` | 4.9 | |\n") == "line 17: the row `pool --workers 2` is missing in this table\n");
    CHECK(said(heads + rows + "\nBoth wait.") == "line 17: this table has no numbers under 'time'\n");
    CHECK(said(heads + rows + "\nBoth wait,\nfor 4.9 s and 2.5 s.") ==
          "line 17: this table has no numbers under 'time'\n"
          "line 23: numbers that are written here, as text, do not count: write them into the table\n");
    CHECK(said("It took 4.9 s.") ==
          "line 16: the question's table is missing: it wants numbers under 'time'\n"
          "line 17: numbers that are written here, as text, do not count: write them into the table\n");
    CHECK(said("| a | b | c |\n| - | - | - |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |\n")
              .find("line 17: this table has no column 'time'") == 0);
}

TEST_CASE("the fullest of several tables counts") {
    const std::string filled = heads + "| `ping` | 4.9 | |\n| `pool --workers 2` | 3 | |\n";
    CHECK(answered(file_with("", heads + rows + "\n" + filled + "\n" + heads + rows), second_measured()) == "2");
}

TEST_CASE("a template has the rows and columns that its question wants numbers in") {
    const QuestionEntry wanted{"2", 2, {"time", "space"}, {"ping", "pong"}};
    CHECK(missing_places(wanted, {{1, heads + rows}}) ==
          std::vector<std::string>{"has no column 'space'", "has no row 'pong'"});
}

TEST_CASE("a file of nothing but marks is read up to a limit, and the report says so") {
    std::string many;
    for (int i = 0; i < 2'000; ++i) many += "## Question 1\n<!-- answer 1 -->\n";
    CHECK(answered(many) == "");
    CHECK(remarks(many).find("line 1: the file has more than 1,000 markers and headings: the others were not read") ==
          0);
}
