// futex(2) as the standard library calls it, for atomic waits, semaphores and futures.
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "grader/explore/runtime/played.hpp"

using namespace explore;

namespace {

// futex(2) as the standard library uses it.
struct Parked {
    std::uint64_t word;
    int who;
    unsigned bits;
};
std::vector<Parked> parked __attribute__((init_priority(102)));

long futex(std::uint32_t* word, int operation, std::uint32_t value, const timespec* timeout, unsigned bits,
           Place place) {
    const std::uint64_t object = object_of(word);
    const int command = operation & FUTEX_CMD_MASK;
    const int own = self();
    if (command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET) {
        std::int64_t deadline = never;
        if (timeout) deadline = command == FUTEX_WAIT ? now() + nanoseconds(timeout) : deadline_of(timeout);
        come_to({What::parks, object, place});
        if (__atomic_load_n(word, __ATOMIC_SEQ_CST) != value) {
            note(What::parks, object, place, false).other = -2;
            errno = EAGAIN;
            return -1;
        }
        parked.push_back({object, own, command == FUTEX_WAIT ? ~0u : bits});
        note(What::parks, object, place, true);
        const auto is_parked = [own](const Parked& one) { return one.who == own; };
        const auto woken = [=] { return std::none_of(parked.begin(), parked.end(), is_parked); };
        if (come_to({What::wakes_up, object, place, woken, deadline})) {
            note(What::wakes_up, object, place, true);
            return 0;
        }
        std::erase_if(parked, is_parked);
        note(What::gives_up, object, place, true);
        errno = ETIMEDOUT;
        return -1;
    }
    if (command == FUTEX_WAKE || command == FUTEX_WAKE_BITSET) {
        come_to({What::unparks, object, place});
        Event& event = note(What::unparks, object, place, true);
        const unsigned which = command == FUTEX_WAKE ? ~0u : bits;
        long count = 0;
        for (; count < static_cast<long>(value); ++count) {
            std::vector<int> waiting;
            for (const Parked& one : parked)
                if (one.word == object && (one.bits & which) != 0) waiting.push_back(one.who);
            if (waiting.empty()) break;
            const bool all = waiting.size() <= value - static_cast<std::size_t>(count);
            const int woken = all ? waiting.front() : choose_waiter(waiting);
            event.other = static_cast<std::int16_t>(woken);
            std::erase_if(parked, [woken](const Parked& one) { return one.who == woken; });
        }
        return count;
    }
    errno = ENOSYS;
    return -1;
}

}  // namespace

extern "C" {

long syscall(long number, ...) noexcept {
    va_list list;
    va_start(list, number);
    long argument[6];
    for (long& one : argument) one = va_arg(list, long);
    va_end(list);
    if (is_played() && number == SYS_futex)
        return futex(reinterpret_cast<std::uint32_t*>(argument[0]), static_cast<int>(argument[1]),
                     static_cast<std::uint32_t>(argument[2]), reinterpret_cast<const timespec*>(argument[3]),
                     static_cast<unsigned>(argument[5]), PLACE);
    static auto* const really = real(&syscall, "syscall");
    return really(number, argument[0], argument[1], argument[2], argument[3], argument[4], argument[5]);
}
}
