#include "support/servers/chat/room.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

Room::Room(event_base* base, History& history, KnownIds ids, const RoomOptions& options)
    : base_(base),
      history_(history),
      options_(options),
      on_line_(
          [this](const Client& client, Connection::What what, std::string_view text) { take(client, what, text); }),
      ids_(std::move(ids)),
      timer_(evtimer_new(base, on_time, this)),
      last_told_(history.last()) {}

void Room::let_in(Descriptor socket) {
    clients_.push_back(std::make_shared<Connection>(std::move(socket), base_, on_line_, traffic_));
    clients_.back()->start();
}

void Room::take(const Client& client, Connection::What what, std::string_view text) {
    Asked asked{client, BadLine(""), text.size(), Clock::now()};
    try {
        if (what == Connection::What::too_long) throw BadLine("a line of more than 65536 bytes");
        if (what == Connection::What::no_end) throw BadLine("the last line has no end");
        asked.what = chat_request_in(text);
        if (std::holds_alternative<HistoryRequest>(std::get<ChatRequest>(asked.what))) client->hold();
    } catch (const BadLine& why) {
        asked.what = why;
    }
    if (options_.delay > Duration::zero()) {
        delayed_.push_back(std::move(asked));
        const timeval delay = timeval_of(options_.delay);
        if (delayed_.size() == 1) evtimer_add(timer_.get(), &delay);
        return;
    }
    look_at(std::move(asked));
}

void Room::look_at(Asked asked) {
    turn_bytes_ += asked.bytes;
    turn_.push_back(std::move(asked));
    if (turn_bytes_ >= most_in_turn) end_turn();
}

void Room::on_time(evutil_socket_t, short, void* self) {
    Room& room = *static_cast<Room*>(self);
    const Clock::time_point due = Clock::now() - room.options_.delay;
    while (!room.delayed_.empty() && room.delayed_.front().at <= due) {
        Asked asked = std::move(room.delayed_.front());
        room.delayed_.pop_front();
        room.look_at(std::move(asked));
    }
    if (room.delayed_.empty()) return;
    const timeval rest = timeval_of(room.delayed_.front().at - due);
    evtimer_add(room.timer_.get(), &rest);
}

void Room::end_turn() {
    if (std::exchange(is_handling_, true)) return;
    while (!turn_.empty()) {
        turn_bytes_ = 0;
        handle(std::exchange(turn_, {}));
    }
    is_handling_ = false;
    const auto is_gone = [](const Client& client) { return !client->is_open(); };
    joined_.erase(std::remove_if(joined_.begin(), joined_.end(), is_gone), joined_.end());
    clients_.erase(std::remove_if(clients_.begin(), clients_.end(), is_gone), clients_.end());
}

void Room::handle(std::vector<Asked> turn) {
    keep(turn);
    for (const Asked& asked : turn) answer(asked);
    deliver();
    for (const Asked& asked : turn)
        if (asked.client->is_open()) asked.client->flush();
}

// What comes twice in one turn is found among the known the second time.
void Room::keep(std::vector<Asked>& turn) {
    std::vector<Kept> fresh;
    std::int64_t last = history_.last();
    for (Asked& asked : turn) {
        const auto* const request = std::get_if<ChatRequest>(&asked.what);
        const auto* const message = request ? std::get_if<ChatMessage>(request) : nullptr;
        if (!message) continue;
        if (message->id) {
            const std::optional<std::int64_t> known = ids_.find(message->from, *message->id, message->content);
            asked.is_again = known.has_value();
            if (known) asked.seq = *known;
            else ids_.add(message->from, *message->id, message->content, last + 1);
        }
        if (asked.is_again) continue;
        asked.seq = ++last;
        fresh.push_back({{message->from, message->content, asked.seq}, message->id});
    }
    try {
        history_.keep(fresh);
    } catch (const std::runtime_error& why) {
        not_kept_ = why.what();
        ids_.forget_after(history_.last());
    }
}

void Room::answer(const Asked& asked) {
    if (const auto* const bad = std::get_if<BadLine>(&asked.what)) answer(asked, *bad);
    else std::visit([&](const auto& request) { answer(asked, request); }, std::get<ChatRequest>(asked.what));
    asked.client->answered(asked.bytes);
    statistics_.count_handled(Clock::now() - asked.at);
}

void Room::answer(const Asked& asked, const ChatMessage& message) {
    if (asked.seq > history_.last()) return refuse(asked, "the message was not kept: " + not_kept_);
    if (!asked.is_again) {
        statistics_.count_message(Clock::now());
        batch_ += delivery_line({message.from, message.content, asked.seq});
        last_told_ = asked.seq;
    }
    if (options_.drop_every > 0 && ++counted_ % options_.drop_every == 0) {
        asked.client->flush();  // what it was told before is not lost
        return asked.client->close();
    }
    asked.client->send(ack_line({message.id.value_or(asked.seq), asked.seq}));
}

void Room::answer(const Asked& asked, const JoinRequest& request) {
    deliver();  // what was said before is not for this one
    if (!asked.client->is_open()) return;
    if (asked.client->name.empty()) joined_.push_back(asked.client);
    asked.client->name = request.name;
    asked.client->send(joined_line({request.name, last_told_}));
}

void Room::answer(const Asked& asked, const HistoryRequest& request) {
    const std::int64_t last = last_told_;
    constexpr std::size_t piece_size = 64 << 10;
    bool is_over = false, is_first = true;
    std::int64_t next = last - std::min(last, request.last) + 1;
    asked.client->send(history_head);
    asked.client->send_pieces([this, last, next, is_first, is_over]() mutable -> std::string {
        if (is_over) return "";
        std::vector<Delivered> messages;
        try {
            messages = history_.some(next, last, piece_size);
        } catch (const std::runtime_error& why) {
            is_over = true;
            return history_tail(std::string("the history cannot be read: ") + why.what());
        }
        is_over = messages.empty();
        if (is_over) return history_tail();
        std::string piece;
        for (const Delivered& message : messages) {
            if (!std::exchange(is_first, false)) piece += ',';
            piece += history_entry(message);
        }
        next = messages.back().seq + 1;
        return piece;
    });
}

void Room::answer(const Asked& asked, const UsersRequest&) {
    std::vector<std::string> names;
    for (const Client& client : joined_)
        if (client->is_open()) names.push_back(client->name);
    std::sort(names.begin(), names.end());
    asked.client->send(users_line(names));
}

void Room::answer(const Asked& asked, const StatsRequest&) {
    const auto is_open = [](const Client& client) { return client->is_open(); };
    asked.client->send(stats_line(statistics_.now(std::count_if(clients_.begin(), clients_.end(), is_open), traffic_)));
}

void Room::answer(const Asked& asked, const BadLine& why) {
    refuse(asked, why.what());
}

void Room::refuse(const Asked& asked, const std::string& why) {
    statistics_.count_error();
    asked.client->send(error_line(why));
}

// One copy of it, whose bytes all clients share.
void Room::deliver() {
    if (batch_.empty()) return;
    const Buffer shared(evbuffer_new());
    evbuffer_add(shared.get(), batch_.data(), batch_.size());
    batch_.clear();
    for (const Client& client : joined_) client->send(shared.get());
    for (const Client& client : joined_)
        if (client->is_open()) client->flush();
}
