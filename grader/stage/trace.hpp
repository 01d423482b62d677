// What happened in the world of one program, in the order in which the grader saw it.
#pragma once

#include <sys/types.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

struct Event {
    enum class Kind {
        program_starts,  // exec, of the program itself or of another one by it
        thread_created,  // `text`: the library that made it for itself, if one did
        process_created,
        sleeps,     // `duration`: as asked for
        wakes,      // let go by the grader
        cut_short,  // a timed wait that ended before its time: signalled, ready, interrupted
        writes,     // to stdout; `text`
        waits_for_child,
        reads_clock,
        sets_timer,  // a timer that the grader does not hold
        thread_ends,
        process_ends,  // `status`: as given to exit
        refused        // a thread or process over the limit
    };
    Kind kind{};
    pid_t process = 0;
    pid_t thread = 0;
    std::chrono::nanoseconds duration{};
    std::chrono::nanoseconds at{};  // the thread's own time: what it has slept so far
    std::string text;
    int status = 0;
};

struct Trace {
    std::vector<Event> events;

    long count(Event::Kind kind) const {
        return std::count_if(events.begin(), events.end(), [kind](const Event& event) { return event.kind == kind; });
    }
};
