// A web server that answers as it is asked to, after https://httpstat.us:
//
//   /404              that status, its reason phrase, and the body "404 Not Found"
//   /200?sleep=1500   the same, 1.5 s later
//   /item/7?size=4096&sleep=20   4,096 bytes that depend on 7 alone, 20 ms later
//
// One thread serves everybody: a thousand slow requests at once are a thousand timers, not a thousand
// threads.

#include <event2/http.h>
#include <event2/keyvalq_struct.h>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "support/http_service.hpp"
#include "support/item.hpp"
#include "support/options.hpp"
#include "support/reason_phrase.hpp"

namespace {

constexpr std::uint64_t longest_sleep = 60'000;  // ms
constexpr std::uint64_t largest_item = 16 << 20;

Reply plain(int status) {
    Reply reply;
    reply.status = status;
    reply.body = std::to_string(status) + " " + std::string(reason_phrase(status));
    return reply;
}

Reply bad_request(const std::string& why) {
    Reply reply = plain(400);
    reply.body += ": " + why;
    return reply;
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// `name` of the query, `standard` where it is not there, nothing where it is no number up to `most`.
std::optional<std::uint64_t> parameter(const evkeyvalq& query, const char* name, std::uint64_t standard,
                                       std::uint64_t most) {
    const char* text = evhttp_find_header(&query, name);
    if (!text) return standard;
    const std::optional<std::uint64_t> value = number(text);
    return value && *value <= most ? value : std::nullopt;
}

Reply reply_to(std::string_view path, const evkeyvalq& query) {
    const std::optional<std::uint64_t> sleep = parameter(query, "sleep", 0, longest_sleep);
    if (!sleep) return bad_request("sleep is a number of milliseconds from 0 to 60000");
    if (path.substr(0, 6) == "/item/") {
        const std::optional<std::uint64_t> item = number(path.substr(6));
        const std::optional<std::uint64_t> size = parameter(query, "size", 1024, largest_item);
        if (!item) return plain(404);
        if (!size) return bad_request("size is a number of bytes from 0 to 16777216");
        Reply reply;
        reply.body = item_data(*item, *size);
        reply.delay = std::chrono::milliseconds(*sleep);
        return reply;
    }
    const std::optional<std::uint64_t> status = path.size() == 4 ? number(path.substr(1)) : std::nullopt;
    if (!status || *status < 200 || *status > 599) return plain(404);
    Reply reply = plain(static_cast<int>(*status));
    reply.delay = std::chrono::milliseconds(*sleep);
    return reply;
}

Reply reply_to(const Request& request) {
    if (request.method != "GET" && request.method != "HEAD") return plain(404);
    evkeyvalq query{};
    const bool is_query = evhttp_parse_query_str(request.query.c_str(), &query) == 0;
    const Reply reply =
        is_query ? reply_to(request.path, query) : bad_request("the query is not name=value&name=value");
    evhttp_clear_headers(&query);
    return reply;
}

}  // namespace

int main(int argc, char** argv) {
    ServiceOptions service;
    service.port = 8020;
    Options flags("answers each request with the status that its path asks for");
    service.add_flags(flags);
    flags.example("--port 0");
    flags.parse(argc, argv);
    return run_service(service, [](const Request& request, const Answer& answer) { answer(reply_to(request)); });
}
