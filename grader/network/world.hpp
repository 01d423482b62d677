// The network of the program under test: a web server of the grader's own, which holds every
// request until the criterion answers it, in any order and in any way that a server can, good or
// bad: whole, byte by byte, cut off in the middle, nonsense, or not at all.
//
//   World world;
//   Program ping{executable, {world.url("/a"), world.url("/b")}, {.world = &world}};
//   ping.settle();                            // until nothing happens without the grader
//   world.in_flight().size() == 2;            // both have asked, neither was answered
//   world.answer(world.in_flight()[1], 404);  // the second one first
//   ping.settle();
//
// A request is in flight from when its head and body have come until before the first byte of its
// answer leaves. Inside a container the server's port is open in the program's own network, where
// there is nothing else.
//
// Not thread-safe: Program::settle moves it along. It has to outlive the Program.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "grader/network/connection.hpp"
#include "grader/network/tcp.hpp"  // owners_of, too: whose the connections are that a criterion sees

struct HttpRequest {
    int id = 0;                            // counts from 1, in the order in which they came
    std::string method, path, head, body;  // path: with its query; head: all lines
};

// What a program says to its server. Of one that speaks in lines, each line is a request, without its end the body of
// one; its connection stays open behind the answer, and the next line is taken then.
enum class Speech { http, lines };

class World {
  public:
    explicit World(Speech speech = Speech::http);  // throws std::system_error where no port is to be had
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    int port() const { return port_; }
    std::string url(const std::string& path) const;

    const std::vector<HttpRequest>& requests() const { return requests_; }  // all that ever came
    std::vector<HttpRequest> in_flight() const;
    std::size_t most_in_flight() const { return most_in_flight_; }  // at any moment so far
    std::size_t connections() const { return accepted_; }           // ever made

    // A whole answer, and the end of the connection. An empty reason: the registered one.
    void answer(const HttpRequest& request, int status, const std::string& body = "", const std::string& reason = "");

    // Pieces of an answer: whatever bytes, and how it ends. Nothing happens where the client hung up.
    void send(const HttpRequest& request, const std::string& bytes);
    void finish(const HttpRequest& request);  // ends the connection once all has been sent
    void reset(const HttpRequest& request);   // breaks it off at once

    // False once the program has closed the connection that the request came by.
    bool is_connected(const HttpRequest& request) const;

    // The port of the client's end of the connection that the request came by; 0 where it is gone.
    int client_port(const HttpRequest& request) const;

    // From now on every request, those in flight too, is passed to `server` as soon as it comes.
    using Server = std::function<void(World&, const HttpRequest&)>;
    void serve(Server server);

    // What Program needs of it.
    int listener() const { return listener_; }
    void listen_at(int listener);  // takes it over, in place of its own
    bool pump();                   // takes in and sends what it can; true where anything moved
    std::vector<int> descriptors() const;

    // True where bytes are on their way between the program and this server: sent by one, and not
    // yet at the other. `inside`: a process that sees the same network as the program.
    bool in_transit(pid_t inside);

  private:
    struct Visit {
        explicit Visit(int socket) : line(socket) {}
        Connection line;
        int request = 0;           // the one that has come by it last
        bool held = false;         // and is in flight
        bool finishing = false;    // nothing is sent after what waits to be sent
        bool client_done = false;  // has closed its end
    };
    bool accept_all();
    bool read_some(Visit& visit);
    bool write_some(Visit& visit);
    void take_request(Visit& visit);
    bool take_http(Visit& visit, HttpRequest& request);  // false: it is not whole
    static bool take_line(Visit& visit, HttpRequest& request);
    std::map<int, Visit>::iterator by_request(int id);

    const Speech speech_;
    int listener_ = -1, port_ = 0;
    std::size_t accepted_ = 0, most_in_flight_ = 0;
    std::map<int, Visit> visits_;  // by descriptor
    std::vector<HttpRequest> requests_;
    Server server_;
    TcpRest rest_;
};
