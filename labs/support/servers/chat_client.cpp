// A chat on a terminal: lines typed are messages, what comes is printed.
//
//     build/labs/support/chat_server &
//     build/labs/support/chat_client --name Alice
//
// Ctrl-D ends it, when all that was typed has been acknowledged.

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "support/chat_json.hpp"
#include "support/connect.hpp"
#include "support/line_splitter.hpp"
#include "support/one_line.hpp"
#include "support/options.hpp"
#include "support/print.hpp"
#include "support/servers/chat/typing.hpp"
#include "support/write_all.hpp"

namespace {

class Gone : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Chat {
  public:
    Chat(Descriptor server, const std::string& name) : server_(std::move(server)), name_(name) {
        if (isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1) typing_.emplace();
        send(join_line(name));
        unanswered_ = 1;
    }

    // Until there is nothing left to say, and all of it has been answered. Throws Gone where the server goes before.
    void run() {
        while (!typed_it_all_ || unanswered_ > 0) {
            pollfd sources[] = {{server_.number(), POLLIN, 0}, {typed_it_all_ ? -1 : STDIN_FILENO, POLLIN, 0}};
            if (poll(sources, 2, -1) < 0 && errno != EINTR) throw Gone(std::strerror(errno));
            if (typing_) typing_->hide();
            if (sources[0].revents != 0) hear();
            if (sources[1].revents != 0) say();
            if (typing_) typing_->show();
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
        if (count > 0) take({bytes, static_cast<std::size_t>(count)});
        if (typed_it_all_ && typed_.has_rest()) typed_.add("\n");  // a last line without an end is meant as one
        while (const auto line = typed_.next()) {
            if (line->is_too_long) {
                refused("a line of more than " + std::to_string(longest_line) + " bytes");
                continue;
            }
            send(message_line({name_, std::string(line->text)}));
            ++unanswered_;
        }
    }

    void take(std::string_view bytes) {
        if (!typing_) return typed_.add(bytes);
        for (const char key : bytes) {
            const Typing::Key meaning = typing_->take(key);
            if (meaning == Typing::Key::enter) typed_.add(typing_->entered() + '\n');
            if (meaning == Typing::Key::end) typed_it_all_ = true;
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
            if (line->is_too_long) throw BadLine("a line without an end");
            std::visit([&](const auto& reply) { on(reply); }, chat_reply_in(line->text));
        }
    }

    void on(const Joined& joined) {
        --unanswered_;
        print_error("you are ", joined.name, "; lines that you type are sent, Ctrl-D ends");
    }
    void on(const Acknowledged&) { --unanswered_; }
    void on(const Refused& reply) {
        --unanswered_;
        refused(reply.why);
    }
    void on(const Delivered& message) { print_line(message.from, ": ", one_line(message.content)); }

    void refused(const std::string& why) {
        was_refused_ = true;
        print_error("not sent: ", why);
    }

    static constexpr std::size_t longest_line = 32 << 10;  // in JSON it may be twice as long

    Descriptor server_;
    const std::string name_;
    LineSplitter typed_{longest_line}, heard_{1 << 20};
    int unanswered_ = 0;
    bool typed_it_all_ = false, was_refused_ = false;
    std::optional<Typing> typing_;  // on a terminal
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
