#include "support/http_service.hpp"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

#include "support/bad_chunks.hpp"
#include "support/descriptor.hpp"
#include "support/descriptor_limit.hpp"
#include "support/libevent.hpp"
#include "support/listener.hpp"
#include "support/print.hpp"
#include "support/reason_phrase.hpp"

namespace {

using Clock = std::chrono::steady_clock;

// Where any thread leaves a reply, and the loop's thread collects it. A byte in a pipe wakes the loop.
// Shared with every Answer, so it is there for those that come when the service has ended.
class Mailbox {
  public:
    Mailbox() {
        int ends[2] = {-1, -1};
        if (pipe(ends) != 0) throw std::runtime_error(std::string("no pipe: ") + std::strerror(errno));
        reader_ = Descriptor(ends[0]);
        writer_ = Descriptor(ends[1]);
        for (const int end : ends) {
            fcntl(end, F_SETFL, O_NONBLOCK);  // a pipe that is full wakes the loop anyway
            fcntl(end, F_SETFD, FD_CLOEXEC);
        }
    }
    int reader() const { return reader_.number(); }

    void leave(std::uint64_t request, Reply reply) {
        const std::scoped_lock lock(mutex_);
        replies_.emplace_back(request, std::move(reply));
        [[maybe_unused]] const ssize_t written = write(writer_.number(), "!", 1);
    }
    std::vector<std::pair<std::uint64_t, Reply>> collect() {
        const std::scoped_lock lock(mutex_);
        char bytes[256];
        while (read(reader_.number(), bytes, sizeof bytes) > 0) {
        }
        return std::exchange(replies_, {});
    }

  private:
    std::mutex mutex_;
    std::vector<std::pair<std::uint64_t, Reply>> replies_;  // guarded by mutex_
    Descriptor reader_, writer_;
};

std::string text_of(const char* text) {
    return text ? text : "";
}

std::string method_of(evhttp_request* request) {
    switch (evhttp_request_get_command(request)) {
        case EVHTTP_REQ_GET: return "GET";
        case EVHTTP_REQ_POST: return "POST";
        case EVHTTP_REQ_HEAD: return "HEAD";
        case EVHTTP_REQ_PUT: return "PUT";
        case EVHTTP_REQ_DELETE: return "DELETE";
        case EVHTTP_REQ_OPTIONS: return "OPTIONS";
        default: return "another";
    }
}

Request read_request(evhttp_request* from) {
    const evhttp_uri* uri = evhttp_request_get_evhttp_uri(from);
    Request request;
    request.method = method_of(from);
    request.path = text_of(evhttp_uri_get_path(uri));
    request.query = text_of(evhttp_uri_get_query(uri));
    const evkeyvalq* const headers = evhttp_request_get_input_headers(from);
    request.authorization = text_of(evhttp_find_header(headers, "Authorization"));
    request.host = text_of(evhttp_find_header(headers, "Host"));
    evbuffer* const body = evhttp_request_get_input_buffer(from);
    request.body.resize(evbuffer_get_length(body));
    evbuffer_remove(body, request.body.data(), request.body.size());
    return request;
}

void send_reply(evhttp_request* request, const Reply& reply) {
    evhttp_connection* const connection = evhttp_request_get_connection(request);
    if (reply.hang_up && connection) return evhttp_connection_free(connection);
    evkeyvalq* headers = evhttp_request_get_output_headers(request);
    evhttp_add_header(headers, "Content-Type", reply.type.c_str());
    for (const auto& [name, value] : reply.headers) evhttp_add_header(headers, name.c_str(), value.c_str());
    const Buffer body(evbuffer_new());
    const bool bodiless = reply.status == 204 || reply.status == 304 ||  // RFC 9110, 6.4.1
                          evhttp_request_get_command(request) == EVHTTP_REQ_HEAD;
    if (!bodiless) evbuffer_add(body.get(), reply.body.data(), reply.body.size());
    evhttp_send_reply(request, reply.status, std::string(reason_phrase(reply.status)).c_str(), body.get());
}

Reply too_large(std::size_t most) {
    Reply reply;
    reply.status = 413;
    reply.body = "413 Content Too Large: at most " + std::to_string(most) + " bytes";
    return reply;
}

// All of it belongs to the thread that runs the loop, the mailbox excepted.
class Loop {
  public:
    Loop(const ServiceOptions& options, const OnRequest& on_request, int listener)
        : link_(options.link),
          largest_body_(options.largest_body),
          on_request_(on_request),
          base_(event_base_new()),
          server_(evhttp_new(base_.get())) {
        evhttp_set_allowed_methods(server_.get(), 0xffff);  // all are answered, most with a refusal
        evhttp_set_max_headers_size(server_.get(), 64 << 10);
        // Beyond this libevent refuses and hangs up at once, and a client that is still sending may miss why.
        // So whoever sends a little too much is let finish, and refused then.
        evhttp_set_max_body_size(server_.get(), static_cast<ev_ssize_t>(4 * options.largest_body));
        evhttp_set_gencb(server_.get(), come, this);
        evhttp_set_bevcb(server_.get(), BadChunks::connection, &bad_chunks_);
        evhttp_accept_socket(server_.get(), listener);  // closes it in the end
        mail_.reset(event_new(base_.get(), mailbox_->reader(), EV_READ | EV_PERSIST, collect, this));
        interrupt_.reset(evsignal_new(base_.get(), SIGINT, stop, base_.get()));
        terminate_.reset(evsignal_new(base_.get(), SIGTERM, stop, base_.get()));
        for (const Event* event : {&mail_, &interrupt_, &terminate_}) event_add(event->get(), nullptr);
    }
    // Requests without an answer go with their connections; those whose client has hung up have none.
    ~Loop() {
        for (const auto& [number, open] : open_)
            if (!evhttp_request_get_connection(open.request)) evhttp_request_free(open.request);
    }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    void run() { event_base_dispatch(base_.get()); }

