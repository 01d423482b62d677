#include "ground/answer.hpp"

#include <algorithm>
#include <sstream>

#include "ground/blank.hpp"
#include "ground/encoding.hpp"
#include "ground/markers.hpp"
#include "ground/marks.hpp"
#include "ground/measured.hpp"
#include "ground/own_text.hpp"
#include "ground/pictures.hpp"
#include "ground/table.hpp"

namespace {

constexpr const char* in_comment = "the text between <!-- and --> is a comment, not an answer: write outside of it";
constexpr const char* not_closed = "a comment begins here, and its --> is missing: all that follows belongs to it";
constexpr const char* only_question = "this repeats the question, and nothing else is here: write your answer below it";
constexpr const char* holds_a_place = "this only holds the place of an answer: write yours here instead";
constexpr const char* no_markers = "all markers, such as <!-- answer 1 -->, are missing: write between two of them";
constexpr const char* headings_alone =
    "all markers, such as <!-- answer 1 -->, are missing: what is under each heading was read";
constexpr const char* too_many_marks = "the file has more than 1,000 markers and headings: the others were not read";

constexpr std::size_t most_shown = 120;  // of a student's link

using Places = std::map<std::string, PlaceOfAnswer>;

std::string line_and(std::size_t line, const std::string& what) {
    return "line " + std::to_string(line) + ": " + what;
}

std::string first_paragraph(const std::string& text) {
    std::istringstream lines(text);
    std::string paragraph;
    for (std::string line; std::getline(lines, line);) {
        const bool is_blank = line.find_first_not_of(" \t") == std::string::npos;
        if (is_blank && !paragraph.empty()) break;
        if (!is_blank) paragraph += line + "\n";
    }
    return paragraph;
}

// Where the marker before the answer is missing, the question is in front of the answer.
std::string question_in(const PlaceOfAnswer& place) {
    for (const Piece& piece : place.before)
        if (says_something(piece.text)) return first_paragraph(piece.text);
    const bool no_begin = place.has_heading && !place.pieces.empty() && place.pieces[0].line == place.line;
    return no_begin ? first_paragraph(place.pieces[0].text) : "";
}

// A heading of something else ends what belongs to a question, such as the list of who helped, at the end of a file.
std::string up_to_heading(const std::string& text) {
    for (const char* heading : {"\n# ", "\n## "})
        if (const std::size_t at = text.find(heading); at != std::string::npos)
            return up_to_heading(text.substr(0, at));
    return text;
}

// The template's own comment, whatever its words after the first three are.
bool is_given_comment(const std::string& comment) {
    return comment.rfind(" Your answer here", 0) == 0 && comment.find('\n') == std::string::npos;
}

std::string without_given_comments(const std::string& text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = std::min(text.find("<!--", at), text.size());
        const std::size_t to = text.find("-->", from);
        const bool closed = to != std::string::npos;
        const std::size_t next = closed ? to + 3 : text.size();
        const bool given = closed && is_given_comment(text.substr(from + 4, to - from - 4));
        kept.append(text, at, (given ? from : next) - at);
        at = next;
    }
    return kept;
}

std::string without_blank_ends(const std::string& text) {
    std::size_t begin = text.find_first_not_of(" \t\n");
    if (begin == std::string::npos) return "";
    begin = text.rfind('\n', begin) + 1;  // what is indented stays so
    return text.substr(begin, text.find_last_not_of(" \t\n") + 1 - begin);
}

std::size_t first_line(const Piece& piece) {
    const std::size_t begin = std::min(piece.text.find_first_not_of(" \t\n"), piece.text.size());
    const auto end = piece.text.begin() + static_cast<std::ptrdiff_t>(begin);
    return piece.line + static_cast<std::size_t>(std::count(piece.text.begin(), end, '\n'));
}

// Reads the answer to one question.
class Reader {
  public:
    Reader(const QuestionEntry& question, const PlaceOfAnswer& place, const Asked& asked, const HasPicture& has_picture)
        : question_(question), place_(place), asked_(asked), has_picture_(has_picture) {}

    Answer read(bool any_markers) {
        answer_.remarks = place_.remarks;
        for (const Piece& piece : place_.pieces) take(piece, piece.text);
        read_outside();
        if (any_markers && !place_.has_markers) remark_missing();
        const bool shown = show_pictures();
        std::string own;
        for (const Piece& piece : own_) own += piece.text + "\n\n";
        if (!says_something(own)) {
            answer_.text.clear();
            for (const Piece& piece : place_.pieces) remark_no_answer(piece);
            return answer_;
        }
        const std::vector<std::string> missing = missing_numbers(question_, read_);
        answer_.answered = shown && missing.empty();
        remark(missing);
        return answer_;
    }

  private:
    void remark(const std::vector<std::string>& more) {
        answer_.remarks.insert(answer_.remarks.end(), more.begin(), more.end());
    }

    void take(const Piece& piece, const std::string& shown) {
        own_.push_back({piece.line, own_text(piece.text, asked_)});
        read_.push_back(piece);
        const std::string text = without_blank_ends(without_given_comments(shown));
        if (!text.empty()) answer_.text += (answer_.text.empty() ? "" : "\n\n") + text;
        const std::size_t open = piece.text.rfind("<!--");
        if (open != std::string::npos && piece.text.find("-->", open) == std::string::npos)
            answer_.remarks.push_back(at_line_of(piece, open, not_closed));
    }

