// Descriptors as threads of one program use them among themselves, and what they print: a pipe, an eventfd, a pair of
// sockets. What the kernel keeps stays the kernel's; only nobody waits in it.
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "grader/explore/runtime/played.hpp"

using namespace explore;

namespace {

std::vector<ino_t> files __attribute__((init_priority(102)));  // that were used, in this order

// Both ends of a pipe are one file; of sockets nobody says which two belong together, so all are one object.
std::uint64_t object_behind(int descriptor) {
    constexpr std::uint64_t sockets = 2'000;  // less than any address
    struct stat status = {};
    if (fstat(descriptor, &status) != 0 || S_ISSOCK(status.st_mode)) return sockets;
    const auto known = std::find(files.begin(), files.end(), status.st_ino);
    const auto number = static_cast<std::uint64_t>(known - files.begin());
    if (known == files.end()) files.push_back(status.st_ino);
    return sockets + 1 + number % 1'000;
}

int look(pollfd* all, nfds_t count) {
    static auto* const really = real(&poll, "poll");
    return really(all, count, 0);
}

bool is_ready(int descriptor, short for_what) {
    pollfd one{descriptor, for_what, 0};
    return look(&one, 1) != 0;
}

bool waits_for_others(int descriptor) {
    return (fcntl(descriptor, F_GETFL) & O_NONBLOCK) == 0;
}

// A call that may wait until the descriptor is ready, and then really takes place.
template <class Call>
ssize_t transfer(What what, int descriptor, bool waits, Place place, Call call) {
    if (!is_played()) return call();
    const std::uint64_t object = object_behind(descriptor);
    const short ready = what == What::reads ? POLLIN : POLLOUT;
    Step step{what, object, place};
    if (waits && waits_for_others(descriptor)) step.possible = [=] { return is_ready(descriptor, ready); };
    come_to(step);
    const ssize_t done = call();
    const int error = errno;
    note(what, object, place, done >= 0).after = static_cast<std::uint64_t>(done);
    if (done < 0 && error == EAGAIN) saw_nothing_new();
    errno = error;
    return done;
}

std::int64_t deadline_after(const timespec* timeout) {
    return timeout ? now() + nanoseconds(timeout) : never;
}

// `looks`: how many are ready now; it may be asked again and again.
template <class Looks>
int wait_for(std::uint64_t object, Looks looks, std::int64_t deadline, Place place) {
    Step step{What::polls, object, place, [=] { return looks() != 0; }, deadline};
    if (deadline <= now()) step = {What::polls, object, place};
    come_to(step);
    const int ready = looks();
    note(What::polls, object, place, ready != 0);
    if (ready == 0) saw_nothing_new();
    return ready;
}

int poll_until(pollfd* all, nfds_t count, std::int64_t deadline, Place place) {
    const std::uint64_t object = count == 0 ? 0 : object_behind(all[0].fd);
    return wait_for(
        object, [=] { return look(all, count); }, deadline, place);
}

// select forgets what it was asked about, so it is asked with copies until the last look.
int select_until(int count, fd_set* read, fd_set* write, fd_set* broken, std::int64_t deadline, Place place) {
    static auto* const really = real(&select, "select");
    const auto looks = [=] {
        fd_set in{}, out{}, bad{};
        if (read) in = *read;
        if (write) out = *write;
        if (broken) bad = *broken;
        timeval none{};
        return really(count, read ? &in : nullptr, write ? &out : nullptr, broken ? &bad : nullptr, &none);
    };
    wait_for(object_behind(count - 1), looks, deadline, place);
    timeval none{};
    return really(count, read, write, broken, &none);
}

int epoll_until(int epoll, epoll_event* events, int most, int milliseconds, Place place) {
    static auto* const really = real(&epoll_wait, "epoll_wait");
    const std::int64_t deadline = milliseconds < 0 ? never : now() + std::int64_t{milliseconds} * 1'000'000;
    wait_for(
        object_behind(epoll), [=] { return is_ready(epoll, POLLIN) ? 1 : 0; }, deadline, place);
    return really(epoll, events, most, 0);
}

}  // namespace

