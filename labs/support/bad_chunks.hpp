// A body may come in chunks, each behind a line with its size (RFC 9112, 7.1). A line that is no size is refused by
// libevent as if the body were too large, with 413; here it gets 400, as all that is malformed.
#pragma once

#include <string>

struct event_base;
struct bufferevent;

// Watches connections for it. All of them belong to one event loop and its thread, and end before this does.
class BadChunks {
  public:
    // For evhttp_set_bevcb, with the BadChunks as its argument: a connection that is watched.
    static bufferevent* connection(event_base* base, void* bad_chunks);

  private:
    struct Callbacks;

    // Of the connection that was read last, for what was read is handled at once.
    std::string next_line_;  // what the bytes that wait to be read begin with, up to its end
    std::string line_, last_line_;
};
