#include "ground/measured.hpp"

#include <algorithm>
#include <optional>

#include "ground/own_text.hpp"
#include "ground/table.hpp"
#include "ground/text.hpp"
#include "ground/words.hpp"

namespace {

using Index = std::optional<std::size_t>;

std::vector<WordList> words_of_each(const std::vector<std::string>& texts) {
    std::vector<WordList> words;
    for (const std::string& text : texts) words.push_back(words_of(text));
    return words;
}

// Which of `found` is meant by each of `wanted`: one of the same words, else one with more or fewer of them ("time (s)"
// for "time", "8 threads" for "... threads"), else, where as many of both remain, one after the other.
std::vector<Index> pair_up(const std::vector<std::string>& wanted, const std::vector<std::string>& found) {
    std::vector<Index> pairs(wanted.size());
    std::vector<bool> taken(found.size());
    const std::vector<WordList> wanted_words = words_of_each(wanted), found_words = words_of_each(found);
    const auto pair_where = [&](auto fits) {
        for (std::size_t i = 0; i < wanted.size(); ++i)
            for (std::size_t j = 0; j < found.size() && !pairs[i]; ++j) {
                if (taken[j] || !fits(wanted_words[i], found_words[j])) continue;
                pairs[i] = j;
                taken[j] = true;
            }
    };
    pair_where([](const WordList& one, const WordList& other) { return one == other; });
    pair_where([](const WordList& one, const WordList& other) { return has_run(one, other) || has_run(other, one); });
    const auto left = std::count(pairs.begin(), pairs.end(), std::nullopt);
    if (left == std::count(taken.begin(), taken.end(), false)) pair_where([](auto&, auto&) { return true; });
    return pairs;
}

std::vector<std::string> firsts_of(const std::vector<TableRow>& rows) {
    std::vector<std::string> firsts;
    for (const TableRow& row : rows) firsts.push_back(row.cells.at(0));
    return firsts;
}

std::vector<std::string> without_first(const std::vector<std::string>& cells) {
    return {cells.begin() + 1, cells.end()};
}

std::string line_and(std::size_t line, const std::string& what) {
    return "line " + std::to_string(line) + ": " + what;
}

std::string columns_text(const std::vector<std::string>& names) {
    std::vector<std::string> quoted;
    for (const std::string& name : names) quoted.push_back("'" + name + "'");
    return list_of(quoted);
}

struct Found {
    std::size_t cells = 0;  // that have no number
    std::vector<std::string> problems;
};

// `line` is the one before the table's text.
Found look_at(const QuestionEntry& question, const Table& table, std::size_t line) {
    const std::vector<Index> rows = pair_up(question.rows, firsts_of(table.rows));
    const std::vector<Index> columns = pair_up(question.measured, without_first(table.heads.cells));
    Found found;
    std::vector<std::string> there;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c]) there.push_back(question.measured[c]);
        else
            found.problems.push_back(
                line_and(line + table.heads.line, "this table has no column '" + question.measured[c] + "'"));
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::vector<std::string> empty;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const bool has_cell = rows[r] && columns[c] && *columns[c] + 1 < table.rows[*rows[r]].cells.size();
            if (has_cell && has_number(table.rows[*rows[r]].cells[*columns[c] + 1])) continue;
            ++found.cells;
            if (columns[c]) empty.push_back(question.measured[c]);
        }
        const std::string name = "the row `" + question.rows[r] + "`";
        if (!rows[r]) found.problems.push_back(line_and(line + table.heads.line, name + " is missing in this table"));
        else if (!empty.empty())
            found.problems.push_back(
                line_and(line + table.rows[*rows[r]].line, name + " has no number under " + columns_text(empty)));
    }
    if (found.cells == rows.size() * columns.size() && !there.empty())
        found.problems = {
            line_and(line + table.heads.line, "this table has no numbers under " + columns_text(question.measured))};
    return found;
}

// The first line outside of tables that has a number: perhaps they were all written there.
std::optional<std::size_t> line_with_number(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
        std::size_t line = piece.line;
        const std::string text = without_tables(with_blank_comments(piece.text));
        for (std::size_t from = 0; from < text.size(); ++line) {
            const std::size_t to = std::min(text.find('\n', from), text.size());
            if (has_number(text.substr(from, to - from))) return line;
            from = to + 1;
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string> missing_numbers(const QuestionEntry& question, const std::vector<Piece>& pieces) {
    if (question.measured.empty() || pieces.empty()) return {};
    const std::size_t all = question.rows.size() * question.measured.size();
    std::optional<Found> best;
    for (const Piece& piece : pieces)
        for (const Table& table : tables_in(with_blank_comments(piece.text))) {
            Found found = look_at(question, table, piece.line - 1);
            if (!best || found.cells < best->cells) best = std::move(found);
        }
    if (!best)
        best = {all,
                {line_and(pieces[0].line, "the question's table is missing: it wants numbers under " +
                                              columns_text(question.measured))}};
    if (const auto line = best->cells == all ? line_with_number(pieces) : std::nullopt)
        best->problems.push_back(
            line_and(*line, "numbers that are written here, as text, do not count: write them into the table"));
    return best->problems;
}

std::vector<std::string> missing_places(const QuestionEntry& question, const std::vector<Piece>& pieces) {
    std::vector<std::string> heads, rows, problems;
    for (const Piece& piece : pieces)
        for (const Table& table : tables_in(piece.text)) {
            heads.insert(heads.end(), table.heads.cells.begin(), table.heads.cells.end());
            for (const TableRow& row : table.rows) rows.push_back(row.cells.at(0));
        }
    const auto look_for = [&](const char* kind, const std::string& name, const std::vector<std::string>& names) {
        const auto is_it = [&](const std::string& other) { return words_of(other) == words_of(name); };
        const auto count = std::count_if(names.begin(), names.end(), is_it);
        if (count == 0) problems.push_back(std::string("has no ") + kind + " '" + name + "'");
        if (count > 1) problems.push_back(std::string("has more than one ") + kind + " '" + name + "'");
    };
    for (const std::string& name : question.measured) look_for("column", name, heads);
    for (const std::string& name : question.rows) look_for("row", name, rows);
    return problems;
}