    static std::string at_line_of(const Piece& piece, std::size_t byte, const std::string& what) {
        const auto end = piece.text.begin() + static_cast<std::ptrdiff_t>(byte);
        return line_and(piece.line + static_cast<std::size_t>(std::count(piece.text.begin(), end, '\n')), what);
    }

    // What is above the markers is an answer only if the whole question is there, too: else it may be another version of
    // the question.
    void read_outside() {
        std::string before;
        for (const Piece& piece : place_.before) before += piece.text + "\n\n";
        const bool may_be_question = place_.has_markers && !asked_.is_all_in(before);
        for (const Piece& piece : place_.before) read_outside(piece, may_be_question);
        for (const Piece& piece : place_.after) read_outside({piece.line, up_to_heading(piece.text)}, false);
    }

    void read_outside(const Piece& piece, bool may_be_question) {
        const Piece own{piece.line, own_text(piece.text, asked_)};
        if (!says_something(own.text)) return;
        const std::string where = "this is outside of the markers of question " + question_.number;
        const std::string markers = answer_begin(question_.number) + " and " + answer_end(question_.number);
        if (may_be_question) {
            const bool is_answered =
                std::any_of(own_.begin(), own_.end(), [](auto& one) { return says_something(one.text); });
            if (!is_answered)
                answer_.remarks.push_back(line_and(
                    first_line(own), where + " and was not read: if it is an answer, move it between " + markers));
            return;
        }
        if (place_.has_markers)
            answer_.remarks.push_back(line_and(first_line(own), where + ": it was read; move it between " + markers));
        take(piece, own.text);
    }

    void remark_missing() {
        const std::string markers = answer_begin(question_.number) + " and " + answer_end(question_.number);
        answer_.remarks.push_back(
            place_.has_heading
                ? line_and(place_.line, "the markers " + markers + " are missing: what is under this heading was read")
                : line_and(1, "question " + question_.number + " is missing: it needs its heading, and its markers, " +
                                  markers));
    }

    // False where nothing is there but pictures that are not.
    bool show_pictures() {
        bool all_lost = true;
        std::string rest;
        for (const Piece& piece : own_) {
            rest += without_pictures(piece.text) + "\n\n";
            for (const Picture& picture : pictures_in(piece.text)) {
                const bool is_there = is_url(picture.target) || has_picture_(picture.target);
                if (is_there) all_lost = false;
                else
                    answer_.remarks.push_back(
                        line_and(piece.line - 1 + picture.line, "the picture '" + picture.target.substr(0, most_shown) +
                                                                    "' is not in the submission: hand it in, too"));
            }
        }
        return !all_lost || says_something(rest);
    }

    // What was written between the markers, and why it is none.
    void remark_no_answer(const Piece& piece) {
        for (std::size_t from = 0; (from = piece.text.find("<!--", from)) != std::string::npos;) {
            const std::size_t to = piece.text.find("-->", from);
            if (to == std::string::npos) return;
            const std::string comment = piece.text.substr(from + 4, to - from - 4);
            if (!is_given_comment(comment) && says_something(comment)) {
                answer_.remarks.push_back(at_line_of(piece, from, in_comment));
                return;
            }
            from = to;
        }
        const Piece written{piece.line, without_blank_rows(with_blank_comments(piece.text))};
        if (is_placeholder(written.text)) answer_.remarks.push_back(line_and(first_line(written), holds_a_place));
        else if (says_something(written.text) && piece.line != place_.line)
            answer_.remarks.push_back(line_and(first_line(written), only_question));
    }

    const QuestionEntry& question_;
    const PlaceOfAnswer& place_;
    const Asked& asked_;
    const HasPicture& has_picture_;
    Answer answer_;
    std::vector<Piece> read_, own_;  // what counts, as it is, and without what is not the student's
};

bool any_place(const Places& places, bool PlaceOfAnswer::*has) {
    return std::any_of(places.begin(), places.end(), [has](const auto& one) { return one.second.*has; });
}

}  // namespace

Answers read_answers(const std::string& file, const std::string& given, const std::vector<QuestionEntry>& questions,
                     const HasPicture& has_picture) {
    std::vector<std::string> numbers;
    for (const QuestionEntry& question : questions) numbers.push_back(question.number);
    const Decoded read = decoded(file);
    const std::string text = with_plain_line_ends(read.text);
    const Places places = places_in(text, numbers);
    const Places templates = places_in(with_plain_line_ends(decoded(given).text), numbers);

    Answers answers;
    if (!read.remark.empty()) answers.remarks.push_back(read.remark);
    const bool any_markers = any_place(places, &PlaceOfAnswer::has_markers);
    if (!any_markers)
        answers.remarks.push_back(
            line_and(1, any_place(places, &PlaceOfAnswer::has_heading) ? headings_alone : no_markers));
    if (marks_in(text, numbers).size() >= most_marks) answers.remarks.push_back(line_and(1, too_many_marks));
    for (const QuestionEntry& question : questions) {
        const std::string& number = question.number;
        const Asked asked(question_in(templates.at(number)));
        answers.to[number] = Reader(question, places.at(number), asked, has_picture).read(any_markers);
    }
    return answers;
}
