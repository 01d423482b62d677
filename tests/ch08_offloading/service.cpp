#include "ch08_offloading/service.hpp"

#include <map>
#include <stdexcept>

#include "ch08_offloading/computing.hpp"
#include "support/processing.hpp"
#include "support/processing_json.hpp"

namespace {

constexpr double middle = 0.4;        // of the cost: requests were read by then, and answers are not yet made
constexpr double least_cost = 0.002;  // s: for less nothing was computed, on whatever machine

int port_in(const Words& lines) {
    const std::string beginning = "listening on http://127.0.0.1:";
    return lines.empty() || lines[0].rfind(beginning, 0) != 0 ? 0 : std::atoi(lines[0].c_str() + beginning.size());
}

Words arguments(const Words& flags) {
    Words words = {"--port", "0"};
    words.insert(words.end(), flags.begin(), flags.end());
    return words;
}

Setting called_by(Setting setting, Client& client) {
    setting.client = &client;
    return setting;
}

}  // namespace

Service::Service(const Words& flags, const Setting& setting, Flavour flavour, int most_calls)
    : WithClient{Client(most_calls)}, Bench(arguments(flags), called_by(setting, client), flavour) {
    settle();
    port_ = port_in(program.lines());
}

Rest Service::settle_once() {
    return settle_computing(program, [this] { return port_in(program.lines()) == 0 || client.awaits_replies(); });
}

std::vector<Held> Service::bystanders() const {
    std::vector<Held> found = plain_sleepers(program);
    for (const Held& end : program.stage().held(Held::Kind::thread_end))
        if (threads_may_end && end.thread != program.process()) found.push_back(end);
    return found;
}

std::vector<std::size_t> Service::progress() const {
    return progress_of(program);
}

int Service::post(const std::string& path, const std::string& body, const std::string& header) {
    return send("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + header +
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

int Service::send(const std::string& bytes) {
    return client.call(port_, bytes);
}

std::string Service::wrong_answer(int call, const std::string& path, const Picture& picture) const {
    const std::optional<HttpReply> reply = client.reply(call);
    if (!reply)
        return "a request to " + path +
               (client.is_over(call) ? " gets no answer: the server closed its connection" : " gets no answer");
    if (reply->status != 200)
        return "a request to " + path + " is answered with " + std::to_string(reply->status) + " " +
               reply->body.substr(0, 100);
    const double right = path == "/process1" ? process1(picture) : process2(picture);
    try {
        const double result = result_in(reply->body);
        return result == right ? ""
                               : "the result of " + path + " is " + std::to_string(result) + "; it should be " +
                                     std::to_string(right);
    } catch (const BadMessage& bad) {
        return "the answer to " + path + " is " + in_quotes(reply->body.substr(0, 100)) + ": " + bad.what();
    }
}

int Service::ask(const std::string& path, const Picture& picture) {
    return post(path, request_of(picture));
}

// The processor time that the program needs for this request. 0 where it does not answer.
double Service::cost_of(const Picture& picture) {
    double& known = costs_[{picture.width, picture.height}];
    if (known > 0) return known;
    const double before = processor_seconds_of(program.process());
    const int call = ask("/process1", picture);
    settle();
    return client.reply(call) ? known = processor_seconds_of(program.process()) - before : 0;
}

std::string Service::stop_at_work(int& call) {
    const std::vector<Size> sizes = {{96, 96},   {144, 144}, {200, 200}, {256, 256},
                                     {256, 256}, {256, 256}, {256, 256}, {256, 256}};
    const std::size_t frozen_before = freezer.frozen().size();
    for (const Size& size : sizes) {
        at_work_on = some_picture(size, 1);
        const double cost = cost_of(at_work_on);
        if (cost < least_cost) return "a request to /process1 gets no answer, or one that took no work: " + situation();
        const double before = processor_seconds_of(program.process());
        freezer.mark();
        call = ask("/process1", at_work_on);
        run_until_used(program, before + middle * cost);
        if (client.is_over(call)) continue;  // it was quicker than we looked
        const bool stopped = freezer.freeze_busiest();
        settle();
        if (stopped && !client.reply(call) && !client.is_over(call)) return "";
        freezer.thaw(frozen_before);
        const Rest rest = settle();
        if (!client.reply(call))
            return "a request to /process1 gets no answer: " +
                   (rest == Rest::standstill ? situation() : wrong_end(rest));
    }
    throw std::runtime_error("the server was never caught at work: it is too fast for this machine's grader");
}
