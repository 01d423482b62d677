#include "support/chat_json.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "support/one_line.hpp"
#include "support/utf8.hpp"

namespace {

using nlohmann::json;

constexpr const char* no_text = " is not a text";

json object_in(std::string_view line) {
    if (!is_utf8(line)) throw BadLine("not UTF-8");
    // The library takes a zero byte for the end of its input, and what follows for nothing.
    if (line.find('\0') != std::string_view::npos) throw BadLine("not JSON: there is a zero byte in it");
    json object;
    try {
        object = json::parse(line);
    } catch (const json::parse_error& error) {
        throw BadLine("not JSON: wrong at byte " + std::to_string(error.byte));
    } catch (const json::exception&) {
        throw BadLine("not JSON: a number in it is too large");
    }
    if (!object.is_object()) throw BadLine(std::string("not a JSON object, but a JSON ") + object.type_name());
    return object;
}

json& member(json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) throw BadLine(std::string(name) + " is missing");
    return *found;
}

std::string text_in(json& object, const char* name) {
    json& text = member(object, name);
    if (!text.is_string()) throw BadLine(name + std::string(no_text));
    return std::move(text.get_ref<std::string&>());
}

std::string name_in(json& object, const char* name) {
    std::string text = text_in(object, name);
    if (!is_chat_name(text))
        throw BadLine(std::string(name) + " is no name: 1 to " + std::to_string(longest_name) +
                      " bytes, something to read, no control characters");
    return text;
}

std::optional<std::int64_t> whole_number(const json& value) {
    if (!value.is_number_integer()) return std::nullopt;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > most) return std::nullopt;
    return value.get<std::int64_t>();
}

std::int64_t count_in(json& object, const char* name) {
    const std::optional<std::int64_t> number = whole_number(member(object, name));
    if (!number || *number < 0) throw BadLine(std::string(name) + " is not a whole number from 0 on");
    return *number;
}

MessageId id_in(json& object) {
    json& id = member(object, "id");
    if (const std::optional<std::int64_t> number = whole_number(id)) return *number;
    if (!id.is_string()) throw BadLine("id is neither a whole number nor a text");
    std::string text = std::move(id.get_ref<std::string&>());
    if (text.size() > longest_id) throw BadLine("id is longer than " + std::to_string(longest_id) + " bytes");
    return text;
}

std::string quoted(const std::string& text) {
    return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string written(const MessageId& id) {
    const std::int64_t* const number = std::get_if<std::int64_t>(&id);
    return number ? std::to_string(*number) : quoted(std::get<std::string>(id));
}

// A word that the other side sent, in a message of ours.
std::string shown(const std::string& word) {
    constexpr std::size_t longest = 40;
    return "'" + one_line(word.substr(0, longest)) + (word.size() > longest ? "...'" : "'");
}

}  // namespace

bool is_chat_name(std::string_view text) {
    return text.size() <= longest_name && text.find_first_not_of(' ') != std::string_view::npos &&
           one_line(std::string(text)) == text && is_utf8(text);
}

ChatRequest chat_request_in(std::string_view line) {
    json object = object_in(line);
    const std::string type = text_in(object, "type");
    if (type == "message") {
        ChatMessage message{name_in(object, "from"), text_in(object, "content")};
        if (object.contains("id")) message.id = id_in(object);
        return message;
    }
    if (type == "join") return JoinRequest{name_in(object, "name")};
    if (type == "history") return HistoryRequest{count_in(object, "last")};
    if (type == "users") return UsersRequest{};
    if (type == "stats") return StatsRequest{};
    throw BadLine("unknown type " + shown(type) + ": message, join, history, users and stats are known");
}

std::string message_line(const ChatMessage& message) {
    return R"({"type":"message","from":)" + quoted(message.from) + R"(,"content":)" + quoted(message.content) +
           (message.id ? R"(,"id":)" + written(*message.id) : "") + "}\n";
}

std::string join_line(const std::string& name) {
    return R"({"type":"join","name":)" + quoted(name) + "}\n";
}

ChatReply chat_reply_in(std::string_view line) {
    json object = object_in(line);
    const std::string type = text_in(object, "type");
    if (type == "ack") return Acknowledged{id_in(object), count_in(object, "seq")};
    if (type == "error") return Refused{one_line(text_in(object, "why"))};
    if (type == "joined") return Joined{name_in(object, "name"), count_in(object, "seq")};
    if (type == "message") {
        Delivered message{name_in(object, "from"), text_in(object, "content"), 0};
        message.seq = count_in(object, "seq");
        return message;
    }
    throw BadLine("a reply of type " + shown(type) + ", which nobody asked for");
}

std::string ack_line(const Acknowledged& ack) {
    return R"({"type":"ack","id":)" + written(ack.id) + R"(,"seq":)" + std::to_string(ack.seq) + "}\n";
}

std::string error_line(const std::string& why) {
    return R"({"type":"error","why":)" + quoted(why) + "}\n";
}

std::string joined_line(const Joined& joined) {
    return R"({"type":"joined","name":)" + quoted(joined.name) + R"(,"seq":)" + std::to_string(joined.seq) + "}\n";
}

std::string delivery_line(const Delivered& message) {
    return R"({"type":"message",)" + history_entry(message).substr(1) + "\n";
}

std::string users_line(const std::vector<std::string>& names) {
    return R"({"type":"users","users":)" + json(names).dump(-1, ' ', false, json::error_handler_t::replace) + "}\n";
}

std::string history_entry(const Delivered& message) {
    return R"({"from":)" + quoted(message.from) + R"(,"content":)" + quoted(message.content) + R"(,"seq":)" +
           std::to_string(message.seq) + "}";
}

std::string history_tail(const std::string& why) {
    return why.empty() ? "]}\n" : R"(],"why":)" + quoted(why) + "}\n";
}

std::string stats_line(const ChatStats& stats) {
    return nlohmann::ordered_json{{"type", "stats"},
                                  {"clients", stats.clients},
                                  {"messages", stats.messages},
                                  {"errors", stats.errors},
                                  {"bytes", stats.bytes},
                                  {"bytes_sent", stats.bytes_sent},
                                  {"messages_per_s", stats.messages_per_s},
                                  {"median_s", stats.median_s},
                                  {"p99_s", stats.p99_s},
                                  {"resident_bytes", stats.resident_bytes}}
               .dump() +
           "\n";
}