#define REALLY(name) static auto* const really = real(&name, #name)

extern "C" {

ssize_t read(int descriptor, void* bytes, size_t size) {
    REALLY(read);
    return transfer(What::reads, descriptor, true, PLACE, [=] { return really(descriptor, bytes, size); });
}
ssize_t readv(int descriptor, const iovec* parts, int count) {
    REALLY(readv);
    return transfer(What::reads, descriptor, true, PLACE, [=] { return really(descriptor, parts, count); });
}
ssize_t recv(int descriptor, void* bytes, size_t size, int flags) {
    REALLY(recv);
    return transfer(What::reads, descriptor, (flags & MSG_DONTWAIT) == 0, PLACE,
                    [=] { return really(descriptor, bytes, size, flags); });
}
ssize_t recvmsg(int descriptor, msghdr* message, int flags) {
    REALLY(recvmsg);
    return transfer(What::reads, descriptor, (flags & MSG_DONTWAIT) == 0, PLACE,
                    [=] { return really(descriptor, message, flags); });
}
ssize_t write(int descriptor, const void* bytes, size_t size) {
    REALLY(write);
    return transfer(What::writes, descriptor, true, PLACE, [=] { return really(descriptor, bytes, size); });
}
ssize_t writev(int descriptor, const iovec* parts, int count) {
    REALLY(writev);
    return transfer(What::writes, descriptor, true, PLACE, [=] { return really(descriptor, parts, count); });
}
ssize_t send(int descriptor, const void* bytes, size_t size, int flags) {
    REALLY(send);
    return transfer(What::writes, descriptor, (flags & MSG_DONTWAIT) == 0, PLACE,
                    [=] { return really(descriptor, bytes, size, flags); });
}
ssize_t sendmsg(int descriptor, const msghdr* message, int flags) {
    REALLY(sendmsg);
    return transfer(What::writes, descriptor, (flags & MSG_DONTWAIT) == 0, PLACE,
                    [=] { return really(descriptor, message, flags); });
}
// Whoever reads at the other end comes to the end of file.
int close(int descriptor) {
    REALLY(close);
    struct stat status = {};
    const bool others_see = is_played() && fstat(descriptor, &status) == 0 && !S_ISREG(status.st_mode);
    if (!others_see) return really(descriptor);
    return static_cast<int>(
        transfer(What::closes, descriptor, false, PLACE, [=] { return static_cast<ssize_t>(really(descriptor)); }));
}

int poll(pollfd* all, nfds_t count, int milliseconds) {
    REALLY(poll);
    if (!is_played()) return really(all, count, milliseconds);
    return poll_until(all, count, milliseconds < 0 ? never : now() + std::int64_t{milliseconds} * 1'000'000, PLACE);
}
int ppoll(pollfd* all, nfds_t count, const timespec* timeout, const sigset_t*) {
    return poll_until(all, count, deadline_after(timeout), PLACE);
}
int select(int count, fd_set* read, fd_set* write, fd_set* broken, timeval* timeout) {
    const timespec time = timeout ? timespec{timeout->tv_sec, timeout->tv_usec * 1000} : timespec{};
    return select_until(count, read, write, broken, deadline_after(timeout ? &time : nullptr), PLACE);
}
int pselect(int count, fd_set* read, fd_set* write, fd_set* broken, const timespec* timeout, const sigset_t*) {
    return select_until(count, read, write, broken, deadline_after(timeout), PLACE);
}
int epoll_wait(int epoll, epoll_event* events, int most, int milliseconds) {
    return epoll_until(epoll, events, most, milliseconds, PLACE);
}
int epoll_pwait(int epoll, epoll_event* events, int most, int milliseconds, const sigset_t*) {
    return epoll_until(epoll, events, most, milliseconds, PLACE);
}
}
