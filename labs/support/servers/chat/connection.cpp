#include "support/servers/chat/connection.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

Connection::Connection(Descriptor socket, event_base* base, const OnLine& on_line, Traffic& traffic)
    : socket_(std::move(socket)),
      on_line_(on_line),
      traffic_(traffic),
      readable_(event_new(base, socket_.number(), EV_READ | EV_PERSIST, on_event, this)),
      writable_(event_new(base, socket_.number(), EV_WRITE, on_event, this)),
      out_(evbuffer_new()),
      after_pieces_(evbuffer_new()) {
    const int on = 1;  // an answer does not wait for more to send
    setsockopt(socket_.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void Connection::start() {
    event_add(readable_.get(), nullptr);
}

void Connection::close() {
    readable_.reset();
    writable_.reset();
    socket_.close();
    next_piece_ = nullptr;
    for (const Buffer* buffer : {&out_, &after_pieces_})
        evbuffer_drain(buffer->get(), evbuffer_get_length(buffer->get()));
}

void Connection::send(std::string_view bytes) {
    if (is_open()) evbuffer_add((next_piece_ ? after_pieces_ : out_).get(), bytes.data(), bytes.size());
}

void Connection::send(evbuffer* shared) {
    if (is_open()) evbuffer_add_buffer_reference((next_piece_ ? after_pieces_ : out_).get(), shared);
}

void Connection::send_pieces(NextPiece next_piece) {
    if (is_open()) next_piece_ = std::move(next_piece);
}

void Connection::answered(std::size_t bytes) {
    --unanswered_;
    unanswered_bytes_ -= bytes;
}

void Connection::on_event(evutil_socket_t, short what, void* self) {
    const std::shared_ptr<Connection> connection = static_cast<Connection*>(self)->shared_from_this();
    if ((what & EV_READ) != 0) connection->read_some();
    if ((what & EV_WRITE) != 0 && connection->is_open()) connection->flush();
}

void Connection::read_some() {
    static char bytes[64 << 10];  // one thread, one reader at a time
    const ssize_t count = recv(socket_.number(), bytes, sizeof bytes, 0);
    if (count > 0) {
        traffic_.received += count;
        lines_.add({bytes, static_cast<std::size_t>(count)});
        take_lines();
    } else if (count == 0) {
        has_ended_ = true;
        if (lines_.has_rest()) {
            ++unanswered_;
            on_line_(shared_from_this(), What::no_end, "");
        }
    } else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
        close();
    }
    if (is_open()) flush();
}

bool Connection::may_read() const {
    return is_open() && !has_ended_ && !is_held_ && unanswered_ < most_unanswered &&
           unanswered_bytes_ < most_unanswered_bytes;
}

// Answering a line may bring us back here: the loop that is running goes on then.
void Connection::take_lines() {
    if (std::exchange(is_taking_, true)) return;
    while (may_read()) {
        const std::optional<LineSplitter::Line> line = lines_.next();
        if (!line) break;
        ++unanswered_;
        unanswered_bytes_ += line->text.size();
        on_line_(shared_from_this(), line->is_too_long ? What::too_long : What::line, line->text);
    }
    is_taking_ = false;
}

bool Connection::fill() {
    if (!next_piece_ || evbuffer_get_length(out_.get()) >= piece_size) return false;
    const std::string piece = next_piece_();
    evbuffer_add(out_.get(), piece.data(), piece.size());
    if (!piece.empty()) return true;
    next_piece_ = nullptr;
    evbuffer_add_buffer(out_.get(), after_pieces_.get());
    is_held_ = false;
    return true;
}

void Connection::flush() {
    constexpr int most_pieces = 4;  // then others have their turn
    for (int pieces = 0; is_open(); ++pieces) {
        const bool has_more = pieces < most_pieces && fill();
        if (evbuffer_get_length(out_.get()) == 0) {
            if (has_more) continue;
            break;
        }
        const int count = evbuffer_write(out_.get(), socket_.number());
        if (count > 0) traffic_.sent += count;
        else if (errno == EAGAIN || errno == EWOULDBLOCK) break;
        else if (errno != EINTR) return close();
    }
    if (waiting() >= most_waiting) return close();
    take_lines();
    if (is_open()) watch();
}

void Connection::watch() {
    const bool has_more = waiting() > 0 || next_piece_;
    if (has_more) event_add(writable_.get(), nullptr);
    if (may_read()) event_add(readable_.get(), nullptr);
    else event_del(readable_.get());
    if (has_ended_ && unanswered_ == 0 && !has_more) close();
}
