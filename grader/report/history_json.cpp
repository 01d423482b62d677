#include "grader/report/history_json.hpp"

#include <string>

namespace {

using explore::History;
using explore::Lane;
using explore::Row;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t most_rows = 100;

// A digit for each thread, since there are many of them: 1 it is there, 2 it waits, 4 it holds a lock.
std::string lanes_text(const std::vector<Lane>& lanes) {
    std::string text;
    for (const Lane& lane : lanes)
        text += static_cast<char>('0' + (lane.is_there ? 1 : 0) + (lane.waits ? 2 : 0) + (lane.holds ? 4 : 0));
    return text;
}

std::vector<Lane> lanes_from(const std::string& text) {
    std::vector<Lane> lanes;
    for (const char c : text) lanes.push_back({(c & 1) != 0, (c & 2) != 0, (c & 4) != 0});
    return lanes;
}

ordered_json row_json(const Row& row) {
    return {{"thread", row.thread},
            {"what", row.what},
            {"line", row.line},
            {"code", row.code},
            {"steps", row.steps},
            {"held_up", row.held_up},
            {"reaches", row.reaches},
            {"first", row.first},
            {"weight", static_cast<int>(row.weight)},
            {"decides", row.decides},
            {"lanes", lanes_text(row.lanes)}};
}

Row row_from(const json& json) {
    Row row;
    row.thread = json.at("thread");
    row.what = json.at("what");
    row.line = json.at("line");
    row.code = json.at("code");
    row.steps = json.at("steps");
    row.held_up = json.at("held_up");
    row.weight = static_cast<explore::Weight>(json.at("weight").get<int>());
    row.reaches = json.at("reaches").get<std::vector<int>>();
    row.first = json.at("first");
    row.decides = json.at("decides");
    row.lanes = lanes_from(json.at("lanes"));
    return row;
}

}  // namespace

ordered_json history_json(const History& whole) {
    const History history = explore::shortened(whole, most_rows);
    ordered_json rows = ordered_json::array();
    for (const Row& row : history.rows) rows.push_back(row_json(row));
    return {{"threads", history.threads},
            {"verdict", history.verdict},
            {"decision", history.decision},
            {"schedule", history.schedule},
            {"rows", std::move(rows)}};
}

History history_from(const json& json) {
    History history;
    history.threads = json.at("threads").get<explore::Names>();
    history.verdict = json.at("verdict");
    history.decision = json.at("decision");
    history.schedule = json.at("schedule");
    for (const auto& row : json.at("rows")) history.rows.push_back(row_from(row));
    return history;
}
