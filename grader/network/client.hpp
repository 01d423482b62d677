// The grader as the client of a program under test that is a server: as many calls at once as a criterion
// likes, each on a connection of its own, sent whole or in pieces, hung up on at any time.
//
//   Client client;
//   Program server{executable, {"--port", "0"}, {.client = &client}};
//   server.settle();                                   // until it listens
//   const int call = client.call(port, "GET / HTTP/1.1\r\n\r\n");
//   server.settle();
//   client.reply(call)->status == 200;
//
// Inside a container the program has a network of its own: launch makes the sockets there, and hands
// them out unconnected.
//
// Not thread-safe: Program::settle moves it along. It has to outlive the Program.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "grader/network/connection.hpp"
#include "grader/network/tcp.hpp"

struct HttpReply {
    int status = 0;
    std::string head, body;
};

class Client {
  public:
    explicit Client(int most_calls = 32) : most_calls_(most_calls) {}
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Connects to the program's port and sends these bytes. The call's number, from 0. Throws
    // std::logic_error where no socket is left, std::system_error where it cannot connect.
    int call(int port, const std::string& bytes);
    void send(int call, const std::string& bytes);  // further ones
    void hang_up(int call);

    // Whole ones alone: by their length, or to the end of the connection.
    std::optional<HttpReply> reply(int call) const;
    const std::string& received(int call) const { return calls_.at(static_cast<std::size_t>(call)).line.in; }
    bool is_over(int call) const { return calls_.at(static_cast<std::size_t>(call)).over; }  // no more will come

    bool awaits_replies() const;  // of any call that is not over

    // What Program needs of it.
    int most_calls() const { return most_calls_; }
    void take(int socket) { unused_.push_back(socket); }  // over, unconnected
    bool pump();                                          // sends and takes in what it can; true where anything moved
    std::vector<int> descriptors() const;                 // to poll for input
    bool in_transit(pid_t inside);                        // as World's

  private:
    struct Call {
        Connection line;
        int port = 0;  // our own
        bool over = false;
    };
    bool read_some(Call& call);

    int most_calls_;
    std::vector<int> unused_;
    std::vector<Call> calls_;
    TcpRest rest_;
};
