#include "support/chat_connection.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace {

void check_reply(std::string_view line, const MessageId& id) {
    const ChatReply reply = chat_reply_in(line);
    if (const Refused* const refused = std::get_if<Refused>(&reply)) throw MessageRefused(refused->why);
    const Acknowledged* const ack = std::get_if<Acknowledged>(&reply);
    if (!ack || ack->id != id) throw BadLine("it belongs to another message");
}

}  // namespace

ChatConnection::ChatConnection(const SendOptions& options) : host_(options.host), timeout_(options.timeout) {}

void ChatConnection::send(const ChatMessage& message) {
    const Deadline deadline(timeout_);
    std::string why;
    try {
        if (!socket_.is_open()) {
            lines_ = LineSplitter();
            socket_ = connect_to(host_, deadline);
        }
        write(message_line(message), deadline);
        return check_reply(read_line(deadline), message.id.value());
    } catch (const NotConnected& error) {
        why = error.what();
    } catch (const BadLine& error) {
        why = std::string("malformed reply: ") + error.what();
    } catch (const ConnectionBroken& error) {
        why = error.what();
    }
    socket_.close();
    throw ConnectionBroken(why);
}

void ChatConnection::write(std::string_view line, const Deadline& deadline) {
    while (!line.empty()) {
        const ssize_t taken = ::send(socket_.number(), line.data(), line.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (taken >= 0) {
            line.remove_prefix(static_cast<std::size_t>(taken));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!deadline.wait_for(socket_.number(), POLLOUT)) throw ConnectionBroken("the server does not read");
        } else if (errno != EINTR) {
            throw ConnectionBroken(std::strerror(errno));
        }
    }
}

std::string_view ChatConnection::read_line(const Deadline& deadline) {
    while (true) {
        if (const auto line = lines_.next()) {
            if (line->is_too_long) throw BadLine("it is too long");
            return line->text;
        }
        if (!deadline.wait_for(socket_.number(), POLLIN))
            throw ConnectionBroken("no reply in " + format_duration(timeout_));
        char bytes[4096];
        const ssize_t got = recv(socket_.number(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (got > 0) lines_.add({bytes, static_cast<std::size_t>(got)});
        if (got == 0) throw ConnectionBroken("the server closed the connection");
        if (got < 0 && errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)
            throw ConnectionBroken(std::strerror(errno));
    }
}
