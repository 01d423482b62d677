// A web server that answers as it is asked to, after https://httpstat.us:
//
//   /404              that status, its reason phrase, and the body "404 Not Found"
//   /200?sleep=1500   the same, 1.5 s later
//   /item/7?size=4096&sleep=20   4,096 bytes that depend on 7 alone, 20 ms later
//
// One thread serves everybody: it sleeps until a connection or a timer has something for it
// (libevent). A thousand slow requests at once are a thousand timers, not a thousand threads.

#include <arpa/inet.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "support/descriptor_limit.hpp"
#include "support/item.hpp"
#include "support/options.hpp"
#include "support/print.hpp"
#include "support/reason_phrase.hpp"

namespace {

constexpr std::uint64_t longest_sleep = 60'000;  // ms
constexpr std::uint64_t largest_item = 16 << 20;

struct Closer {
    void operator()(event_base* base) const { event_base_free(base); }
    void operator()(evhttp* server) const { evhttp_free(server); }
    void operator()(event* event) const { event_free(event); }
    void operator()(evbuffer* buffer) const { evbuffer_free(buffer); }
};

struct Reply {
    int status = 200;
    std::string body;
    std::uint64_t sleep = 0;  // ms before it is sent
};

Reply plain(int status) {
    return {status, std::to_string(status) + " " + std::string(reason_phrase(status))};
}

Reply bad_request(const std::string& why) {
    return {400, "400 Bad Request: " + why};
}

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// `name` of the query, `standard` where it is not there, nothing where it is no number up to `most`.
std::optional<std::uint64_t> parameter(const evkeyvalq& query, const char* name,
                                       std::uint64_t standard, std::uint64_t most) {
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
        return {200, item_data(*item, *size), *sleep};
    }
    const std::optional<std::uint64_t> status = path.size() == 4 ? number(path.substr(1)) : std::nullopt;
    if (!status || *status < 200 || *status > 599) return plain(404);
    Reply reply = plain(static_cast<int>(*status));
    reply.sleep = *sleep;
    return reply;
}

struct Pending {
    evhttp_request* request;
    Reply reply;
};

void send_reply(evhttp_request* request, const Reply& reply) {
    evkeyvalq* headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "Content-Type", "text/plain; charset=utf-8");
    const std::unique_ptr<evbuffer, Closer> body(evbuffer_new());
    const bool bodiless = reply.status == 204 || reply.status == 304 ||  // RFC 9110, 6.4.1
                          evhttp_request_get_command(request) == EVHTTP_REQ_HEAD;
    if (!bodiless) evbuffer_add(body.get(), reply.body.data(), reply.body.size());
    evhttp_send_reply(request, reply.status, std::string(reason_phrase(reply.status)).c_str(), body.get());
}

// Owns the request by now: a client that has hung up leaves it without a connection.
void on_timer(int, short, void* argument) {
    const std::unique_ptr<Pending> pending(static_cast<Pending*>(argument));
    send_reply(pending->request, pending->reply);
}

void on_request(evhttp_request* request, void* argument) {
    event_base* base = static_cast<event_base*>(argument);
    const evhttp_uri* uri = evhttp_request_get_evhttp_uri(request);
    const char* path = evhttp_uri_get_path(uri);
    const char* words = evhttp_uri_get_query(uri);
    const evhttp_cmd_type method = evhttp_request_get_command(request);

    Reply reply = plain(404);
    if (method == EVHTTP_REQ_GET || method == EVHTTP_REQ_HEAD) {
        evkeyvalq query{};
        if (evhttp_parse_query_str(words ? words : "", &query) == 0) reply = reply_to(path ? path : "", query);
        else reply = bad_request("the query is not name=value&name=value");
        evhttp_clear_headers(&query);
    }
    if (reply.sleep == 0) return send_reply(request, reply);
    const timeval delay{static_cast<time_t>(reply.sleep / 1000),
                        static_cast<suseconds_t>(reply.sleep % 1000 * 1000)};
    event_base_once(base, -1, EV_TIMEOUT, on_timer, new Pending{request, std::move(reply)}, &delay);
}

void on_signal(evutil_socket_t, short, void* base) {
    event_base_loopbreak(static_cast<event_base*>(base));
}

// Bound and listening, with a queue for a thousand at once. The port that it got stands in `port`.
int listening_socket(const std::string& address, int& port) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(static_cast<std::uint16_t>(port));
    if (inet_pton(AF_INET, address.c_str(), &name.sin_addr) != 1) {
        errno = EINVAL;
        return -1;
    }
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    socklen_t size = sizeof name;
    if (bind(listener, reinterpret_cast<sockaddr*>(&name), size) != 0 || listen(listener, 4096) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&name), &size) != 0) {
        close(listener);
        return -1;
    }
    port = ntohs(name.sin_port);
    return listener;
}

}  // namespace

int main(int argc, char** argv) {
    int port = 8020;
    std::string address = "127.0.0.1";
    Options flags("answers each request with the status that its path asks for");
    flags.count("--port", port, {0, 65'535}, "where to listen; 0 is any free port");
    flags.text("--bind", address, "the address to listen at; 0.0.0.0 is all of this machine's");
    flags.example("--port 0");
    flags.parse(argc, argv);

    const std::string wanted = address + ":" + std::to_string(port);
    const int listener = listening_socket(address, port);
    if (listener < 0) {
        print_error("cannot listen on ", wanted, ": ", std::strerror(errno));
        return 1;
    }
    allow_many_descriptors();
    std::signal(SIGPIPE, SIG_IGN);  // a client may hang up at any time

    const std::unique_ptr<event_base, Closer> base(event_base_new());
    const std::unique_ptr<evhttp, Closer> server(evhttp_new(base.get()));
    evhttp_set_allowed_methods(server.get(), 0xffff);  // all are answered, most with 404
    evhttp_set_max_headers_size(server.get(), 64 << 10);
    evhttp_set_max_body_size(server.get(), 64 << 10);
    evhttp_set_gencb(server.get(), on_request, base.get());
    evhttp_accept_socket(server.get(), listener);  // closes it in the end

    const std::unique_ptr<event, Closer> interrupt(evsignal_new(base.get(), SIGINT, on_signal, base.get()));
    const std::unique_ptr<event, Closer> terminate(evsignal_new(base.get(), SIGTERM, on_signal, base.get()));
    evsignal_add(interrupt.get(), nullptr);
    evsignal_add(terminate.get(), nullptr);

    print_line("listening on http://", address, ":", port);
    event_base_dispatch(base.get());
}
