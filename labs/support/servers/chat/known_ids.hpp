// Which messages have been kept, by what their senders call them: so one that is sent again is delivered once.
//
// A message is the same when its sender, its id and its content are. The last 100,000 are known; one that comes again
// later than that is a new one.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "support/chat_json.hpp"
#include "support/servers/chat/history.hpp"

class KnownIds {
  public:
    static constexpr std::size_t most = 100'000;

    explicit KnownIds(const std::vector<Kept>& messages) {
        for (const auto& [message, id] : messages) add(message.from, *id, message.content, message.seq);
    }
    KnownIds(const KnownIds&) = delete;  // order_ points into known_
    KnownIds(KnownIds&&) = default;

    // The number that it was kept under.
    std::optional<std::int64_t> find(const std::string& from, const MessageId& id, const std::string& content) const {
        const auto found = known_.find(key(from, id, content));
        return found == known_.end() ? std::nullopt : std::optional(found->second);
    }

    void add(const std::string& from, const MessageId& id, const std::string& content, std::int64_t seq) {
        const auto [entry, is_new] = known_.emplace(key(from, id, content), seq);
        if (is_new) order_.push_back(&*entry);
        if (order_.size() <= most) return;
        known_.erase(order_.front()->first);
        order_.pop_front();
    }

    // Those with a greater number were not kept after all.
    void forget_after(std::int64_t seq) {
        while (!order_.empty() && order_.back()->second > seq) {
            known_.erase(order_.back()->first);
            order_.pop_back();
        }
    }

  private:
    using Known = std::unordered_map<std::string, std::int64_t>;

    // No name has a zero byte in it. Of the content a hash will do: whoever finds two with the same one fools himself.
    static std::string key(const std::string& from, const MessageId& id, const std::string& content) {
        const auto* const number = std::get_if<std::int64_t>(&id);
        return from + '\0' + std::to_string(std::hash<std::string>()(content)) +
               (number ? '#' + std::to_string(*number) : '"' + std::get<std::string>(id));
    }

    Known known_;
    std::deque<const Known::value_type*> order_;  // the oldest first
};
