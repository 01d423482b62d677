// A chat on a terminal: lines typed are messages, what comes is printed.
//
//     build/labs/support/chat_server &
//     build/labs/support/chat_client --name Alice
//
// Ctrl-D ends it, when all that was typed has been acknowledged.

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/chat_json.hpp"
#include "support/connect.hpp"
#include "support/line_splitter.hpp"
#include "support/one_line.hpp"
#include "support/options.hpp"
#include "support/print.hpp"
#include "support/write_all.hpp"

namespace {

class Gone : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Chat {
  public:
    Chat(Descriptor server, const std::string& name) : server_(std::move(server)), name_(name) {
        send(join_line(name));
        unanswered_ = 1;
    }

    // Until there is nothing left to say, and all of it has been answered. Throws Gone where the server goes before.
    void run() {
        while (!typed_it_all_ || unanswered_ > 0) {
            pollfd sources[] = {{server_.number(), POLLIN, 0}, {typed_it_all_ ? -1 : STDIN_FILENO, POLLIN, 0}};
            if (poll(sources, 2, -1) < 0 && errno != EINTR) throw Gone(std::strerror(errno));
            if (sources[0].revents != 0) hear();
            if (sources[1].revents != 0) say();
        }
    }
    bool was_refused() const { return was_refused_; }

  private:
    void send(const std::string& line) {
        if (!write_all(server_.number(), line)) throw Gone(std::strerror(errno));
    }

    void say() {
        char bytes[4096];
        const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
        if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
        typed_it_all_ = count <= 0;
        if (typed_it_all_ && typed_.has_rest()) typed_.add("\n");  // a last line without an end is meant as one
        if (count > 0) typed_.add({bytes, static_cast<std::size_t>(count)});
        while (const auto line = typed_.next()) {
            if (line->is_too_long) {
                print_error("not sent: a line of more than ", longest_line, " bytes");
                was_refused_ = true;
                continue;
            }
            send(message_line({name_, std::string(line->text)}));
            ++unanswered_;
        }
    }

    void hear() {
        char bytes[64 << 10];
        const ssize_t count = recv(server_.number(), bytes, sizeof bytes, 0);
        if (count < 0 && errno == EINTR) return;
        if (count < 0) throw Gone(std::strerror(errno));
        if (count == 0) throw Gone("it has hung up");
        heard_.add({bytes, static_cast<std::size_t>(count)});
        while (const auto line = heard_.next()) {
            if (line->is_too_long) throw Gone("it sends what is no chat");
            std::visit([&](const auto& reply) { on(reply); }, chat_reply_in(line->text));
        }
    }

    void on(const Joined& joined) {
        --unanswered_;
        print_error("you are ", joined.name, "; what you type is sent, and Ctrl-D ends it");
    }
    void on(const Refused& refused) {
        --unanswered_;
        was_refused_ = true;
        print_error("not sent: ", refused.why);
    }
    void on(const Acknowledged& ack) {
        --unanswered_;
        if (is_on_terminal_) mine_.push_back(ack.seq);
    }
    // What was typed on this terminal stands there already. It was acknowledged before it comes back.
    void on(const Delivered& message) {
        const auto mine = std::find(mine_.begin(), mine_.end(), message.seq);
        if (mine == mine_.end()) return print_line(message.from, ": ", one_line(message.content));
        mine_.erase(mine);
    }

    static constexpr std::size_t longest_line = 32 << 10;  // in JSON it may be twice as long

    Descriptor server_;
    const std::string name_;
    const bool is_on_terminal_ = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1;
    LineSplitter typed_{longest_line}, heard_{1 << 20};
    int unanswered_ = 0;
    bool typed_it_all_ = false, was_refused_ = false;
    std::vector<std::int64_t> mine_;  // acknowledged, and not come back yet
};

}  // namespace

int main(int argc, char** argv) {
    std::string host = "127.0.0.1:8070", name;
    Options flags("a chat on a terminal: lines typed are messages, what comes is printed");
    flags.text("--host", host, "the server: HOST:PORT");
    flags.text("--name", name, "yours, as others see it");
    flags.example("--name Alice");
    flags.parse(argc, argv);
    const std::optional<Address> address = address_in(host);
    if (!address) flags.refuse("--host: '" + one_line(host) + "' is not accepted: give HOST:PORT");
    if (!is_chat_name(name))
        flags.refuse("--name: '" + one_line(name) + "' is not accepted: give 1 to " + std::to_string(longest_name) +
                     " bytes, something to read, no control characters");

    std::signal(SIGPIPE, SIG_IGN);  // the server may hang up at any time
    try {
        Chat chat(connect_to(*address), name);
        chat.run();
        return chat.was_refused() ? 1 : 0;
    } catch (const BadLine& why) {
        print_error("the server at ", host, " sends what is no chat: ", why.what());
    } catch (const std::runtime_error& why) {
        print_error("the server at ", host, " is gone: ", why.what());
    }
    return 1;
}
