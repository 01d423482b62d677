#include "support/processing_service.hpp"

#include <exception>
#include <stop_token>
#include <utility>

#include "support/print.hpp"
#include "support/processing.hpp"
#include "support/processing_json.hpp"

namespace {

Reply json_reply(int status, std::string body) {
    return {status, std::move(body), "application/json"};
}

Reply refusal(int status, const std::string& why) {
    return json_reply(status, error_of(why));
}

// Takes the same time for every token of that length: how long a refusal takes gives nothing away.
bool is_same(const std::string& given, const std::string& wanted) {
    unsigned char difference = given.size() == wanted.size() ? 0 : 1;
    for (std::size_t i = 0; i < given.size() && i < wanted.size(); ++i)
        difference |= static_cast<unsigned char>(given[i] ^ wanted[i]);
    return difference == 0;
}

// Why it is refused before any work. Status 200: it is not refused.
Reply first_look(const Request& request, const std::string& token) {
    if (!token.empty() && !is_same(request.authorization, "Bearer " + token)) {
        Reply reply = refusal(401, "a token is wanted: Authorization: Bearer TOKEN");
        reply.headers = {{"WWW-Authenticate", "Bearer"}};
        return reply;
    }
    if (request.path != "/process1" && request.path != "/process2")
        return refusal(404, "there are /process1 and /process2");
    if (request.method != "POST") {
        Reply reply = refusal(405, "POST a picture");
        reply.headers = {{"Allow", "POST"}};
        return reply;
    }
    return {};
}

double process(const Request& request, const std::stop_token& stop) {
    const Picture picture = picture_in(request.body);
    if (request.path == "/process2") return process2(picture);
    if (picture.channels != 1 || picture.width > small_side || picture.height > small_side)
        throw BadMessage("process1 takes a grey picture (channels 1) of at most 256 x 256");
    return process1(picture, stop);
}

Reply work(const Request& request, const std::stop_token& stop) {
    try {
        return json_reply(200, reply_of(process(request, stop)));
    } catch (const BadMessage& bad) {
        return refusal(400, bad.what());
    } catch (const std::exception& failure) {
        print_error(request.path, ": ", failure.what());
        return refusal(500, "it failed here; the server's log says more");
    }
}

}  // namespace

ProcessingServerOptions parse_processing_server_options(int argc, char** argv) {
    ProcessingServerOptions options;
    options.service.port = 8088;
    options.service.largest_body = 8 << 20;
    Link& link = options.service.link;
    Options flags("processes pictures for others: POST /process1 and /process2");
    options.service.add_flags(flags);
    flags.count("--workers", options.workers, {1, 256}, "threads that process, each one request at a time");
    flags.text("--token", options.token, "serve only clients that send it: Authorization: Bearer TOKEN");
    flags.duration("--link-delay", link.delay, {Duration(0), std::chrono::minutes(1)},
                   "as if the network were slow: how much later each request and reply arrives");
    flags.count("--link-rate", link.rate, {0, 1'000'000'000'000},
                "as if the network were slow: bytes a second, shared by all; 0 is no limit");
    flags.example("--port 0 --workers 2 --link-delay 20ms --link-rate 1M");
    flags.parse(argc, argv);
    return options;
}

int serve(const ProcessingServerOptions& options, const std::function<void(Task)>& submit) {
    std::stop_source end;
    const auto on_request = [&options, &submit, stop = end.get_token()](Request request, const Answer& answer) {
        Reply refused = first_look(request, options.token);
        if (refused.status != 200) return answer(std::move(refused));
        submit([request = std::move(request), answer, stop] {
            if (!stop.stop_requested()) answer(work(request, stop));
        });
    };
    const int exit_code = run_service(options.service, on_request);
    end.request_stop();  // tasks at work find out soon
    return exit_code;
}
