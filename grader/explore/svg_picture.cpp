#include <algorithm>
#include <sstream>

#include "grader/explore/picture.hpp"

namespace explore {

namespace {

constexpr int row_height = 28, lane_width = 62, head_height = 70, left = 46, margin = 24;
constexpr double letter = 7.9;  // of the font, as wide as it may be
constexpr std::size_t most_code = 78;

constexpr const char* style_sheet = R"(  <style>
    .ground { fill: #ffffff; } text { fill: #24292f; } .faint { fill: #57606a; } .alarm { fill: #b3261e; }
    .t0 { stroke: #0f7b93; fill: #0f7b93; } .t1 { stroke: #a1327f; fill: #a1327f; }
    .t2 { stroke: #8a6100; fill: #8a6100; } .t3 { stroke: #2c7a2c; fill: #2c7a2c; }
    .t4 { stroke: #3f5fc4; fill: #3f5fc4; } .t5 { stroke: #b3261e; fill: #b3261e; }
    .decides { fill: #fde7e5; }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #0d1117; } text { fill: #e6edf3; } .faint { fill: #9da7b1; } .alarm { fill: #ff8a80; }
      .t0 { stroke: #4fc3dc; fill: #4fc3dc; } .t1 { stroke: #e28bc7; fill: #e28bc7; }
      .t2 { stroke: #e0b04a; fill: #e0b04a; } .t3 { stroke: #7ccf7c; fill: #7ccf7c; }
      .t4 { stroke: #93aaf5; fill: #93aaf5; } .t5 { stroke: #ff8a80; fill: #ff8a80; }
      .decides { fill: #3d1d1b; }
    }
    line, .arrow { stroke-width: 2; } .holds { stroke-width: 8; } .waits { stroke-dasharray: 2 5; }
    .name { font-weight: bold; stroke: none; text-anchor: middle; } .number { text-anchor: end; } .key { font-weight: bold; }
    .hollow { fill: none; stroke-width: 2; }
  </style>
)";

class Svg {
  public:
    Svg(const History& history, const std::string& title) : history_(history), title_(title) {
        std::size_t what = 20, code = 0;
        for (const Row& row : history.rows) {
            what = std::max(what, columns(row.what) + 2);
            code = std::max(code, std::min(columns(row.code), most_code));
        }
        words_ = left + lane_width * static_cast<int>(history.threads.size());
        number_ = words_ + static_cast<int>(letter * static_cast<double>(what)) + 40;
        code_ = number_ + 12;
        width_ = std::max(code_ + static_cast<int>(letter * static_cast<double>(code)), 640) + margin;
    }

    std::string text() {
        std::vector<Lane> before(history_.threads.size());
        int y = head_height;
        for (const Row& row : history_.rows) {
            add(row, before, y);
            before = row.lanes;
            y += row_height;
        }
        y += row_height;
        const auto letters = static_cast<std::size_t>((width_ - 2 * margin) / letter);
        for (const std::string& sentence : {history_.verdict, history_.decision})
            for (const std::string& line :
                 sentence.empty() ? std::vector<std::string>() : wrap(printable(sentence), letters)) {
                write(margin, y, sentence == history_.verdict ? "alarm" : "", line);
                y += 20;
            }
        y += 4;
        const std::string key =
            "A thick lane holds a lock; a dotted one cannot go on; an arrow starts or wakes a thread; a ring is a "
            "thread "
            "that the order holds up; a cross is one that has to wait" +
            std::string(history_.decision.empty() ? "." : "; the diamond is the step that decided.");
        for (const std::string& line : wrap(key, letters)) {
            write(margin, y, "faint", line);
            y += 20;
        }
        return head(y) + body_.str() + "</svg>\n";
    }

  private:
    static std::string colour(int thread) { return "t" + std::to_string(thread % 6); }
    static int x_of(int thread) { return left + lane_width * thread; }

    std::string head(int height) const {
        std::ostringstream text;
        text << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << width_ << ' ' << height << "\" width=\""
             << width_ << "\" height=\"" << height
             << "\" role=\"img\" aria-labelledby=\"title description\" font-family=\"ui-monospace, Menlo, Consolas, "
                "DejaVu Sans Mono, monospace\" font-size=\"13\">\n"
             << "  <title id=\"title\">" << as_xml(title_) << "</title>\n  <desc id=\"description\">"
             << as_xml(description()) << "</desc>\n"
             << style_sheet << "  <rect class=\"ground\" width=\"" << width_ << "\" height=\"" << height << "\"/>\n"
             << "  <text class=\"key\" x=\"" << margin << "\" y=\"24\">" << as_xml(title_) << "</text>\n";
        for (std::size_t i = 0; i < history_.threads.size(); ++i)
            text << "  <text class=\"name " << colour(static_cast<int>(i)) << "\" x=\"" << x_of(static_cast<int>(i))
                 << "\" y=\"52\">" << as_xml(history_.threads[i]) << "</text>\n";
        return text.str();
    }

    // The picture, read aloud.
    std::string description() const {
        std::string text;
        for (const Row& row : history_.rows) {
            if (row.thread < 0 || row.weight == Weight::none) continue;
            text += history_.threads[static_cast<std::size_t>(row.thread)] + " " + row.what +
                    (row.line > 0 ? " (line " + std::to_string(row.line) + ")" : "") + ". ";
        }
        return printable(text + history_.verdict + (history_.decision.empty() ? "" : ". " + history_.decision));
    }

    void add(const Row& row, const std::vector<Lane>& before, int y) {
        if (row.decides)
            body_ << "  <rect class=\"decides\" x=\"0\" y=\"" << y - row_height / 2 << "\" width=\"" << width_
                  << "\" height=\"" << row_height << "\"/>\n";
        for (std::size_t i = 0; i < row.lanes.size(); ++i) {
            const int x = x_of(static_cast<int>(i));
            if (before[i].is_there) lane(before[i], static_cast<int>(i), x, y - row_height / 2, y);
            if (row.lanes[i].is_there) lane(row.lanes[i], static_cast<int>(i), x, y, y + row_height / 2);
        }
        const bool tells = row.weight != Weight::none || row.steps == 1;
        if (row.thread >= 0) {
            for (const int other : row.reaches) arrow(row.thread, other, y);
            const int x = x_of(row.thread);
            const std::string own = colour(row.thread);
            if (row.decides)
                body_ << "  <path class=\"" << own << "\" d=\"M" << x - 9 << ' ' << y << "l9 -9l9 9l-9 9z\"/>\n";
            else if (row.steps == 0 && !row.held_up)
                body_ << "  <path class=\"arrow " << own << "\" d=\"M" << x - 4 << ' ' << y - 4
                      << "l8 8m0 -8l-8 8\"/>\n";
            else if (tells)
                body_ << "  <circle class=\"" << own << (row.held_up ? " hollow" : "") << "\" cx=\"" << x << "\" cy=\""
                      << y << "\" r=\"5\"/>\n";
        }
        const int base = y + 4;
        write(words_, base,
              row.decides ? "alarm"
              : tells     ? ""
                          : "faint",
              (tells || row.steps < 2 ? "" : "… ") + row.what);
        if (row.line > 0) write(number_, base, "faint number", std::to_string(row.line));
        if (!row.code.empty()) write(code_, base, tells ? "" : "faint", Style{{}, true}.cut(row.code, most_code));
    }

    void lane(const Lane& lane, int thread, int x, int from, int to) {
        body_ << "  <line class=\"" << colour(thread)
              << (lane.holds   ? " holds"
                  : lane.waits ? " waits"
                               : "")
              << "\" x1=\"" << x << "\" y1=\"" << from << "\" x2=\"" << x << "\" y2=\"" << to << "\"/>\n";
    }

    void arrow(int from, int to, int y) {
        const int way = to > from ? 1 : -1, tip = x_of(to) - 6 * way;
        body_ << "  <path class=\"arrow " << colour(from) << "\" d=\"M" << x_of(from) << ' ' << y << "H"
              << tip - 8 * way << "m0 -5l" << 8 * way << " 5l" << -8 * way << " 5z\"/>\n";
    }

    void write(int x, int y, const std::string& kind, const std::string& text) {
        body_ << "  <text" << (kind.empty() ? "" : " class=\"" + kind + "\"") << " x=\"" << x << "\" y=\"" << y << "\">"
              << as_xml(printable(text)) << "</text>\n";
    }

    const History& history_;
    const std::string title_;
    int words_ = 0, number_ = 0, code_ = 0, width_ = 0;
    std::ostringstream body_;
};

}  // namespace

std::string svg_picture(const History& history, const std::string& title) {
    return Svg(history, title).text();
}

}  // namespace explore
