#include "grader/explore/picture.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "ground/text.hpp"

namespace explore {

namespace {

// What a lane, an arrow and a step look like.
struct Glyphs {
    const char *stands, *holds, *waits, *steps, *held_up, *rests, *decides, *along, *across, *right, *left, *gap,
        *skips;
};
constexpr Glyphs drawn{"│", "┃", "┊", "●", "○", "×", "◆", "─", "┼", "▶", "◀", "⋮", "…"};
constexpr Glyphs typed{"|", "#", ":", "*", "o", "x", "@", "-", "+", ">", "<", ":", "..."};

const Glyphs& glyphs_of(const Style& style) {
    return style.utf8 ? drawn : typed;
}

// Cells of one line, each a character and the thread whose colour it has; -1: none.
struct Cell {
    std::string text = " ";
    int thread = -1;
};

std::size_t cells_of(const std::string& name) {
    return std::max<std::size_t>(columns(name), 2) + 2;
}

std::size_t column_of(const Names& threads, int thread) {
    std::size_t column = 1;
    for (int i = 0; i < thread; ++i) column += cells_of(threads[static_cast<std::size_t>(i)]);
    return column + (columns(threads[static_cast<std::size_t>(thread)]) - 1) / 2;
}

std::size_t width_of_lanes(const Names& threads) {
    std::size_t width = 1;
    for (const std::string& name : threads) width += cells_of(name);
    return width;
}

std::string in_colour(const std::vector<Cell>& cells, const Style& style) {
    std::string text;
    for (const Cell& cell : cells) text += cell.text == " " ? " " : style.actor(cell.thread, cell.text);
    return text;
}

std::vector<Cell> lanes_of(const History& history, const Row& row, const Glyphs& glyphs) {
    std::vector<Cell> cells(width_of_lanes(history.threads));
    for (std::size_t i = 0; i < row.lanes.size() && i < history.threads.size(); ++i) {
        const Lane& lane = row.lanes[i];
        if (!lane.is_there) continue;
        const int thread = static_cast<int>(i);
        cells[column_of(history.threads, thread)] = {lane.holds   ? glyphs.holds
                                                     : lane.waits ? glyphs.waits
                                                                  : glyphs.stands,
                                                     thread};
    }
    return cells;
}

// The row's own line: the step, and whom it reaches.
std::vector<Cell> step_of(const History& history, const Row& row, const Glyphs& glyphs) {
    std::vector<Cell> cells = lanes_of(history, row, glyphs);
    if (row.thread < 0) {
        for (Cell& cell : cells)
            if (cell.text != " ") cell.text = glyphs.gap;
        return cells;
    }
    const std::size_t own = column_of(history.threads, row.thread);
    for (const int other : row.reaches) {
        const std::size_t to = column_of(history.threads, other);
        for (std::size_t i = std::min(own, to) + 1; i < std::max(own, to); ++i)
            if (cells[i].text != glyphs.right && cells[i].text != glyphs.left)
                cells[i] = {cells[i].text == " " || cells[i].text == glyphs.along ? glyphs.along : glyphs.across,
                            row.thread};
    }
    for (const int other : row.reaches) {
        const std::size_t to = column_of(history.threads, other);
        cells[to] = {to > own ? glyphs.right : glyphs.left, row.thread};
    }
    const char* step = row.decides      ? glyphs.decides
                       : row.held_up    ? glyphs.held_up
                       : row.steps == 0 ? glyphs.rests
                                        : glyphs.steps;
    if (row.weight != Weight::none || row.steps == 1) cells[own] = {step, row.thread};
    return cells;
}

std::string sentence(const std::string& label, const std::string& text, const Drawing& drawing) {
    std::string lines, lead = drawing.style.paint("1", pad(label, 9));
    if (text.empty()) return "";
    for (const std::string& line : wrap(printable(text), drawing.width - 9)) {
        lines += lead + line + '\n';
        lead = std::string(9, ' ');
    }
    return lines;
}

bool is_there(const History& history, bool (*is)(const Row&)) {
    return std::any_of(history.rows.begin(), history.rows.end(), is);
}

// What of the picture's signs occurs in it.
std::string key_to(const History& history, const Glyphs& glyphs) {
    std::string key = std::string(glyphs.steps) + " makes a step";
    const auto add = [&](const char* glyph, const char* says) { key += std::string(", ") + glyph + " " + says; };
    if (is_there(history, [](const Row& row) { return row.held_up; })) add(glyphs.held_up, "is held up by the order");
    if (is_there(history, [](const Row& row) { return row.steps == 0 && !row.held_up; }))
        add(glyphs.rests, "has to wait");
    add(glyphs.stands, "could go on");
    if (is_there(history, [](const Row& row) {
            return std::any_of(row.lanes.begin(), row.lanes.end(), [](const Lane& lane) { return lane.holds; });
        }))
        add(glyphs.holds, "holds a lock");
    if (is_there(history, [](const Row& row) {
            return std::any_of(row.lanes.begin(), row.lanes.end(), [](const Lane& lane) { return lane.waits; });
        }))
        add(glyphs.waits, "cannot go on");
    if (is_there(history, [](const Row& row) { return !row.reaches.empty(); })) add(glyphs.right, "starts or wakes");
    if (is_there(history, [](const Row& row) { return row.decides; })) add(glyphs.decides, "decides");
    return key;
}

}  // namespace

std::string picture_head(const History& history, const Drawing& drawing) {
    std::string line(1, ' ');
    for (std::size_t i = 0; i < history.threads.size(); ++i) {
        const std::string& name = history.threads[i];
        line += drawing.style.paint("1", drawing.style.actor(static_cast<int>(i), name)) +
                std::string(cells_of(name) - columns(name), ' ');
    }
    return line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
}

std::string picture_row(const History& history, std::size_t number, const Drawing& drawing) {
    const Row& row = history.rows[number];
    const Style& style = drawing.style;
    const Glyphs& glyphs = glyphs_of(style);
    const std::size_t room = drawing.width - width_of_lanes(history.threads);
    std::string what =
        row.weight == Weight::none && row.steps > 1 ? std::string(glyphs.skips) + " " + row.what : row.what;
    if (!drawing.code && row.line > 0) what += " (:" + std::to_string(row.line) + ")";
    what = style.cut(what, room);
    std::string lines = in_colour(step_of(history, row, glyphs), style) +
                        (row.decides                  ? style.paint("1;31", what)
                         : row.weight == Weight::none ? style.paint("2", what)
                                                      : what) +
                        '\n';
    if (!drawing.code || row.code.empty()) return lines;
    const bool is_same =
        number > 0 && history.rows[number - 1].thread == row.thread && history.rows[number - 1].line == row.line;
    if (is_same) return lines;
    const std::string at = "  " + std::to_string(row.line) + "  ";
    return lines + in_colour(lanes_of(history, row, glyphs), style) +
           style.paint("2", at + style.cut(row.code, room - std::min(room, columns(at)))) + '\n';
}

std::string picture_end(const History& history, const Drawing& drawing) {
    return sentence("Ends", history.verdict, drawing) + sentence("Decides", history.decision, drawing) +
           sentence("Key", key_to(history, glyphs_of(drawing.style)), drawing);
}

std::string picture(const History& history, const Drawing& drawing) {
    std::string text = picture_head(history, drawing);
    for (std::size_t i = 0; i < history.rows.size(); ++i) text += picture_row(history, i, drawing);
    return text + picture_end(history, drawing);
}

std::string markdown_picture(const History& history, const std::string& title) {
    std::string text = picture(history, {{{}, /*utf8=*/true}, 100});
    text.pop_back();
    return "### " + title + "\n\nThe order of its steps:\n\n" + code_block(history.schedule) + code_block(text);
}

}  // namespace explore
