// Condition variables, semaphores and barriers, as they are played.
#include <semaphore.h>

#include <algorithm>
#include <cerrno>
#include <unordered_map>
#include <vector>

#include "grader/explore/runtime/played.hpp"

using namespace explore;

namespace {

struct Condition {
    std::vector<int> waiting;
};
struct Barrier {
    unsigned all = 0, here = 0, round = 0;
};
std::unordered_map<std::uint64_t, Condition> conditions __attribute__((init_priority(102)));
std::unordered_map<std::uint64_t, Barrier> barriers __attribute__((init_priority(102)));

int wait(pthread_cond_t* condition, pthread_mutex_t* mutex, std::int64_t deadline, Place place) {
    if (!is_played()) return 0;
    const std::uint64_t object = object_of(condition), its_mutex = object_of(mutex);
    const int own = self();
    come_to({What::waits, object, place});
    const int depth = mutex_at(its_mutex).depth;
    mutex_at(its_mutex) = {};
    conditions[object].waiting.push_back(own);
    note(What::waits, object, place, true).after = its_mutex;
    note_also(its_mutex);
    const auto woken = [=] {
        const std::vector<int>& waiting = conditions[object].waiting;
        return std::find(waiting.begin(), waiting.end(), own) == waiting.end() && mutex_at(its_mutex).owner < 0;
    };
    bool in_time = come_to({What::wakes_up, object, place, woken, deadline});
    if (!in_time) {
        std::erase(conditions[object].waiting, own);
        note(What::gives_up, object, place, true);
        come_to({What::wakes_up, object, place, [=] { return mutex_at(its_mutex).owner < 0; }});
    }
    mutex_at(its_mutex) = {own, depth};
    note(What::wakes_up, object, place, true).after = its_mutex;
    note_also(its_mutex);
    return in_time ? 0 : ETIMEDOUT;
}

int notify(pthread_cond_t* condition, bool all, Place place) {
    if (!is_played()) return 0;
    const std::uint64_t object = object_of(condition);
    come_to({all ? What::notifies_all : What::notifies_one, object, place});
    std::vector<int>& waiting = conditions[object].waiting;
    Event& event = note(all ? What::notifies_all : What::notifies_one, object, place, true);
    if (waiting.empty()) return 0;
    if (all) {
        event.other = static_cast<std::int16_t>(waiting.front());
        waiting.clear();
        return 0;
    }
    const int woken = choose_waiter(waiting);
    event.other = static_cast<std::int16_t>(woken);
    std::erase(waiting, woken);
    return 0;
}

int take(sem_t* semaphore, bool tries, std::int64_t deadline, Place place) {
    const std::uint64_t object = object_of(semaphore);
    auto* count = reinterpret_cast<std::uint64_t*>(semaphore);
    const auto has_some = [count] { return (*count & 0xffffffff) > 0; };
    Step step{What::takes, object, place, has_some, deadline};
    if (tries) step.possible = nullptr;
    if (!come_to(step) || !has_some()) {
        note(What::gives_up, object, place, false);
        if (tries) saw_nothing_new();
        errno = tries ? EAGAIN : ETIMEDOUT;
        return -1;
    }
    --*count;
    note(What::takes, object, place, true);
    return 0;
}

}  // namespace

extern "C" {

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
    return wait(condition, mutex, never, PLACE);
}
int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
    return wait(condition, mutex, deadline_of(until), PLACE);
}
int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t, const timespec* until) {
    return wait(condition, mutex, deadline_of(until), PLACE);
}
int pthread_cond_signal(pthread_cond_t* condition) noexcept {
    return notify(condition, false, PLACE);
}
int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
    return notify(condition, true, PLACE);
}
int pthread_cond_destroy(pthread_cond_t* condition) noexcept {
    conditions.erase(object_of(condition));
    return 0;
}

int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t*, unsigned all) noexcept {
    barriers[object_of(barrier)] = {all, 0, 0};
    return 0;
}
int pthread_barrier_wait(pthread_barrier_t* barrier) noexcept {
    const std::uint64_t object = object_of(barrier);
    come_to({What::arrives, object, PLACE});
    note(What::arrives, object, PLACE, true);
    Barrier& one = barriers[object];
    if (++one.here == one.all) {
        one.here = 0;
        ++one.round;
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    const unsigned round = one.round;
    come_to({What::wakes_up, object, PLACE, [=] { return barriers[object].round != round; }});
    note(What::wakes_up, object, PLACE, false);
    return 0;
}
int pthread_barrier_destroy(pthread_barrier_t*) noexcept {
    return 0;
}

int sem_wait(sem_t* semaphore) {
    return take(semaphore, false, never, PLACE);
}
int sem_trywait(sem_t* semaphore) noexcept {
    return take(semaphore, true, never, PLACE);
}
int sem_timedwait(sem_t* semaphore, const timespec* until) {
    return take(semaphore, false, deadline_of(until), PLACE);
}
int sem_clockwait(sem_t* semaphore, clockid_t, const timespec* until) {
    return take(semaphore, false, deadline_of(until), PLACE);
}
int sem_post(sem_t* semaphore) noexcept {
    if (is_played()) come_to({What::posts, object_of(semaphore), PLACE});
    ++*reinterpret_cast<std::uint64_t*>(semaphore);
    if (is_played()) note(What::posts, object_of(semaphore), PLACE, true);
    return 0;
}
}
