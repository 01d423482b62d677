// Whatever bytes come: they are the same lines in whatever pieces, each is understood or refused in a line of ours, and
// what is understood is understood again when we write it.

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "support/chat_json.hpp"
#include "support/line_splitter.hpp"
#include "support/utf8.hpp"

namespace {

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

constexpr std::size_t longest = 300;  // short, so that lines are too long now and then

std::vector<std::string> lines_of(std::string_view bytes, std::size_t piece) {
    LineSplitter splitter(longest);
    std::vector<std::string> lines;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        splitter.add(bytes.substr(0, piece));
        while (const auto line = splitter.next()) {
            require(line->text.size() <= longest && line->text.find('\n') == line->text.npos, "it is a line");
            lines.push_back(line->is_too_long ? "too long" : std::string(line->text));
        }
    }
    if (splitter.has_rest()) lines.push_back("no end");
    return lines;
}

void require_line(const std::string& line) {
    require(is_utf8(line) && line.find('\n') == line.size() - 1, "we write lines of UTF-8");
}

template <class Parse>
auto understood(Parse parse, const std::string& line) -> std::optional<decltype(parse(line))> {
    try {
        return parse(line);
    } catch (const BadLine& why) {
        require_line(error_line(why.what()));
        return std::nullopt;
    }
}

void understand(const std::string& line) {
    const auto request = understood(chat_request_in, line);
    if (const auto* const message = request ? std::get_if<ChatMessage>(&*request) : nullptr) {
        std::string written = message_line(*message);
        require_line(written);
        require_line(ack_line({message->id.value_or(1), 1}));
        written.pop_back();
        const auto again = std::get<ChatMessage>(chat_request_in(written));
        require(again.from == message->from && again.content == message->content && again.id == message->id,
                "a message is read as it was written");
        std::string delivered = delivery_line({message->from, message->content, 7});
        require_line(delivered);
        delivered.pop_back();
        require(std::get<Delivered>(chat_reply_in(delivered)).content == message->content,
                "a delivery is read as it was written");
    } else if (const auto* const join = request ? std::get_if<JoinRequest>(&*request) : nullptr) {
        require(is_chat_name(join->name), "who joins has a name");
        require_line(joined_line({join->name, 1}));
    }
    if (const auto reply = understood(chat_reply_in, line))
        if (const auto* const refused = std::get_if<Refused>(&*reply)) require_line(error_line(refused->why));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t piece = data[0] + 1u;
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::vector<std::string> lines = lines_of(bytes, bytes.size() + 1);
    require(lines == lines_of(bytes, piece), "the pieces do not matter");
    for (const std::string& line : lines) understand(line);
    require_line(message_line({bytes, bytes, bytes}));  // what somebody types may be anything
    return 0;
}
