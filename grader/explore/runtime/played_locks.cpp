// Locks of all kinds, as they are played: whose each one is is known here, and nobody waits in the kernel.
#include <cerrno>
#include <unordered_map>

#include "grader/explore/runtime/played.hpp"

using namespace explore;

namespace {

struct Lock {  // of many readers or one writer
    int writer = -1, readers = 0;
};
std::unordered_map<std::uint64_t, Mutex> mutexes __attribute__((init_priority(102)));
std::unordered_map<std::uint64_t, Lock> locks __attribute__((init_priority(102)));

bool is_recursive(const pthread_mutex_t* mutex) {
    return (mutex->__data.__kind & 127) == PTHREAD_MUTEX_RECURSIVE_NP;
}

bool is_free(std::uint64_t mutex, bool recursive, int who) {
    const Mutex& one = mutex_at(mutex);
    return one.owner < 0 || (recursive && one.owner == who);
}

int lock(pthread_mutex_t* mutex, std::int64_t deadline, Place place) {
    if (!is_played()) return 0;
    const std::uint64_t object = object_of(mutex);
    const bool recursive = is_recursive(mutex);
    const int own = self();
    if ((mutex->__data.__kind & 127) == PTHREAD_MUTEX_ERRORCHECK_NP && mutexes[object].owner == own) return EDEADLK;
    if (!come_to({What::locks, object, place, [=] { return is_free(object, recursive, own); }, deadline})) {
        note(What::gives_up, object, place, false);
        return ETIMEDOUT;
    }
    Mutex& one = mutex_at(object);
    one.owner = own;
    ++one.depth;
    note(What::locks, object, place, true);
    return 0;
}

int try_lock(pthread_mutex_t* mutex, Place place) {
    if (!is_played()) return 0;
    const std::uint64_t object = object_of(mutex);
    come_to({What::locks, object, place});
    if (!is_free(object, is_recursive(mutex), self())) {
        note(What::fails_to_lock, object, place, false);
        saw_nothing_new();
        return EBUSY;
    }
    Mutex& one = mutex_at(object);
    one.owner = self();
    ++one.depth;
    note(What::locks, object, place, true);
    return 0;
}

int unlock(pthread_mutex_t* mutex, Place place) {
    if (!is_played()) return 0;
    const std::uint64_t object = object_of(mutex);
    come_to({What::unlocks, object, place});
    Mutex& one = mutex_at(object);
    note(What::unlocks, object, place, true);
    if (one.owner != self()) return EPERM;
    if (--one.depth == 0) one.owner = -1;
    return 0;
}

enum class Use { reading, writing };

bool is_free_for(Use use, const Lock& lock) {
    return lock.writer < 0 && (use == Use::reading || lock.readers == 0);
}

void give_to_self(Lock& lock, Use use) {
    if (use == Use::writing) lock.writer = self();
    else ++lock.readers;
}

template <class Any>
int lock_for(Any* one, Use use, std::int64_t deadline, Place place) {
    if (!is_played()) return 0;
    const std::uint64_t object = object_of(one);
    if (!come_to({What::locks, object, place, [=] { return is_free_for(use, locks[object]); }, deadline})) {
        note(What::gives_up, object, place, false);
        return ETIMEDOUT;
    }
    give_to_self(locks[object], use);
    note(What::locks, object, place, true);
    return 0;
}

template <class Any>
int try_lock_for(Any* one, Use use, Place place) {
    if (!is_played()) return 0;
    const std::uint64_t object = object_of(one);
    come_to({What::locks, object, place});
    const bool free = is_free_for(use, locks[object]);
    note(free ? What::locks : What::fails_to_lock, object, place, free);
    if (free) give_to_self(locks[object], use);
    else saw_nothing_new();
    return free ? 0 : EBUSY;
}

}  // namespace

namespace explore {

Mutex& mutex_at(std::uint64_t object) {
    return mutexes[object];
}

}  // namespace explore

extern "C" {

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
    return lock(mutex, never, PLACE);
}
int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept {
    return try_lock(mutex, PLACE);
}
int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* until) noexcept {
    return lock(mutex, deadline_of(until), PLACE);
}
int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t, const timespec* until) noexcept {
    return lock(mutex, deadline_of(until), PLACE);
}
int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
    return unlock(mutex, PLACE);
}
int pthread_mutex_destroy(pthread_mutex_t* mutex) noexcept {
    mutexes.erase(object_of(mutex));
    return 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t* one) noexcept {
    return lock_for(one, Use::reading, never, PLACE);
}
int pthread_rwlock_timedrdlock(pthread_rwlock_t* one, const timespec* until) noexcept {
    return lock_for(one, Use::reading, deadline_of(until), PLACE);
}
int pthread_rwlock_clockrdlock(pthread_rwlock_t* one, clockid_t, const timespec* until) noexcept {
    return lock_for(one, Use::reading, deadline_of(until), PLACE);
}
int pthread_rwlock_wrlock(pthread_rwlock_t* one) noexcept {
    return lock_for(one, Use::writing, never, PLACE);
}
int pthread_rwlock_timedwrlock(pthread_rwlock_t* one, const timespec* until) noexcept {
    return lock_for(one, Use::writing, deadline_of(until), PLACE);
}
int pthread_rwlock_clockwrlock(pthread_rwlock_t* one, clockid_t, const timespec* until) noexcept {
    return lock_for(one, Use::writing, deadline_of(until), PLACE);
}
int pthread_rwlock_tryrdlock(pthread_rwlock_t* one) noexcept {
    return try_lock_for(one, Use::reading, PLACE);
}
int pthread_rwlock_trywrlock(pthread_rwlock_t* one) noexcept {
    return try_lock_for(one, Use::writing, PLACE);
}
int pthread_rwlock_unlock(pthread_rwlock_t* one) noexcept {
    if (!is_played()) return 0;
    come_to({What::unlocks, object_of(one), PLACE});
    Lock& lock = locks[object_of(one)];
    if (lock.writer == self()) lock.writer = -1;
    else --lock.readers;
    note(What::unlocks, object_of(one), PLACE, true);
    return 0;
}

// One that spins is played as one that sleeps: nobody can tell the difference.
int pthread_spin_lock(pthread_spinlock_t* one) noexcept {
    return lock_for(one, Use::writing, never, PLACE);
}
int pthread_spin_trylock(pthread_spinlock_t* one) noexcept {
    return try_lock_for(one, Use::writing, PLACE);
}
int pthread_spin_unlock(pthread_spinlock_t* one) noexcept {
    if (!is_played()) return 0;
    come_to({What::unlocks, object_of(one), PLACE});
    locks[object_of(one)].writer = -1;
    note(What::unlocks, object_of(one), PLACE, true);
    return 0;
}

// What was done is told by the control word itself, as by the library's: another object may be at its place later.
int pthread_once(pthread_once_t* control, void (*function)()) {
    if (!is_played()) {
        static auto* const really_once = real(&pthread_once, "pthread_once");
        return really_once(control, function);
    }
    constexpr int to_do = 0, at_work = 1, done = 2;
    const std::uint64_t object = object_of(control);
    come_to({What::locks, object, PLACE, [=] { return *control != at_work; }});
    if (*control == done) {
        note(What::loads, object, PLACE, false);
        return 0;
    }
    *control = at_work;
    note(What::locks, object, PLACE, true);
    struct Guard {
        pthread_once_t* control;
        int state = to_do;
        ~Guard() { *control = state; }
    } guard{control};
    function();
    come_to({What::unlocks, object, PLACE});
    note(What::unlocks, object, PLACE, true);
    guard.state = done;
    return 0;
}
}