  private:
    struct Open {
        Loop* loop;
        std::uint64_t number;
        evhttp_request* request;
        Event timer;
        Reply reply;
    };

    static void stop(evutil_socket_t, short, void* base) { event_base_loopbreak(static_cast<event_base*>(base)); }

    // When it has come here, it has yet to come through the link.
    static void come(evhttp_request* request, void* self) {
        Loop& loop = *static_cast<Loop*>(self);
        const std::size_t size = evbuffer_get_length(evhttp_request_get_input_buffer(request));
        if (size > loop.largest_body_) return send_reply(request, too_large(loop.largest_body_));
        Open& open = loop.open_[loop.next_];
        open.loop = &loop;
        open.number = loop.next_++;
        open.request = request;
        loop.wait(open, loop.transit(size), arrive);
    }
    static void arrive(evutil_socket_t, short, void* one) {
        const Open& open = *static_cast<Open*>(one);
        const Answer answer = [mailbox = open.loop->mailbox_, number = open.number](Reply reply) {
            mailbox->leave(number, std::move(reply));
        };
        try {
            open.loop->on_request_(read_request(open.request), answer);
        } catch (const std::exception& failure) {  // libevent's C code is no place for it
            print_error("a request failed: ", failure.what());
            answer({500, "500 Internal Server Error"});
        }
    }
    static void collect(evutil_socket_t, short, void* self) {
        Loop& loop = *static_cast<Loop*>(self);
        for (auto& [number, reply] : loop.mailbox_->collect()) {
            const auto found = loop.open_.find(number);
            if (found == loop.open_.end()) continue;  // answered twice
            Open& open = found->second;
            open.reply = std::move(reply);
            loop.wait(open, open.reply.delay + loop.transit(open.reply.body.size()), leave);
        }
    }
    // From here on the request is libevent's, which frees it, also where the client has hung up.
    static void leave(evutil_socket_t, short, void* one) {
        Open& open = *static_cast<Open*>(one);
        Loop& loop = *open.loop;
        send_reply(open.request, open.reply);
        loop.open_.erase(open.number);
    }

    // How long it is from now until so many bytes have passed the link. They queue behind all others.
    Duration transit(std::size_t bytes) {
        if (link_.rate == 0) return link_.delay;
        const Clock::time_point now = Clock::now();
        const double seconds = static_cast<double>(bytes) / static_cast<double>(link_.rate);
        free_at_ =
            std::max(free_at_, now) + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
        return free_at_ - now + link_.delay;
    }
    void wait(Open& open, Duration time, event_callback_fn next) {
        if (time <= Duration::zero()) return next(-1, 0, &open);
        const timeval delay = timeval_of(time);
        open.timer.reset(evtimer_new(base_.get(), next, &open));
        evtimer_add(open.timer.get(), &delay);
    }

    const Link link_;
    const std::size_t largest_body_;
    Clock::time_point free_at_;
    const OnRequest& on_request_;
    std::shared_ptr<Mailbox> mailbox_ = std::make_shared<Mailbox>();
    EventBase base_;  // outlives what is in it: the members below
    BadChunks bad_chunks_;
    std::unique_ptr<evhttp, EventCloser> server_;
    Event mail_, interrupt_, terminate_;
    std::map<std::uint64_t, Open> open_;  // no answer has left yet
    std::uint64_t next_ = 1;
};

}  // namespace

int run_service(const ServiceOptions& options, const OnRequest& on_request) {
    Listener listener;
    try {
        listener = listen_at(options);
    } catch (const std::runtime_error& why) {
        print_error(why.what());
        return 1;
    }
    allow_many_descriptors();
    std::signal(SIGPIPE, SIG_IGN);  // a client may hang up at any time
    Loop loop(options, on_request, listener.socket.release());
    print_line("listening on http://", listener.address);
    loop.run();
    return 0;
}
