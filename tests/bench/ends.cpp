#include "bench/ends.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <csignal>

#include "bench/words.hpp"

std::string wrong_end(Program& program, Rest rest, int exit_code) {
    if (rest == Rest::too_many) return "the program " + program.stage().excess();
    if (rest == Rest::standstill) return "the program hangs: " + program.describe();
    if (program.flooded()) return "the program prints more than 16 MiB";
    if (rest == Rest::spinning) return "the program does not end and keeps using processor time";
    if (rest == Rest::impatient) return "the program does not end: " + program.describe();
    const std::optional<Ending> ending = program.ending();
    if (ending == Ending{false, exit_code}) return "";
    const std::string instead =
        ending && !ending->by_signal ? ", not with " + std::to_string(exit_code) : std::string();
    return "the program " + (ending ? describe(*ending) : std::string("vanished")) + instead +
           (program.errors().empty() ? "" : ", and says " + in_quotes(program.errors().substr(0, 200)));
}

namespace {

// Threads that belong to a library, which never ends them: there is nobody to be joined.
std::size_t made_by_libraries(const Program& program) {
    const std::vector<Event>& events = program.stage().trace.events;
    return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [](const Event& event) {
        return event.kind == Event::Kind::thread_created && !event.text.empty();
    }));
}

}  // namespace

Joins joins_of(Program& program, const std::function<void()>& run, std::optional<std::size_t> kept) {
    Joins joins;
    run();
    std::vector<Held> at_end = program.stage().held(Held::Kind::thread_end);
    std::vector<pid_t> made;  // the kernel numbers threads as they are made
    for (const Held& held : at_end) made.push_back(held.thread);
    std::sort(made.begin(), made.end());
    const pid_t last = kept && !made.empty() ? made[std::min(*kept, made.size() - 1)] : 0;
    const auto main_leaves = [&] {
        const std::vector<Held> leaving = program.stage().held(Held::Kind::process_end);
        const bool main_ends = std::any_of(at_end.begin(), at_end.end(),
                                           [&](const Held& held) { return held.thread == program.process(); });
        return !leaving.empty() || main_ends;
    };
    const auto of_libraries = [&] { return made_by_libraries(program); };
    if (at_end.empty() && of_libraries() == 0) return {"no thread has ended: " + program.describe()};
    while (!at_end.empty()) {
        if (main_leaves() && at_end.size() <= of_libraries()) break;
        if (main_leaves())
            return {"main ended before " + counted(at_end.size(), "thread", "threads") + " did: it does not join " +
                    (at_end.size() == 1 ? "it" : "them")};
        // The last one first: joins in any order are right.
        const auto next =
            std::find_if(at_end.rbegin(), at_end.rend(), [&](const Held& held) { return held.thread != last; });
        program.wake(next == at_end.rend() ? at_end.back() : *next);
        ++joins.joined;
        run();
        at_end = program.stage().held(Held::Kind::thread_end);
    }
    const std::vector<Held> leaving = program.stage().held(Held::Kind::process_end);
    if (leaving.empty()) return {"the program does not end, although all its threads have: " + program.describe()};
    const bool leaves_any = program.tasks().size() > 1 + of_libraries();
    const std::string left = leaves_any ? "main ended and left a thread behind: " + program.describe() : "";
    for (const Held& held : at_end) program.wake(held);
    for (const Held& held : leaving) program.wake(held);
    const Rest rest = program.settle();
    if (!left.empty()) joins.problem = left;
    else if (rest != Rest::ended) joins.problem = wrong_end(program, rest);
    return joins;
}

Joins joins_with_each_last(std::size_t threads, const std::function<Joins(std::size_t kept)>& joins) {
    Joins all;
    for (std::size_t kept = 0; kept < threads && all.problem.empty(); ++kept) {
        const Joins now = joins(kept);
        all = {now.problem, std::max(all.joined, now.joined)};
    }
    return all;
}

std::vector<Held> ends_of_children(const Program& program) {
    std::vector<Held> ends = program.stage().held(Held::Kind::process_end);
    std::erase_if(ends, [&](const Held& held) { return held.process == program.process(); });
    return ends;
}

bool parent_leaves(const Program& program) {
    return ends_of_children(program).size() != program.stage().held(Held::Kind::process_end).size();
}

std::string left_behind(const Program& program, const std::string& when) {
    if (const std::size_t alive = ends_of_children(program).size(); alive > 0)
        return "the parent ended before " + counted(alive, "child", "children") + " did";
    if (const std::size_t dead = program.zombies().size(); dead > 0)
        return when + "the parent ends and leaves " + counted(dead, "zombie", "zombies") + " behind";
    return program.tasks().size() > 1 + made_by_libraries(program)
               ? "the parent ends and leaves a process behind: " + program.describe()
               : "";
}

namespace {

// Calls that go on as if nothing had been when their thread was stopped and continued. Others, such as
// epoll_wait, return EINTR then: signal(7).
bool sees_no_stop(const Task& task) {
    switch (task.call) {
        case SYS_wait4:
        case SYS_waitid:
        case SYS_read:
        case SYS_pselect6:
        case SYS_ppoll:
        case SYS_futex:
        case SYS_rt_sigsuspend:
        case SYS_nanosleep:
        case SYS_clock_nanosleep:
#ifdef __x86_64__
        case SYS_select:
        case SYS_poll:
        case SYS_pause:
#endif
            return true;
        default: return false;
    }
}

}  // namespace

void end_together(Program& program, const std::vector<Held>& ends) {
    std::vector<Task> own = program.tasks();
    std::erase_if(own, [&](const Task& task) { return task.process != program.process(); });
    const bool stop = std::all_of(own.begin(), own.end(), sees_no_stop);
    if (stop) {
        program.signal(program.process(), SIGSTOP);
        program.settle();
    }
    for (const Held& end : ends) program.wake(end);
    if (!stop) return;
    program.settle();
    program.signal(program.process(), SIGCONT);
}
