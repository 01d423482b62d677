// What can be told of a descriptor from outside is what poll tells its owner.
#include "grader/proc/readiness.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cstdint>
#include <string>

#include "bench/catch.hpp"
#include "support/descriptor.hpp"

namespace {

// By our own poll, and from outside, where the two agree; else both, for the message.
std::string told(const Descriptor& end, short events) {
    pollfd wanted{end.number(), events, 0};
    const bool ready = poll(&wanted, 1, 0) > 0;
    const bool outside = is_ready_from_outside(getpid(), {end.number(), events, 0});
    if (ready == outside) return ready ? "ready" : "not ready";
    return std::string(ready ? "ready" : "not ready") + ", but from outside " + (outside ? "ready" : "not ready");
}

struct Ends {
    Descriptor one, other;
};

Ends pipe_ends() {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Ends socket_pair(int type) {
    int ends[2];
    REQUIRE(socketpair(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void fill(const Descriptor& end) {
    const std::string bytes(4096, 'x');
    while (write(end.number(), bytes.data(), bytes.size()) > 0) {
    }
}

sockaddr_in loopback() {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return name;
}

struct Connection {
    Descriptor listener{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    Descriptor client{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    Descriptor server;

    void listen_for_it() {
        sockaddr_in name = loopback();
        REQUIRE(bind(listener.number(), reinterpret_cast<sockaddr*>(&name), sizeof name) == 0);
        REQUIRE(listen(listener.number(), 4) == 0);
    }
    void connect_to_it() {
        sockaddr_in name{};
        socklen_t size = sizeof name;
        getsockname(listener.number(), reinterpret_cast<sockaddr*>(&name), &size);
        REQUIRE(connect(client.number(), reinterpret_cast<sockaddr*>(&name), sizeof name) == 0);
    }
    void accept_it() {
        server = Descriptor(accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC));
        for (const Descriptor* end : {&client, &server}) fcntl(end->number(), F_SETFL, O_NONBLOCK);
    }
};

}  // namespace

TEST_CASE("a pipe is told from outside: empty, with bytes, full, at its end") {
    Ends pipe = pipe_ends();
    CHECK(told(pipe.one, POLLIN) == "not ready");
    CHECK(told(pipe.other, POLLOUT) == "ready");
    REQUIRE(write(pipe.other.number(), "x", 1) == 1);
    CHECK(told(pipe.one, POLLIN) == "ready");
    fill(pipe.other);
    CHECK(told(pipe.other, POLLOUT) == "not ready");
    char byte;
    for (pipe.other.close(); read(pipe.one.number(), &byte, 1) > 0;) {
    }
    CHECK(told(pipe.one, POLLIN) == "ready");
    Ends broken = pipe_ends();
    broken.one.close();
    CHECK(told(broken.other, POLLOUT) == "ready");
}

TEST_CASE("a socket pair is told from outside: empty, with bytes, full, at its end") {
    for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET}) {
        CAPTURE(type);
        Ends pair = socket_pair(type);
        CHECK(told(pair.one, POLLIN) == "not ready");
        CHECK(told(pair.one, POLLOUT) == "ready");
        REQUIRE(write(pair.other.number(), "x", 1) == 1);
        CHECK(told(pair.one, POLLIN) == "ready");
        if (type == SOCK_STREAM) {
            fill(pair.other);
            CHECK(told(pair.other, POLLOUT) == "not ready");
        }
        char bytes[4096];
        while (read(pair.one.number(), bytes, sizeof bytes) > 0) {
        }
        if (type == SOCK_DGRAM) continue;  // has no end
        shutdown(pair.other.number(), SHUT_WR);
        CHECK(told(pair.one, POLLIN) == "ready");
        pair.other.close();
        CHECK(told(pair.one, POLLIN) == "ready");
    }
}

TEST_CASE("a connection is told from outside, from nobody's to its end") {
    Connection tcp;
    CHECK(told(tcp.client, POLLOUT) == "ready");  // connected to nobody: an error at once
    tcp.listen_for_it();
    CHECK(told(tcp.listener, POLLIN) == "not ready");
    tcp.connect_to_it();
    CHECK(told(tcp.listener, POLLIN) == "ready");
    tcp.accept_it();
    CHECK(told(tcp.client, POLLIN) == "not ready");
    CHECK(told(tcp.client, POLLOUT) == "ready");
    REQUIRE(write(tcp.server.number(), "x", 1) == 1);
    CHECK(told(tcp.client, POLLIN) == "ready");
    fill(tcp.client);
    CHECK(told(tcp.client, POLLOUT) == "not ready");
    char byte;
    REQUIRE(read(tcp.client.number(), &byte, 1) == 1);
    shutdown(tcp.server.number(), SHUT_WR);
    CHECK(told(tcp.client, POLLIN) == "ready");
}

TEST_CASE("a datagram is told from outside") {
    const Descriptor end(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    CHECK(told(end, POLLIN) == "not ready");
    sockaddr_in name = loopback();
    socklen_t size = sizeof name;
    REQUIRE(bind(end.number(), reinterpret_cast<sockaddr*>(&name), size) == 0);
    getsockname(end.number(), reinterpret_cast<sockaddr*>(&name), &size);
    CHECK(told(end, POLLIN) == "not ready");
    REQUIRE(sendto(end.number(), "x", 1, 0, reinterpret_cast<sockaddr*>(&name), size) == 1);
    CHECK(told(end, POLLIN) == "ready");
    CHECK(told(end, POLLOUT) == "ready");
}

TEST_CASE("an eventfd, a timerfd, a signalfd and a pidfd are told from outside") {
    const std::uint64_t one = 1;
    const Descriptor event(eventfd(0, EFD_CLOEXEC));
    CHECK(told(event, POLLIN) == "not ready");
    REQUIRE(write(event.number(), &one, sizeof one) == sizeof one);
    CHECK(told(event, POLLIN) == "ready");

    const Descriptor timer(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
    CHECK(told(timer, POLLIN) == "not ready");
    const itimerspec at_once{{0, 0}, {0, 1}};
    timerfd_settime(timer.number(), 0, &at_once, nullptr);
    pollfd expired{timer.number(), POLLIN, 0};
    REQUIRE(poll(&expired, 1, -1) == 1);
    CHECK(told(timer, POLLIN) == "ready");

    sigset_t set, before;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, &before);
    const Descriptor signals(signalfd(-1, &set, SFD_CLOEXEC));
    CHECK(told(signals, POLLIN) == "not ready");
    kill(getpid(), SIGUSR2);
    CHECK(told(signals, POLLIN) == "ready");
    siginfo_t taken{};
    CHECK(sigwaitinfo(&set, &taken) == SIGUSR2);
    sigprocmask(SIG_SETMASK, &before, nullptr);

    const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0)));
    CHECK(told(process, POLLIN) == "not ready");
}

TEST_CASE("an epoll set is told from outside by what is in it") {
    Ends pipe = pipe_ends();
    const Descriptor set(epoll_create1(EPOLL_CLOEXEC));
    epoll_event wanted{};
    wanted.events = EPOLLIN;
    CHECK(told(set, POLLIN) == "not ready");
    REQUIRE(epoll_ctl(set.number(), EPOLL_CTL_ADD, pipe.one.number(), &wanted) == 0);
    CHECK(told(set, POLLIN) == "not ready");
    REQUIRE(write(pipe.other.number(), "x", 1) == 1);
    CHECK(told(set, POLLIN) == "ready");
}

TEST_CASE("a file is ready, and so is what is not open") {
    const Descriptor nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
    CHECK(told(nothing, POLLIN) == "ready");
    const int closed = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(closed);
    CHECK(is_ready_from_outside(getpid(), {closed, POLLIN, 0}));
}
