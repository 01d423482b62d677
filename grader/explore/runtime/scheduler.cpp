#include "grader/explore/runtime/scheduler.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <unordered_map>

#include "grader/explore/runtime/priorities.hpp"

extern "C" const char __executable_start;  // the linker's

namespace explore {

namespace {

struct Object {
    std::uint64_t name = 0;  // by who came to it first, and when: an address is another one in the next grading
    std::uint64_t written = 0, read = 0;  // hashes of the last step that wrote it, and of those that read it since
};

struct World {
    SharedOrder* order = nullptr;
    std::deque<Thread> threads;
    std::unordered_map<std::uint64_t, Object> objects;
    int turn = 0;
    std::uint64_t signature = 0;
    std::uint64_t version = 1;    // changes whenever a step writes
    std::uint64_t taken = 0;      // turns
    std::uint64_t looked_at = 0;  // the version at which all look
    int looks = 0;
    std::int64_t now = 0;
    std::optional<Priorities> chance{};
};
World world __attribute__((init_priority(101)));
bool played = false;
thread_local int own_number __attribute__((tls_model("initial-exec"))) = -1;  // of a thread that nobody told us of
thread_local bool is_aside __attribute__((tls_model("initial-exec"))) = false;

// The kernel's own, since syscall(2) is played, too.
long kernel(long number, long a, long b, long c, long d) {
    long result;
#if defined(__x86_64__)
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = 0;
    register long r9 __asm__("r9") = 0;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
#else
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = 0;
    register long x5 __asm__("x5") = 0;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
    result = x0;
#endif
    return result;
}

void sleep_on(std::uint32_t& word) {
    while (__atomic_exchange_n(&word, 0, __ATOMIC_ACQUIRE) == 0)
        kernel(SYS_futex, reinterpret_cast<long>(&word), FUTEX_WAIT_PRIVATE, 0, 0);
}

void wake(std::uint32_t& word) {
    __atomic_store_n(&word, 1, __ATOMIC_RELEASE);
    kernel(SYS_futex, reinterpret_cast<long>(&word), FUTEX_WAKE_PRIVATE, 1, 0);
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    a ^= b + 0x9e3779b97f4a7c15ull + (a << 6) + (a >> 2);
    a ^= a >> 32;
    a *= 0xd6e8feb86659fd93ull;
    a ^= a >> 32;
    return a;
}

// Objects that are no addresses: threads, by their numbers, and who was woken.
constexpr std::uint64_t first_waiter = 1000, first_address = 4096;

Object& object_at(std::uint64_t object) {
    Object& found = world.objects[object];
    if (found.name != 0) return found;
    const std::uint64_t who = static_cast<std::uint64_t>(own_number) + 1;
    found.name = object < first_address ? object + 1 : mix(mix(who, thread(own_number).steps), 1);
    return found;
}

// It looks at the same, again and again, and nobody has changed anything meanwhile.
bool is_idle(const Thread& one) {
    return one.seen_again > 2 && one.seen_at == world.version;
}

bool can_go_on(const Thread& one) {
    return one.is_here && !one.ended && (one.timed_out || !one.next.possible || one.next.possible());
}

bool was_seen() {
    const std::uint64_t key = mix(world.signature, static_cast<std::uint64_t>(world.turn)) | 1;
    auto& slots = world.order->seen;
    for (std::uint64_t i = key % seen_slots, looks = 0; looks < 64; i = (i + 1) % seen_slots, ++looks) {
        if (slots[i].state == 0) {
            slots[i] = {key, world.taken};
            return false;
        }
        if (slots[i].state != key) continue;
        if (slots[i].taken <= world.taken) return true;
        slots[i].taken = world.taken;
        return false;
    }
    return false;
}

// One of `who`.
std::size_t choose(const std::vector<int>& who, bool waiters) {
    if (who.size() == 1) return 0;
    SharedOrder& order = *world.order;
    if (order.points == most_points) stop(End::too_long);
    const bool follows = order.points < order.given;
    if (!follows && order.prune != 0 && !waiters && was_seen()) stop(End::seen_before);
    Point& point = order.point[order.points];
    point.event = order.events;
    point.options = static_cast<std::uint8_t>(who.size());
    point.of_waiters = waiters;
    for (std::size_t i = 0; i < who.size(); ++i) point.who[i] = static_cast<std::uint8_t>(who[i]);
    std::size_t chosen = follows ? order.choices[order.points] : 0;
    if (!follows && world.chance)
        chosen = waiters ? world.chance->any(who) : world.chance->highest(who, world.turn, order.events);
    if (chosen >= who.size()) stop(End::not_followed);
    point.chosen = static_cast<std::uint8_t>(chosen);
    world.taken += chosen;
    ++order.points;
    if (!follows && order.halt != 0) stop(End::halted);
    return chosen;
}

std::vector<int> those(const std::function<bool(const Thread&)>& are) {
    std::vector<int> found;
    for (int i = 0; i < threads(); ++i)
        if (can_go_on(world.threads[i]) && are(world.threads[i])) found.push_back(i);
    return found;
}

// The earliest of those who wait for a time. False where nobody does.
bool time_goes_on() {
    Thread* first = nullptr;
    for (Thread& one : world.threads)
        if (one.is_here && !one.ended && one.next.deadline != never &&
            (!first || one.next.deadline < first->next.deadline))
            first = &one;
    if (!first) return false;
    world.now = std::max(world.now, first->next.deadline);
    first->timed_out = true;
    return true;
}

// All who could go on look at the same, again and again: some do so a few thousand times before they do something else.
bool only_look_again() {
    constexpr int most_looks = 20'000;
    if (world.looked_at != world.version) world.looks = 0;
    world.looked_at = world.version;
    return ++world.looks > most_looks;
}

// Looks, and finds nothing to go by.
bool gives_way(const Thread& one) {
    return one.next.what == What::yields || is_idle(one);
}

// Whoever looks in vain lets others go first. At the price of a turn it goes on before them, until it has looked so often
// that it would rather sleep: many locks do, and between its last look and its sleep others may still come.
constexpr int most_vain_looks = 200;

int next_turn(int current) {
    if (thread(current).insists > 0 && can_go_on(thread(current))) {
        --thread(current).insists;
        return current;
    }
    std::vector<int> able = those([](const Thread& one) { return !gives_way(one); });
    const std::size_t eager = able.size();
    if (able.empty()) able = those([](const Thread& one) { return one.next.what == What::yields && !is_idle(one); });
    if (able.empty() && time_goes_on()) return next_turn(current);
    if (able.empty()) {
        able = those([](const Thread&) { return true; });
        if (able.empty() || only_look_again()) stop(End::stuck);
    }
    // Whoever has the turn keeps it; else the next one in a circle has it.
    const auto first = std::lower_bound(able.begin(), able.end(), current);
    std::rotate(able.begin(), first == able.end() ? able.begin() : first, able.end());
    if (eager > 0) {
        const std::vector<int> others =
            those([](const Thread& one) { return gives_way(one) && one.insisted_at != world.version; });
        able.insert(able.end(), others.begin(), others.end());
    }
    const std::size_t chosen = choose(able, false);
    Thread& next = thread(able[chosen]);
    if (eager > 0 && chosen >= eager) next.insists = most_vain_looks;
    if (next.insists > 0) next.insisted_at = world.version;
    return able[chosen];
}

void hand_on(int current) {
    const int next = next_turn(current);
    if (next == current) return;
    world.turn = next;
    Thread& own = thread(current);
    const bool over = own.ended;
    wake(thread(next).go);
    if (!over) sleep_on(own.go);
}

}  // namespace

bool is_played() {
    return played && !is_aside;
}

Aside::Aside() {
    is_aside = true;
}

Aside::~Aside() {
    is_aside = false;
}

int self() {
    return own_number;
}

Thread& thread(int number) {
    return world.threads[static_cast<std::size_t>(number)];
}

int threads() {
    return static_cast<int>(world.threads.size());
}

void stop(End end) {
    world.order->end = end;
    world.order->waiting = {};
    for (int i = 0; i < threads(); ++i) {
        const Thread& one = thread(i);
        world.order->waiting[static_cast<std::size_t>(i)] = {one.is_here && !one.ended, one.next.what, one.next.object,
                                                             one.next.place};
    }
    kernel(SYS_exit_group, 0, 0, 0, 0);
    __builtin_unreachable();
}

void begin_play(SharedOrder& order) {
    world.order = &order;
    order.base = reinterpret_cast<std::uint64_t>(&__executable_start);
    if (order.seed != 0) world.chance.emplace(order.seed, order.steps, order.changes);
    played = true;
    own_number = new_thread();
    thread(own_number).is_here = true;
}

int new_thread() {
    if (threads() == most_threads) stop(End::too_long);
    const std::uint64_t maker = own_number < 0 ? 0 : thread(own_number).hash;
    world.threads.emplace_back().hash = maker;
    world.order->threads = static_cast<std::uint32_t>(threads());
    return threads() - 1;
}

void begins_as(int number) {
    own_number = number;
    Thread& own = thread(number);
    own.next = {What::begins};
    own.is_here = true;
    wake(own.parked);
    sleep_on(own.go);
    note(What::begins, 0, 0, false);
}

void wait_until_parked(int number) {
    sleep_on(thread(number).parked);
}

bool come_to(Step step) {
    if (own_number < 0) stop(End::not_played);
    Thread& own = thread(own_number);
    if (own.ended) return true;  // All have, and the library lets this one end the program.
    own.next = std::move(step);
    own.timed_out = false;
    hand_on(own_number);
    const bool in_time = !own.timed_out;
    own.next.deadline = never;
    return in_time;
}

Event& note(What what, std::uint64_t object, std::uint64_t place, bool writes) {
    SharedOrder& order = *world.order;
    if (order.events == most_events) stop(End::too_long);
    Event& event = order.event[order.events++];
    event = {};
    event.what = what;
    event.thread = static_cast<std::uint8_t>(own_number);
    event.object = object;
    event.place = place;
    event.point = order.points;
    Thread& own = thread(own_number);
    ++own.steps;
    Object& on = object_at(object);
    std::uint64_t hash = mix(mix(mix(own.hash, static_cast<std::uint64_t>(own_number)), on.name), on.written);
    hash = mix(hash, static_cast<std::uint64_t>(what));
    if (writes) {
        hash = mix(hash, on.read);
        on.written = hash;
        on.read = 0;
        ++world.version;
        own.insists = 0;
    } else {
        on.read += hash;
    }
    own.hash = hash;
    world.signature += hash;
    return event;
}

void note_also(std::uint64_t object) {
    Object& on = object_at(object);
    Thread& own = thread(own_number);
    const std::uint64_t hash = mix(mix(own.hash, on.name), mix(on.written, on.read));
    on.written = hash;
    on.read = 0;
    own.hash = hash;
    world.signature += hash;
}

int choose_waiter(const std::vector<int>& waiters) {
    const int chosen = waiters[choose(waiters, true)];
    note_also(first_waiter + static_cast<std::uint64_t>(chosen));  // who was woken is part of the state
    return chosen;
}

void saw_nothing_new() {
    Thread& own = thread(own_number);
    if (own.seen_at != world.version) own.seen_again = 0;
    if (own.seen_at != world.version) own.seen.clear();
    own.seen_at = world.version;
    const Event& look = world.order->event[world.order->events - 1];
    const std::uint64_t key = mix(mix(look.object, look.place), look.before);
    if (std::find(own.seen.begin(), own.seen.end(), key) != own.seen.end()) ++own.seen_again;
    else own.seen.push_back(key);
}

void end_of_thread() {
    note(What::ends, 0, 0, false);
    thread(own_number).ended = true;
    const bool all =
        std::all_of(world.threads.begin(), world.threads.end(), [](const Thread& one) { return one.ended; });
    if (!all) hand_on(own_number);
}

std::int64_t now() {
    return world.now;
}

void let_time_pass(std::int64_t nanoseconds) {
    world.now += nanoseconds;
}

}  // namespace explore
