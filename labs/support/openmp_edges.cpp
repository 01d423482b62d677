// What happens before what in a program of OpenMP's, for ThreadSanitizer, which does not see into OpenMP's own library
// (libgomp). Calls of the compiler's go by way of these functions, and on to the library's: a team begins after what was
// done before it, and what comes behind it, or behind one of its barriers, comes after all that its threads did.
// Critical sections and locks hand on what was done in them. Without ThreadSanitizer there is nothing here.
#ifdef __SANITIZE_THREAD__
#include <dlfcn.h>
#include <omp.h>

#include <cstddef>
#include <cstring>

extern "C" {
void __tsan_acquire(void* address);
void __tsan_release(void* address);
}

namespace {

using Work = void(void*);

// The library's function of that name.
template <class Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

// A program needs the library, though all that it calls is here.
[[maybe_unused]] int (*const volatile keeps_the_library)() = omp_get_num_procs;

char edge;  // of teams, their barriers and tasks: one for all
char one;   // of critical sections without a name

struct Team {
    Work* work;
    void* data;
};

void work_in_team(void* team) {
    const Team& its = *static_cast<Team*>(team);
    __tsan_acquire(&edge);
    its.work(its.data);
    __tsan_release(&edge);
}

// What comes behind comes after what everybody did before.
template <class Call>
auto behind_all(const Call& call) {
    __tsan_release(&edge);
    struct Behind {
        ~Behind() { __tsan_acquire(&edge); }
    } const behind;
    return call();
}

// The data of a task, which the library copies by `copy` where there is one, behind what is ours.
struct Task {
    Work* work;
    void (*copy)(void* into, void* from);
    void* data;
    long size, offset;
};

void copy_task(void* into, void* from) {
    const Task& its = *static_cast<Task*>(from);
    std::memcpy(into, from, sizeof its);
    void* const data = static_cast<char*>(into) + its.offset;
    if (its.copy) its.copy(data, its.data);
    else std::memcpy(data, its.data, static_cast<std::size_t>(its.size));
    __tsan_release(&edge);
}

void work_on_task(void* task) {
    const Task& its = *static_cast<Task*>(task);
    __tsan_acquire(&edge);
    its.work(static_cast<char*>(task) + its.offset);
    __tsan_release(&edge);
}

}  // namespace

extern "C" {

void GOMP_task(Work* work, void* data, void (*copy)(void*, void*), long size, long align, bool deferred, unsigned flags,
               void** depend, int priority, void* detach) {
    static const auto its =
        real<void(Work*, void*, void (*)(void*, void*), long, long, bool, unsigned, void**, int, void*)>("GOMP_task");
    const long own = static_cast<long>(sizeof(Task)), unit = align > 16 ? align : 16;
    Task task{work, copy, data, size, (own + unit - 1) / unit * unit};
    its(work_on_task, &task, copy_task, task.offset + size, unit, deferred, flags, depend, priority, detach);
}

void GOMP_parallel(Work* work, void* data, unsigned threads, unsigned flags) {
    static const auto its = real<void(Work*, void*, unsigned, unsigned)>("GOMP_parallel");
    Team team{work, data};
    behind_all([&] { its(work_in_team, &team, threads, flags); });
}

void GOMP_parallel_sections(Work* work, void* data, unsigned threads, unsigned count, unsigned flags) {
    static const auto its = real<void(Work*, void*, unsigned, unsigned, unsigned)>("GOMP_parallel_sections");
    Team team{work, data};
    behind_all([&] { its(work_in_team, &team, threads, count, flags); });
}

#define LOOP(schedule)                                                                                             \
    void GOMP_parallel_loop_##schedule(Work* work, void* data, unsigned threads, long from, long to, long step,    \
                                       long chunk, unsigned flags) {                                               \
        static const auto its =                                                                                    \
            real<void(Work*, void*, unsigned, long, long, long, long, unsigned)>("GOMP_parallel_loop_" #schedule); \
        Team team{work, data};                                                                                     \
        behind_all([&] { its(work_in_team, &team, threads, from, to, step, chunk, flags); });                      \
    }
LOOP(static)
LOOP(dynamic)
LOOP(guided)
LOOP(nonmonotonic_dynamic)
LOOP(nonmonotonic_guided)
#undef LOOP

#define BARRIER(name)                                \
    void name() {                                    \
        static const auto its = real<void()>(#name); \
        behind_all([&] { its(); });                  \
    }
BARRIER(GOMP_barrier)
BARRIER(GOMP_loop_end)
BARRIER(GOMP_sections_end)
BARRIER(GOMP_taskwait)
BARRIER(GOMP_taskgroup_end)
#undef BARRIER

// Begins and ends of what one thread at a time does.
#define ONE_AT_A_TIME(begin, end)                     \
    void begin() {                                    \
        static const auto its = real<void()>(#begin); \
        its();                                        \
        __tsan_acquire(&one);                         \
    }                                                 \
    void end() {                                      \
        static const auto its = real<void()>(#end);   \
        __tsan_release(&one);                         \
        its();                                        \
    }
ONE_AT_A_TIME(GOMP_critical_start, GOMP_critical_end)
ONE_AT_A_TIME(GOMP_atomic_start, GOMP_atomic_end)
ONE_AT_A_TIME(GOMP_ordered_start, GOMP_ordered_end)
#undef ONE_AT_A_TIME

#define LOCK(begin, end, type)                             \
    void begin(type* lock) {                               \
        static const auto its = real<void(type*)>(#begin); \
        its(lock);                                         \
        __tsan_acquire(lock);                              \
    }                                                      \
    void end(type* lock) {                                 \
        static const auto its = real<void(type*)>(#end);   \
        __tsan_release(lock);                              \
        its(lock);                                         \
    }
LOCK(GOMP_critical_name_start, GOMP_critical_name_end, void*)
LOCK(omp_set_lock, omp_unset_lock, omp_lock_t)
#undef LOCK
}
#endif
