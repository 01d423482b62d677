// The stage: the world's time, and everybody on it.
//
// The program under test runs behind a filter that puts its calls before the
// grader (filter.hpp). The stage answers them. A sleep is not slept: it is held
// until the grader lets it go, in the order that the grader likes, and the
// sleeper's clocks then show that the time it asked for has passed. Each thread
// has a clock of its own, which stands still but for what the thread slept: a
// thread that was kept waiting is not late, so a schedule kept by deadlines asks
// for the same sleeps as one kept by durations.
//
// Not thread-safe: a criterion's process has one thread.
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "grader/proc/file_identity.hpp"
#include "grader/proc/thread_library.hpp"
#include "grader/stage/listener.hpp"
#include "grader/stage/socket_timeouts.hpp"
#include "grader/stage/thread_clocks.hpp"
#include "grader/stage/timed_call.hpp"
#include "grader/stage/timers.hpp"
#include "grader/stage/trace.hpp"

struct Policy {
    bool hold_start = false;             // hold the program before its first instruction
    bool hold_sleeps = true;             // false: the program sleeps for real, by the machine's clock
    bool hold_ends = false;              // hold each thread and each process at its very last step
    bool hold_writes = false;            // hold each write to stdout before it happens
    bool hold_pipes = false;             // hold each write of a child process into a pipe of the program's own
    bool hold_socket_pairs = false;      // the same for socket pairs; has to be asked for before the program starts
    bool hold_renames = false;           // hold each file before it gets its name: rename, link
    bool hold_processor_clocks = false;  // hold each look at a clock that counts processor time
    bool one_clock = false;              // one clock for all threads, which moves by Stage::pass alone
};

// A call that waits for the grader.
struct Held {
    enum class Kind { start, sleep, write, pipe_write, rename, processor_clock, thread_end, process_end };
    Kind kind{};
    std::uint64_t id = 0;
    pid_t process = 0;
    pid_t thread = 0;
    Nanoseconds asked{};   // of a sleep
    std::string text;      // of a write to stdout; of a file, its name to be, as the program says it
    std::size_t size = 0;  // of a write into a pipe or a socket pair: bytes that it would like to write
    int descriptor = -1;   // and where to
    bool atomic = false;   // all of them go or none, as the system promises
};

class Stage {
  public:
    // Takes over the listener. `out` is the file that counts as stdout, `error` as stderr.
    Stage(int listener, FileIdentity out, FileIdentity error, Policy policy);
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    int descriptor() const { return listener_.descriptor(); }
    pid_t program() const { return program_; }  // the program's first process; 0 before it starts

    // Answers one call, or holds it. False where none is waiting.
    bool handle_one();

    // Lets go what no longer waits for time, forgets who is gone, and finds who is asleep on a timer.
    // True where that moved anything. `tasks`: the program's, as they are now.
    bool recheck(const std::vector<Task>& tasks);

    // True where a call that makes a thread or process waits until somebody counts those that there are.
    bool asks_for_count() const { return !uncounted_.empty(); }
    void count(std::size_t alive);

    // What the program was refused, in words: "starts more than 700 processes and threads at once"; "" where nothing
    // was.
    const std::string& excess() const { return excess_; }

    // True where time will wake one of them by itself: where sleeps are not held.
    bool time_will_wake(const std::vector<Task>& tasks) const;

    std::vector<Held> held(Held::Kind kind) const;

    // What a thread has slept so far, by its own clock.
    Nanoseconds age(pid_t thread) { return clocks_.slept(thread); }

    // Lets a held call go on. A sleeper's time moves on by what it asked for. Nothing
    // happens where its thread was killed or interrupted meanwhile.
    void let_go(const Held& held);

    // Under Policy::one_clock: time goes on, for everybody. Before a sleeper is let go it has to have
    // gone on for as long as that one asked.
    void pass(Nanoseconds duration) { passed_ += duration; }

    // Of a look at a clock that counts processor time: this is what it shows.
    void show(const Held& look, Nanoseconds time);

    // Of a write into a pipe or a socket pair: passes on so many bytes of it (at most 4,096), and tells the writer so.
    // False where there is no room: then the write stays held. In parts only what is not atomic.
    bool let_go_part(const Held& held, std::size_t bytes);

    Policy policy;
    Trace trace;

    // Things done that the program cannot repeat for ever without getting anywhere: a thread that
    // only burns processor time or reads the clock adds nothing here.
    unsigned long progress() const { return progress_; }
    void note_progress() { ++progress_; }  // for what the stage does not see: the network

  private:
    struct Waiting {
        Held held;
        TimedCall call;
    };

    void on_call(const seccomp_notif& call);
    void on_exec(const seccomp_notif& call, pid_t process);
    void on_timed(const seccomp_notif& call, pid_t process);
    void on_timer(const seccomp_notif& call, pid_t process);
    void on_timer_descriptor(const seccomp_notif& call, pid_t process);
    void on_socket_timeout(const seccomp_notif& call, pid_t process);
    void on_clock(const seccomp_notif& call, pid_t process);
    void on_clone(const seccomp_notif& call, pid_t process);
    void refuse(const seccomp_notif& call, pid_t process, const std::string& excess);
    void on_write(const seccomp_notif& call, pid_t process);
    void on_rename(const seccomp_notif& call, pid_t process);
    void on_end(const seccomp_notif& call, pid_t process, bool whole_process);
    void hold(const seccomp_notif& call, Held held, TimedCall timed = {});
    void find_sleepers_on_timers(const std::vector<Task>& tasks);
    void find_sleepers_on_sockets(const std::vector<Task>& tasks);

    Event& note(Event::Kind kind, pid_t process, pid_t thread);
    Nanoseconds clock(pid_t thread, clockid_t id);

    Listener listener_;
    FileIdentity out_, error_;
    pid_t program_ = 0;
    unsigned long progress_ = 0;
    unsigned long created_ = 0;     // threads and processes, ever
    unsigned long most_alive_ = 0;  // of them now: as of the last count, and all that were made since
    std::vector<std::pair<seccomp_notif, pid_t>> uncounted_;  // calls that make one more, and their processes
    std::string excess_;
    std::map<std::uint64_t, Waiting> waiting_;
    std::set<pid_t> passing_;  // whose write comes once more, for a part of it, and is not held then
    ThreadLibraries thread_libraries_;
    Timers timers_;
    struct OnTimer {
        Held held;
        Timer* timer;
    };
    std::vector<OnTimer> on_timers_;  // as of the last recheck
    SocketTimeouts timeouts_;
    struct OnSocket {
        Held held;
        Task task;  // as it is blocked
    };
    void let_go_on_socket(const OnSocket& entry);
    std::map<pid_t, OnSocket> on_sockets_;  // by thread, as of the last recheck
    std::uint64_t next_on_socket_ = 0;
    ThreadClocks clocks_;
    Nanoseconds passed_{};  // on the one clock
};
