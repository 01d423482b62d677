// The chat itself: who is there, what they ask for, and what they are told.
//
// What comes in one turn of the event loop is answered at its end, all together: its messages are kept by one commit,
// and nothing of it is acknowledged or delivered before.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "support/chat_json.hpp"
#include "support/libevent.hpp"
#include "support/servers/chat/connection.hpp"
#include "support/servers/chat/history.hpp"
#include "support/servers/chat/known_ids.hpp"
#include "support/servers/chat/statistics.hpp"

struct RoomOptions {
    Duration delay{0};            // before a request is looked at
    std::int64_t drop_every = 0;  // of so many messages one is kept and delivered, but not acknowledged
};

class Room {
  public:
    Room(event_base* base, History& history, KnownIds ids, const RoomOptions& options);
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    void let_in(Descriptor socket);
    std::size_t clients() const { return clients_.size(); }

    void end_turn();

  private:
    using Client = std::shared_ptr<Connection>;
    using Clock = Statistics::Clock;

    struct Asked {
        Client client;
        std::variant<ChatRequest, BadLine> what;
        std::size_t bytes;
        Clock::time_point at;
        std::int64_t seq = 0;   // of a message
        bool is_again = false;  // and it was kept before
    };

    void take(const Client& client, Connection::What what, std::string_view text);
    void look_at(Asked asked);  // at the end of this turn
    static void on_time(evutil_socket_t, short, void* self);

    void handle(std::vector<Asked> turn);
    void keep(std::vector<Asked>& turn);
    void answer(const Asked& asked);
    void answer(const Asked& asked, const ChatMessage& message);
    void answer(const Asked& asked, const JoinRequest& request);
    void answer(const Asked& asked, const HistoryRequest& request);
    void answer(const Asked& asked, const UsersRequest& request);
    void answer(const Asked& asked, const StatsRequest& request);
    void answer(const Asked& asked, const BadLine& why);
    void refuse(const Asked& asked, const std::string& why);
    void deliver();

    // Bytes. The turn ends then, so that what is delivered at once stays small.
    static constexpr std::size_t most_in_turn = 256 << 10;

    event_base* base_;
    History& history_;
    const RoomOptions options_;
    const Connection::OnLine on_line_;
    Traffic traffic_;
    Statistics statistics_;
    KnownIds ids_;

    std::vector<Client> clients_, joined_;
    std::vector<Asked> turn_;
    std::size_t turn_bytes_ = 0;
    bool is_handling_ = false;
    std::deque<Asked> delayed_;  // in the order in which they came: each waits as long
    Event timer_;

    std::string batch_;           // what those who joined have not been told yet
    std::int64_t last_told_ = 0;  // the last message in it, or before it
    std::string not_kept_;        // why, where this turn's messages were not
    std::int64_t counted_ = 0;    // messages, to drop one of so many
};
