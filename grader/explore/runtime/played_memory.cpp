// What the compiler calls for each access (-fsanitize=thread). Plain ones are no steps: where they are shared without
// order, ThreadSanitizer's criterion says so.
#include <cstdint>
#include <cstring>

#include "grader/explore/runtime/played.hpp"

using namespace explore;

namespace {

template <class Value>
std::uint64_t number(Value value) {
    std::uint64_t result = 0;
    std::memcpy(&result, &value, sizeof value < sizeof result ? sizeof value : sizeof result);
    return result;
}

template <class Value>
Value load(const volatile Value* word, void* from) {
    if (!is_played()) return __atomic_load_n(word, __ATOMIC_SEQ_CST);
    come_to({What::loads, object_of(word), place_of(from)});
    const Value value = __atomic_load_n(word, __ATOMIC_SEQ_CST);
    note(What::loads, object_of(word), place_of(from), false).before = number(value);
    saw_nothing_new();
    return value;
}

template <class Value>
void store(volatile Value* word, Value value, void* from) {
    if (!is_played()) return __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
    come_to({What::stores, object_of(word), place_of(from)});
    Event& event = note(What::stores, object_of(word), place_of(from), true);
    event.before = number(__atomic_load_n(word, __ATOMIC_SEQ_CST));
    event.after = number(value);
    __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
}

// A read-modify-write that changes nothing is a look: a lock that is taken already is asked for so, again and again.
template <class Value, class Change>
Value change(volatile Value* word, void* from, Change change) {
    if (!is_played()) return change();
    const std::uint64_t object = object_of(word);
    come_to({What::changes, object, place_of(from)});
    const Value before = change();
    const Value after = __atomic_load_n(word, __ATOMIC_SEQ_CST);
    Event& event = note(What::changes, object, place_of(from), before != after);
    event.before = number(before);
    event.after = number(after);
    if (before == after) saw_nothing_new();
    return before;
}

template <class Value>
bool exchange_if(volatile Value* word, Value* expected, Value desired, void* from) {
    const auto exchange = [=] {
        return __atomic_compare_exchange_n(word, expected, desired, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
    };
    if (!is_played()) return exchange();
    const std::uint64_t object = object_of(word);
    come_to({What::changes, object, place_of(from)});
    const Value before = *expected;
    const bool done = exchange();
    Event& event = note(done ? What::changes : What::fails_to_change, object, place_of(from), done);
    event.before = number(done ? before : *expected);
    event.after = number(done ? desired : *expected);
    if (!done) saw_nothing_new();
    return done;
}

}  // namespace

#define FROM __builtin_return_address(0)

#define ATOMICS(bits, Value)                                                                                          \
    Value __tsan_atomic##bits##_load(const volatile Value* word, int) {                                               \
        return load(word, FROM);                                                                                      \
    }                                                                                                                 \
    void __tsan_atomic##bits##_store(volatile Value* word, Value value, int) {                                        \
        store(word, value, FROM);                                                                                     \
    }                                                                                                                 \
    Value __tsan_atomic##bits##_exchange(volatile Value* word, Value value, int) {                                    \
        return change(word, FROM, [=] { return __atomic_exchange_n(word, value, __ATOMIC_SEQ_CST); });                \
    }                                                                                                                 \
    int __tsan_atomic##bits##_compare_exchange_strong(volatile Value* word, Value* expected, Value desired, int,      \
                                                      int) {                                                          \
        return exchange_if(word, expected, desired, FROM);                                                            \
    }                                                                                                                 \
    int __tsan_atomic##bits##_compare_exchange_weak(volatile Value* word, Value* expected, Value desired, int, int) { \
        return exchange_if(word, expected, desired, FROM);                                                            \
    }                                                                                                                 \
    Value __tsan_atomic##bits##_compare_exchange_val(volatile Value* word, Value expected, Value desired, int, int) { \
        exchange_if(word, &expected, desired, FROM);                                                                  \
        return expected;                                                                                              \
    }                                                                                                                 \
    FETCH(bits, Value, add)                                                                                           \
    FETCH(bits, Value, sub)                                                                                           \
    FETCH(bits, Value, and) FETCH(bits, Value, or) FETCH(bits, Value, xor) FETCH(bits, Value, nand)

#define FETCH(bits, Value, what)                                                                         \
    Value __tsan_atomic##bits##_fetch_##what(volatile Value* word, Value value, int) {                   \
        return change(word, FROM, [=] { return __atomic_fetch_##what(word, value, __ATOMIC_SEQ_CST); }); \
    }

#define NOTHING(name) \
    void name(void*) {}
#define SIZES(EACH, name) EACH(name##1) EACH(name##2) EACH(name##4) EACH(name##8) EACH(name##16)

extern "C" {
ATOMICS(8, std::uint8_t)
ATOMICS(16, std::uint16_t)
ATOMICS(32, std::uint32_t)
ATOMICS(64, std::uint64_t)

void __tsan_atomic_thread_fence(int) {}
void __tsan_atomic_signal_fence(int) {}
void __tsan_init() {}
void __tsan_func_exit() {}
NOTHING(__tsan_func_entry)
SIZES(NOTHING, __tsan_read)
SIZES(NOTHING, __tsan_write)
SIZES(NOTHING, __tsan_unaligned_read)
SIZES(NOTHING, __tsan_unaligned_write)
SIZES(NOTHING, __tsan_volatile_read)
SIZES(NOTHING, __tsan_volatile_write)
NOTHING(__tsan_vptr_read)
void __tsan_vptr_update(void**, void*) {}
void __tsan_read_range(void*, unsigned long) {}
void __tsan_write_range(void*, unsigned long) {}
// clang's, in the place of the library's.
void* __tsan_memcpy(void* to, const void* from, std::size_t size) {
    return std::memcpy(to, from, size);
}
void* __tsan_memmove(void* to, const void* from, std::size_t size) {
    return std::memmove(to, from, size);
}
void* __tsan_memset(void* to, int value, std::size_t size) {
    return std::memset(to, value, size);
}
NOTHING(__tsan_acquire)
NOTHING(__tsan_release)
}
