// Owners of what libevent makes.
#pragma once

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>

#include <chrono>
#include <memory>

#include "support/duration.hpp"

struct EventCloser {
    void operator()(event_base* base) const { event_base_free(base); }
    void operator()(evhttp* server) const { evhttp_free(server); }
    void operator()(event* event) const { event_free(event); }
    void operator()(evbuffer* buffer) const { evbuffer_free(buffer); }
};
using EventBase = std::unique_ptr<event_base, EventCloser>;
using Event = std::unique_ptr<event, EventCloser>;
using Buffer = std::unique_ptr<evbuffer, EventCloser>;

// Its timers are as fine as the machine's. Usually libevent reads a clock that moves on every few milliseconds: on many
// machines 0.5 ms then last four.
inline EventBase precise_event_base() {
    event_config* const config = event_config_new();
    event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER);
    EventBase base(event_base_new_with_config(config));
    event_config_free(config);
    return base;
}

// Rounded up: a timer comes late rather than early.
inline timeval timeval_of(Duration duration) {
    const auto microseconds = std::chrono::ceil<std::chrono::microseconds>(duration).count();
    return {static_cast<time_t>(microseconds / 1'000'000), static_cast<suseconds_t>(microseconds % 1'000'000)};
}
