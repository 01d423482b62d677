#include "ch08_offloading/offloader.hpp"

#include <algorithm>
#include <sstream>

#include "support/processing.hpp"
#include "support/processing_json.hpp"

namespace {

bool begins_with(const std::string& text, const std::string& beginning) {
    return text.rfind(beginning, 0) == 0;
}

Words lines_in(const std::string& text) {
    Words lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

const std::string header_line = "mode,samples,mean_s,stdev_s";

std::optional<Row> read_row(const std::string& text) {
    std::istringstream fields(text);
    Row row;
    char comma[2] = {}, rest;
    if (!std::getline(fields, row.mode, ',') ||
        !(fields >> row.samples >> comma[0] >> row.mean >> comma[1] >> row.deviation) || comma[0] != ',' ||
        comma[1] != ',' || fields >> rest)
        return std::nullopt;
    return row;
}

std::optional<Line> read_line(const std::string& text) {
    const std::size_t edges = text.find(": edges "), brightness = text.find(", brightness ");
    if (!begins_with(text, "mode ") || edges == std::string::npos || brightness == std::string::npos)
        return std::nullopt;
    Line line{text.substr(5, edges - 5), 0, 0};
    char rest;
    std::istringstream first(text.substr(edges + 8, brightness - edges - 8)), second(text.substr(brightness + 13));
    if (!(first >> line.edges) || first >> rest || !(second >> line.brightness) || second >> rest) return std::nullopt;
    return line;
}

}  // namespace

std::string printed(const Line& line) {
    std::ostringstream text;
    text.precision(10);
    text << "\"mode " << line.mode << ": edges " << line.edges << ", brightness " << line.brightness << "\"";
    return text.str();
}

std::string right_reply(const HttpRequest& request) {
    const Picture sent = picture_in(request.body);
    return reply_of(request.path == "/process1" ? process1(sent) : process2(sent));
}

namespace {

Words arguments(const OffloadPlan& plan, const World& world, const PictureFile& picture) {
    Words words = {"--server",   plan.away ? "http://127.0.0.1:1" : world.url(""),
                   "--mode",     plan.mode,
                   "--samples",  std::to_string(plan.samples),
                   "--slowdown", plan.slowdown,
                   "--image",    place_of(picture.shared())};
    words.insert(words.end(), plan.more.begin(), plan.more.end());
    return plan.equals ? with_equals(words) : words;
}

Setting sharing(Setting setting, const PictureFile& picture) {
    setting.shared.push_back(picture.shared());
    return setting;
}

}  // namespace

Offloader::Offloader(const OffloadPlan& plan, const Setting& setting, Flavour flavour)
    : WithPictureFile{PictureFile(plan.size)},
      Asking([&](const World& world) { return arguments(plan, world, picture); }, sharing(setting, picture), flavour) {
    const Picture whole = read_picture(picture.shared().outside.string());
    edges_ = process1(small_grey(whole));
    brightness_ = process2(whole);
}

std::optional<HttpRequest> Offloader::asked_for(const std::string& function) const {
    return in_flight("/" + function);
}

Rest Offloader::answer(const HttpRequest& request, const std::string& body) {
    world.answer(request, 200, body);
    return settle();
}

Rest Offloader::serve_all() {
    world.serve([](World& server, const HttpRequest& request) { server.answer(request, 200, right_reply(request)); });
    return settle();
}

std::size_t Offloader::done_here(const std::string& function) const {
    const Words said = lines_in(program.errors());
    return static_cast<std::size_t>(std::count(said.begin(), said.end(), "local " + function + " done"));
}

Words Offloader::complaints() const {
    Words said = lines_in(program.errors());
    std::erase_if(said, [](const std::string& line) {
        return line.empty() || begins_with(line, "local process") || begins_with(line, "sample ");
    });
    return said;
}

std::vector<Line> Offloader::results() const {
    std::vector<Line> found;
    for (const std::string& text : program.lines())
        if (const std::optional<Line> line = read_line(text)) found.push_back(*line);
    return found;
}

std::optional<std::vector<Row>> Offloader::table() const {
    const Words lines = program.lines();
    const auto header = std::find(lines.begin(), lines.end(), header_line);
    if (header == lines.end()) return std::nullopt;
    std::vector<Row> rows;
    for (auto line = header + 1; line != lines.end(); ++line) {
        const std::optional<Row> row = read_row(*line);
        if (!row) return std::nullopt;
        rows.push_back(*row);
    }
    return rows;
}

std::string Offloader::wrong_finish(Rest rest, const std::vector<Line>& expected) {
    const std::string end = wrong_end(rest);
    return end.empty() ? wrong_results(expected) : end;
}

std::string Offloader::wrong_results(const std::vector<Line>& expected) const {
    const std::vector<Line> found = results();
    for (const Line& line : expected) {
        const auto same_mode =
            std::find_if(found.begin(), found.end(), [&](const Line& other) { return other.mode == line.mode; });
        if (same_mode == found.end()) return "stdout has no line \"mode " + line.mode + ": edges E, brightness B\"";
        if (*same_mode != line) return "stdout has " + printed(*same_mode) + ", and should have " + printed(line);
    }
    if (found.size() != expected.size())
        return "stdout has " + counted(found.size(), "line", "lines") + " of results, for " +
               counted(expected.size(), "mode", "modes");
    const std::optional<std::vector<Row>> rows = table();
    if (!rows) return wrong_table();
    if (rows->size() != expected.size())
        return "the table has " + counted(rows->size(), "row", "rows") + ", for " +
               counted(expected.size(), "mode", "modes");
    return "";
}

// Of a table that cannot be read.
std::string Offloader::wrong_table() const {
    const Words lines = program.lines();
    const auto header = std::find(lines.begin(), lines.end(), header_line);
    if (header == lines.end()) return "stdout has no line " + in_quotes(header_line) + " after the results";
    for (auto line = header + 1; line != lines.end(); ++line)
        if (!read_row(*line))
            return "a row of the table is " + in_quotes(*line) + ", without the numbers it should have";
    return "";
}

std::string Offloader::situation() const {
    std::string text;
    const std::vector<HttpRequest> waiting = world.in_flight();
    if (waiting.empty()) text += "the server has nothing to answer";
    for (std::size_t i = 0; i < waiting.size() && i < 4; ++i)
        text += (i > 0 ? " and " : "the server holds its reply to ") + waiting[i].path;
    for (const char* function : {"process1", "process2"})
        if (done_here(function) > 0) text += "; local " + std::string(function) + " is done";
    return text + "; " + program.describe();
}
