// The chat's server. One JSON object a line, in UTF-8, over TCP; \n ends a line, or \r\n; empty lines are left out.
//
//   {"type":"message","from":NAME,"content":TEXT,"id":ID?}   {"type":"ack","id":ID,"seq":N}
//   {"type":"join","name":NAME}                              {"type":"joined","name":NAME,"seq":N}
//   {"type":"history","last":N}                              {"type":"history","messages":[...]}, oldest first
//   {"type":"users"}                                         {"type":"users","users":[NAME...]}, those who joined
//   {"type":"stats"}                                         {"type":"stats","clients":N,...}
//   anything else                                            {"type":"error","why":TEXT}
//
// Every line is answered, in the order in which its client sent them. Each message gets the next number, its "seq", and
// goes to every client that has joined, its sender among them, once and in the order of the numbers:
//
//   {"type":"message","from":NAME,"content":TEXT,"seq":N}
//
// A sender's acknowledgement comes before its own message. A client that joins gets what is numbered above the "seq" of
// "joined".
// A name has 1 to 64 bytes and no control characters. An id is a whole number or a text of up to 256 bytes; without one
// the acknowledgement's is the message's number. The same message (sender, id and content) sent again is not delivered
// again, and gets the acknowledgement that it got, or would have got, before.
//
// A line of more than 64 KiB is an error, and so is a last line without an end; what follows a long line is understood.
// A client that has shut down its side gets what it has asked for, and is hung up on.
//
// One thread serves all: it sleeps until a client, a timer or a signal has something for it.

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#include <csignal>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "support/descriptor_limit.hpp"
#include "support/libevent.hpp"
#include "support/listener.hpp"
#include "support/options.hpp"
#include "support/print.hpp"
#include "support/servers/chat/history.hpp"
#include "support/servers/chat/room.hpp"

namespace {

// Where clients come in. It is shut while no descriptor is left for one more.
class Door {
  public:
    Door(event_base* base, int listener, Room& room)
        : listener_(listener), room_(room), knock_(event_new(base, listener, EV_READ | EV_PERSIST, open, this)) {
        event_add(knock_.get(), nullptr);
    }
    void end_turn() {
        if (!clients_when_full_ || room_.clients() >= *clients_when_full_) return;
        clients_when_full_.reset();
        event_add(knock_.get(), nullptr);
    }

  private:
    static void open(evutil_socket_t, short, void* self) {
        Door& door = *static_cast<Door*>(self);
        while (true) {
            Descriptor client(accept(door.listener_, nullptr, nullptr));
            if (!client.is_open()) break;
            fcntl(client.number(), F_SETFL, O_NONBLOCK);
            fcntl(client.number(), F_SETFD, FD_CLOEXEC);
            door.room_.let_in(std::move(client));
        }
        if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return;
        door.clients_when_full_ = door.room_.clients();
        event_del(door.knock_.get());
    }

    int listener_;
    Room& room_;
    Event knock_;
    std::optional<std::size_t> clients_when_full_;
};

void stop(evutil_socket_t, short, void* is_over) {
    *static_cast<bool*>(is_over) = true;
}

int serve(const Listener& listener, History& history, KnownIds ids, const RoomOptions& options) {
    const EventBase base = precise_event_base();
    bool is_over = false;
    const Event interrupt(evsignal_new(base.get(), SIGINT, stop, &is_over));
    const Event terminate(evsignal_new(base.get(), SIGTERM, stop, &is_over));
    event_add(interrupt.get(), nullptr);
    event_add(terminate.get(), nullptr);
    Room room(base.get(), history, std::move(ids), options);
    Door door(base.get(), listener.socket.number(), room);
    print_line("listening on ", listener.address);
    while (!is_over) {
        event_base_loop(base.get(), EVLOOP_ONCE);
        room.end_turn();
        door.end_turn();
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    ListenOptions listening;
    listening.port = 8070;
    RoomOptions room;
    std::string file;
    Options flags("a chat's server: one JSON object a line, over TCP");
    listening.add_flags(flags);
    flags.text("--history", file,
               "an SQLite database, made where there is none: what was acknowledged is there after a crash; without it "
               "the last 10000 messages are in memory");
    flags.duration("--delay", room.delay, {Duration(0), std::chrono::hours(1)}, "before a request is looked at");
    flags.count(
        "--drop-every", room.drop_every, {0, 1'000'000'000'000},
        "every Nth message is kept and delivered, but the connection it came by is closed instead of an answer; "
        "0: none");
    flags.example("--port 0 --history chat.db");
    flags.parse(argc, argv);

    std::signal(SIGPIPE, SIG_IGN);  // a client may hang up at any time
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a full disk, and no end
    std::unique_ptr<History> history;
    std::vector<Kept> known;
    try {
        history = file.empty() ? history_in_memory() : history_in_file(file);
        known = history->last_with_id(KnownIds::most);
    } catch (const std::runtime_error& why) {
        flags.refuse("--history: '" + file + "': " + why.what());
    }
    allow_many_descriptors();
    try {
        return serve(listen_at(listening), *history, KnownIds(std::exchange(known, {})), room);
    } catch (const std::runtime_error& why) {
        print_error(why.what());
        return 1;
    }
}
