#include "ch08_offloading/modes.hpp"

#include <map>
#include <utility>

#include "support/processing_json.hpp"

namespace {

constexpr double odd_edges = 7.0625, odd_brightness = 301.25;

}  // namespace

std::string other(const std::string& function) {
    return function == "process1" ? "process2" : "process1";
}

Words sent_in(const std::string& mode) {
    if (mode == "none") return {};
    if (mode == "both") return {"process1", "process2"};
    return {mode};
}

std::string odd_reply(const std::string& function) {
    return reply_of(function == "process1" ? odd_edges : odd_brightness);
}

Line odd_line(const Offloader& client, const std::string& mode, const Words& by_server) {
    Line line = client.right(mode);
    for (const std::string& function : by_server)
        (function == "process1" ? line.edges : line.brightness) = function == "process1" ? odd_edges : odd_brightness;
    return line;
}

std::string in_each(const Words& modes, const std::function<std::string(const std::string& mode)>& look) {
    for (const std::string& mode : modes)
        if (const std::string problem = look(mode); !problem.empty()) return "mode " + mode + ": " + problem;
    return "";
}

using namespace std::chrono_literals;

std::vector<Cost> local_costs(Offloader& client, Nanoseconds between_looks) {
    constexpr int most_looks = 500;
    std::vector<Cost> costs;
    std::map<pid_t, Nanoseconds> clocks;  // of those at work
    std::map<std::string, std::size_t> done;
    client.settle();
    for (int looks = 0; looks < most_looks && !client.looks().empty(); ++looks) {
        const Held look = client.looks().front();
        const auto [own, first] = clocks.try_emplace(look.thread, 0s);
        if (!first) own->second += own->second == 0s ? Nanoseconds(1s) : between_looks;
        const Nanoseconds time = own->second;
        client.program.stage().show(look, time);
        client.settle();
        for (const std::string function : {"process1", "process2"}) {
            if (client.done_here(function) == std::exchange(done[function], client.done_here(function))) continue;
            costs.push_back({function, time});
            clocks.erase(look.thread);  // its next look is the beginning of other work
        }
    }
    return costs;
}
