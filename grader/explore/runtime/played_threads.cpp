// Threads and time, as they are played: time goes on where nobody can go on without it.
#include <limits.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <unordered_map>

#include "grader/explore/runtime/played.hpp"

using namespace explore;

namespace {

std::unordered_map<std::uint64_t, int> numbers __attribute__((init_priority(102)));  // by pthread_t

// pthread_create's argument, on its way to the new thread.
struct Beginning {
    void* (*function)(void*);
    void* argument;
    int number;
};

pthread_key_t last_of_all;

// Behind the destructors of the thread's own variables and keys: those are steps of it, too.
void at_end(void* rounds) {
    const auto round = reinterpret_cast<std::uintptr_t>(rounds);
    if (round < PTHREAD_DESTRUCTOR_ITERATIONS) pthread_setspecific(last_of_all, reinterpret_cast<void*>(round + 1));
    else end_of_thread();
}

void* begin(void* given) {
    const Beginning beginning = *static_cast<Beginning*>(given);
    delete static_cast<Beginning*>(given);
    watch_for_end();
    begins_as(beginning.number);
    return beginning.function(beginning.argument);
}

int join(pthread_t joined, bool tries, Place place) {
    const int number = numbers.at(joined);
    const auto has_ended = [=] { return thread(number).ended; };
    Step step{What::joins, static_cast<std::uint64_t>(number), place, has_ended};
    if (tries) step.possible = nullptr;
    come_to(step);
    if (!has_ended()) {
        note(What::gives_up, static_cast<std::uint64_t>(number), place, false);
        return EBUSY;
    }
    note(What::joins, static_cast<std::uint64_t>(number), place, true).other = static_cast<std::int16_t>(number);
    return 0;
}

int give_way(Place place) {
    come_to({What::yields, 0, place});
    note(What::yields, 0, place, false);
    return 0;
}

// Where several wake up at the same time, any of them may be the first.
int pause_for(std::int64_t duration, Place place) {
    if (duration <= 0) return give_way(place);
    const auto own = static_cast<std::uint64_t>(self());
    const std::int64_t end = now() + duration;
    come_to({What::sleeps, own, place, [end] { return now() >= end; }, end});
    note(What::sleeps, own, place, true);
    return 0;
}

__attribute__((constructor(102))) void make_key() {
    pthread_key_create(&last_of_all, at_end);
}

}  // namespace

void explore::watch_for_end() {
    pthread_setspecific(last_of_all, reinterpret_cast<void*>(std::uintptr_t{1}));
}

extern "C" {

int pthread_create(pthread_t* made, const pthread_attr_t* attributes, void* (*function)(void*),
                   void* argument) noexcept {
    static auto* const create = real(&pthread_create, "pthread_create");
    if (!is_played()) return create(made, attributes, function, argument);
    come_to({What::creates, 0, PLACE});
    const int number = new_thread();
    const int error = create(made, attributes, begin, new Beginning{function, argument, number});
    if (error != 0) stop(End::too_long);
    numbers[*made] = number;
    wait_until_parked(number);
    note(What::creates, 0, PLACE, false).other = static_cast<std::int16_t>(number);
    return 0;
}
int pthread_join(pthread_t joined, void** result) {
    static auto* const really_join = real(&pthread_join, "pthread_join");
    if (is_played()) join(joined, false, PLACE);
    return really_join(joined, result);
}
int pthread_tryjoin_np(pthread_t joined, void** result) noexcept {
    static auto* const really_join = real(&pthread_join, "pthread_join");
    if (const int error = join(joined, true, PLACE)) return error;
    return really_join(joined, result);
}

int sched_yield() noexcept {
    return is_played() ? give_way(PLACE) : 0;
}

int nanosleep(const timespec* duration, timespec*) {
    return pause_for(nanoseconds(duration), PLACE);
}
int clock_nanosleep(clockid_t, int flags, const timespec* time, timespec*) {
    return pause_for((flags & TIMER_ABSTIME) != 0 ? deadline_of(time) - now() : nanoseconds(time), PLACE);
}
int usleep(useconds_t microseconds) {
    return pause_for(std::int64_t{microseconds} * 1000, PLACE);
}
unsigned sleep(unsigned seconds) {
    return static_cast<unsigned>(pause_for(seconds * a_second, PLACE));
}
// Who looks at the clock again and again waits for it to go on.
int clock_gettime(clockid_t, timespec* time) noexcept {
    if (is_played()) let_time_pass(1'000'000);
    const std::int64_t shown = epoch + (is_played() ? now() : 0);
    *time = {shown / a_second, shown % a_second};
    return 0;
}
}
