// What is said between a chat's clients and its server: one JSON object per line, in UTF-8. What a line
// contains, and what it means, is in servers/chat_server.cpp.
//
// The functions that write a line end it with \n. Text that is not UTF-8 is written as UTF-8 all the same, with U+FFFD
// for what is wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What a sender calls a message, so that it can be sent again and is delivered once.
using MessageId = std::variant<std::int64_t, std::string>;

inline constexpr std::size_t longest_name = 64;  // bytes
inline constexpr std::size_t longest_id = 256;   // bytes

struct ChatMessage {
    std::string from, content;
    std::optional<MessageId> id{};
};
struct JoinRequest {
    std::string name;
};
struct HistoryRequest {
    std::int64_t last;  // that many messages, or all if there are fewer
};
struct UsersRequest {};
struct StatsRequest {};
using ChatRequest = std::variant<ChatMessage, JoinRequest, HistoryRequest, UsersRequest, StatsRequest>;

// Its text says why a line is no request, or no reply.
struct BadLine : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Not empty, not longer than longest_name, no control characters, not only spaces.
bool is_chat_name(std::string_view text);

ChatRequest chat_request_in(std::string_view line);  // throws BadLine
std::string message_line(const ChatMessage& message);
std::string join_line(const std::string& name);

struct Acknowledged {
    MessageId id;  // the message's own, or seq where it has none
    std::int64_t seq;
};
struct Refused {
    std::string why;
};
struct Joined {
    std::string name;
    std::int64_t seq;  // the last message's before: what comes now is delivered
};
struct Delivered {
    std::string from, content;
    std::int64_t seq;
};
using ChatReply = std::variant<Acknowledged, Refused, Joined, Delivered>;

ChatReply chat_reply_in(std::string_view line);  // throws BadLine, also for replies to requests that are not ours
std::string ack_line(const Acknowledged& ack);
std::string error_line(const std::string& why);
std::string joined_line(const Joined& joined);
std::string delivery_line(const Delivered& message);
std::string users_line(const std::vector<std::string>& names);

// A history may be long: its line is made piece by piece. Between two entries there is a comma. `why` says why
// there are no more of them, if there should be.
inline constexpr std::string_view history_head = R"({"type":"history","messages":[)";
std::string history_entry(const Delivered& message);
std::string history_tail(const std::string& why = "");

struct ChatStats {
    std::int64_t clients = 0;     // connected now
    std::int64_t messages = 0;    // acknowledged since the start, each once
    std::int64_t errors = 0;      // requests that were answered by an error
    std::int64_t bytes = 0;       // that came in, since the start
    std::int64_t bytes_sent = 0;  // that went out
    double messages_per_s = 0;    // in the last seconds
    double median_s = 0;          // of handling times: from a request's last byte to its answer
    double p99_s = 0;             // 99 of 100 took no longer
    std::int64_t resident_bytes = 0;
};
std::string stats_line(const ChatStats& stats);
