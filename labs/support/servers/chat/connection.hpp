// A client's connection: lines come in, bytes go out, and nobody waits for it.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "support/descriptor.hpp"
#include "support/libevent.hpp"
#include "support/line_splitter.hpp"
#include "support/servers/chat/statistics.hpp"

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    static constexpr std::size_t most_waiting = 1 << 20;  // for a client that does not read: then it is cut off

    // Called for each line, and once for a last line that has no end. Each is to be answered, once.
    enum class What { line, too_long, no_end };
    using OnLine = std::function<void(const std::shared_ptr<Connection>&, What, std::string_view)>;

    // To be owned by a std::shared_ptr. `socket` does not block.
    Connection(Descriptor socket, event_base* base, const OnLine& on_line, Traffic& traffic);
    void start();  // begins to read

    bool is_open() const { return socket_.is_open(); }
    void close();

    // They queue up, and flush() sends them.
    void send(std::string_view bytes);
    void send(evbuffer* shared);  // the bytes are not copied, and must not change from here on

    // An answer that is too long to be held in memory, made while it is sent: "" is its end. What is sent after it
    // waits for its end; so does the reading, so that there is one at a time.
    using NextPiece = std::function<std::string()>;
    void send_pieces(NextPiece next_piece);

    void flush();  // as much as the client takes now; the rest goes by itself

    // One line was answered, of so many bytes. Who asks much, and has not been answered, is not read from meanwhile.
    void answered(std::size_t bytes);

    // Nothing more is read until the pieces have been sent that are the answer to the last line.
    void hold() { is_held_ = true; }

    std::string name;  // by which it joined; empty: it has not

  private:
    static void on_event(evutil_socket_t, short what, void* self);
    void read_some();
    void take_lines();
    bool may_read() const;
    bool fill();  // from the pieces; false: not now
    std::size_t waiting() const { return evbuffer_get_length(out_.get()) + evbuffer_get_length(after_pieces_.get()); }
    void watch();

    static constexpr std::size_t most_unanswered = 1'000, most_unanswered_bytes = 256 << 10;
    static constexpr std::size_t piece_size = 64 << 10;

    Descriptor socket_;
    const OnLine& on_line_;
    Traffic& traffic_;
    LineSplitter lines_;
    Event readable_, writable_;
    Buffer out_, after_pieces_;
    NextPiece next_piece_;
    std::size_t unanswered_ = 0, unanswered_bytes_ = 0;
    bool is_held_ = false, is_taking_ = false;
    bool has_ended_ = false;  // the client has sent all that it ever will
};
