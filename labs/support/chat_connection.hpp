// A connection to a chat server that is made when it is needed, and kept.
#pragma once

#include <stdexcept>

#include "support/chat_json.hpp"
#include "support/connect.hpp"
#include "support/descriptor.hpp"
#include "support/line_splitter.hpp"
#include "support/send_options.hpp"

// There was no connection, or none any more, or nothing sensible came over it in time: trying again may help.
struct ConnectionBroken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The server has answered, with an error: it would say the same again.
struct MessageRefused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// For one thread at a time: replies come in the order of the messages, and belong to no thread.
class ChatConnection {
  public:
    explicit ChatConnection(const SendOptions& options);

    // Sends one message, which has an id, and blocks until its reply is there, for options.timeout at most. Connects
    // first, where it is not connected; it is not after ConnectionBroken. Throws MessageRefused as well, and
    // std::system_error where this machine has no socket for it.
    void send(const ChatMessage& message);

  private:
    void write(std::string_view line, const Deadline& deadline);
    std::string_view read_line(const Deadline& deadline);

    const Address host_;
    const Duration timeout_;
    Descriptor socket_;
    LineSplitter lines_;  // what has come over it
};
