#include "support/bad_chunks.hpp"

#include <event2/buffer.h>
#include <event2/bufferevent.h>

#include <algorithm>
#include <utility>

namespace {

constexpr std::size_t longest = 64;  // of a line that is looked at

std::string beginning_of(evbuffer* buffer, std::size_t most) {
    std::string text(std::min(most, evbuffer_get_length(buffer)), '\0');
    evbuffer_copyout(buffer, text.data(), text.size());
    return text;
}

// An empty line ends the head, and its Content-Length was too much.
bool may_be_too_large(const std::string& line) {
    return line.find_first_not_of("0123456789abcdefABCDEF ") == std::string::npos;
}

}  // namespace

struct BadChunks::Callbacks {
    // libevent takes a line in two steps: its characters, then its end.
    static void read(evbuffer* input, const evbuffer_cb_info* change, void* self) {
        BadChunks& chunks = *static_cast<BadChunks*>(self);
        if (change->n_deleted > 0) {
            if (!chunks.next_line_.empty()) chunks.line_ = chunks.next_line_;
            else chunks.last_line_ = std::exchange(chunks.line_, "");
        }
        const std::string text = beginning_of(input, longest);
        chunks.next_line_ = text.substr(0, text.find_first_of("\r\n"));
    }

    static void written(evbuffer* output, const evbuffer_cb_info* change, void* self) {
        if (change->n_added == 0) return;
        const std::string answer = beginning_of(output, 1024);
        const bool refused =
            answer.rfind("HTTP/1.1 413 Request Entity Too Large", 0) == 0;  // libevent's words, not ours
        const bool whole = answer.find("</HTML>") != std::string::npos;
        if (!refused || !whole || may_be_too_large(static_cast<BadChunks*>(self)->last_line_)) return;
        evbuffer_drain(output, evbuffer_get_length(output));
        const std::string body = "400 Bad Request: a chunk begins with its size, in hexadecimal digits\n";
        evbuffer_add_printf(output,
                            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
                            "Content-Length: %zu\r\n\r\n%s",
                            body.size(), body.c_str());
    }
};

bufferevent* BadChunks::connection(event_base* base, void* bad_chunks) {
    bufferevent* const made = bufferevent_socket_new(base, -1, 0);
    if (!made) return nullptr;
    evbuffer_add_cb(bufferevent_get_input(made), Callbacks::read, bad_chunks);
    evbuffer_add_cb(bufferevent_get_output(made), Callbacks::written, bad_chunks);
    return made;
}
