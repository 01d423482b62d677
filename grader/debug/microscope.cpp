#include "grader/debug/microscope.hpp"

#include <sched.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <utility>

#include "grader/contain/patience.hpp"
#include "grader/debug/one_processor.hpp"
#include "grader/debug/report_of.hpp"
#include "grader/proc/memory.hpp"

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr unsigned long most_seconds = 1;             // of processor time, between two stops
constexpr unsigned long most_stops = 200'000;         // at calls, in one run
constexpr unsigned long most_yields = 10'000;         // one after the other: to whom, while all others stand still?
constexpr unsigned long most_yields_of_a_loop = 500;  // that was stepped often before
constexpr int at_a_call = 0x80;                       // with SIGTRAP: ptrace(2), PTRACE_O_TRACESYSGOOD

}  // namespace

Microscope::Microscope(Program& program) : program_(program) {
    if (program.settle() != Rest::standstill || program.stage().held(Held::Kind::start).empty())
        throw std::runtime_error("the program is not held at its start");
    const long options = PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SEIZE, main(), nullptr, options) != 0)
        throw std::runtime_error(std::string("cannot trace the program: ") + std::strerror(errno));
    code_ = Code(main());
    threads_[main()] = {};
    if (status_line(main(), "PPid") == std::to_string(getpid())) own_child_ = main();
    program.wake(program.stage().held(Held::Kind::start).front());
    if (wait_for_stop(main()) != Stop::steps) throw std::runtime_error("the program did not start");
}

Microscope::~Microscope() {
    std::vector<pid_t> all = born_;  // main last: its end would end the others while they are traced
    all.push_back(main());
    for (const pid_t thread : all) {
        if (has_ended(thread)) continue;
        if (threads_.at(thread).state == State::in_call) {
            ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
            while (wait_for_stop(thread) == Stop::blocked) {
            }
            if (has_ended(thread)) continue;
        }
        const bool gone = ptrace(PTRACE_DETACH, thread, nullptr, threads_.at(thread).signal) != 0;
        if (gone && thread != own_child_) waitpid(thread, nullptr, __WALL);  // killed: nobody else is told
    }
}

std::vector<pid_t> Microscope::alive() const {
    std::vector<pid_t> found = born_;
    std::erase_if(found, [this](pid_t thread) { return has_ended(thread); });
    return found;
}

bool Microscope::has_ended(pid_t thread) const {
    const auto known = threads_.find(thread);
    return known == threads_.end() || known->second.state == State::gone;
}

unsigned long Microscope::steps(pid_t thread) const {
    const auto known = threads_.find(thread);
    return known == threads_.end() ? 0 : known->second.steps;
}

void Microscope::adopt(pid_t thread) {
    if (threads_.try_emplace(thread).second) born_.push_back(thread);
}

// One report about the thread, if there is any. False where there is none.
bool Microscope::take_stop(pid_t thread, bool& birth, int how) {
    Thread& info = threads_.at(thread);
    int status = 0;
    const Report report = report_of(thread, thread == own_child_, how, status);
    if (report == Report::none) return false;
    if (report == Report::gone) {
        info.state = State::gone;
        return true;
    }
    info.state = State::still;
    if (info.stack == 0) info.stack = stack_of(thread);  // inside a call it cannot be asked
    const int event = status >> 16;
    if (event == PTRACE_EVENT_CLONE) {
        unsigned long born = 0;
        ptrace(PTRACE_GETEVENTMSG, thread, nullptr, &born);
        adopt(static_cast<pid_t>(born));
        birth = true;
    } else if (event == PTRACE_EVENT_EXEC) {
        code_ = Code(main());
    } else if (event == 0 && (WSTOPSIG(status) & ~at_a_call) != SIGTRAP) {
        info.signal = WSTOPSIG(status);
    }
    return true;
}

void Microscope::resume(pid_t thread, bool one_step) {
    Thread& info = threads_.at(thread);
    // Not PTRACE_CONT: who blocks in a call is to stand still again at its end, whoever ends it.
    ptrace(one_step ? PTRACE_SINGLESTEP : PTRACE_SYSCALL, thread, nullptr, info.signal);
    info.signal = 0;
    info.state = State::in_call;
    info.seen_blocked = {};
}

// Stop::steps where it stands still again.
Stop Microscope::wait_for_stop(pid_t thread) {
    const auto limit = SteadyClock::now() + std::chrono::seconds(patience_seconds);
    Task before;
    std::optional<unsigned long> most_ticks;
    bool busy = false;
    for (int looks = 0;; ++looks) {
        bool birth = false;
        if (take_stop(thread, birth, WNOHANG))
            return has_ended(thread) ? Stop::ended : birth ? Stop::birth : busy ? Stop::busy : Stop::steps;
        if (program_.pump()) {
            before = {};
            continue;
        }
        if (looks < 20) {  // most calls are over at once
            sched_yield();
            continue;
        }
        // A main thread's end is not told before the ends of all others were taken.
        bool unasked = false;
        for (const auto& [other, info] : threads_)
            if (other != thread && info.state != State::gone) take_stop(other, unasked, WNOHANG);
        const Task now = task_of(main(), thread);
        if (now.blocked() && !now.stopped() && now == before) {
            threads_.at(thread).seen_blocked = now;
            return Stop::blocked;
        }
        before = now;
        if (!most_ticks) most_ticks = now.ticks + most_seconds * static_cast<unsigned long>(sysconf(_SC_CLK_TCK));
        if (!busy && (now.ticks > *most_ticks || SteadyClock::now() > limit)) {
            busy = true;
            ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
        }
        program_.pause();
    }
}

bool Microscope::blocked(pid_t thread) {
    const Thread& info = threads_.at(thread);
    if (info.state != State::in_call) return false;
    // To wait somewhere else it would have to be switched to first: one look is enough.
    if (info.seen_blocked.blocked() && !program_.pump() && task_of(main(), thread) == info.seen_blocked) return true;
    return wait_for_stop(thread) == Stop::blocked;
}

Stop Microscope::run(pid_t thread, const std::vector<long>& calls) {
    if (has_ended(thread)) return Stop::ended;
    for (unsigned long stops = 0, yields = 0;; ++stops) {
        if (stops > most_stops || yields > most_yields) return Stop::busy;
        if (threads_.at(thread).state == State::in_call) {
            const Stop stop = wait_for_stop(thread);
            if (stop != Stop::steps) return stop;
            const std::optional<long> begun = call_begun(thread);
            if (begun && std::find(calls.begin(), calls.end(), *begun) != calls.end()) return Stop::call;
            if (begun) yields = *begun == SYS_sched_yield ? yields + 1 : 0;
        }
        resume(thread, false);
    }
}

Look Microscope::step(pid_t thread, const Until& until) {
    Look look;
    const OneProcessor here(thread);
    Footprints fresh;
    Footprints& footprints = until.footprints != nullptr ? *until.footprints : fresh;
    const auto values = [&] {
        std::vector<std::uint64_t> found;
        for (const Address word : until.watched) {
            found.push_back(0);
            read_memory(thread, word, &found.back(), sizeof found.back());
        }
        return found;
    };
    std::vector<std::uint64_t> before = values();
    const auto note_changes = [&](bool atomic) {
        std::vector<std::uint64_t> after = values();
        for (std::size_t i = 0; i < after.size(); ++i)
            if (after[i] != before[i]) look.changes.push_back({until.watched[i], before[i], after[i], atomic});
        if (after != before) footprints.forget();
        before = std::move(after);
    };
    footprints.lift();
    bool in_front_of_call = false;
    unsigned long yields = 0;
    for (;;) {
        if (has_ended(thread)) {
            look.stop = Stop::ended;
            return look;
        }
        Thread& info = threads_.at(thread);
        if (info.state == State::in_call) {
            const Stop stop = wait_for_stop(thread);
            if (stop == Stop::birth) {
                here.release(born_.back());
                resume(thread, true);  // the call that made the thread goes on
            }
            if (stop == Stop::steps || stop == Stop::birth) continue;
            look.stop = stop;
            return look;
        }
        if (until.call && look.calls > 0) {
            look.stop = Stop::call;
            return look;
        }
        if (until.change && !look.changes.empty()) {
            look.stop = Stop::change;
            return look;
        }
        if (look.steps >= until.steps) return look;
        const Address instruction = instruction_of(thread);
        const unsigned char* code = code_.at(instruction);
        if (!in_front_of_call && footprints.worn(instruction)) {
            const Stop stop = leave_loop(thread, footprints);
            note_changes(false);
            footprints.lift();
            in_front_of_call = stop == Stop::call;
            yields = in_front_of_call && call_begun(thread) == SYS_sched_yield ? yields + 1 : 0;
            if (yields > most_yields_of_a_loop) {
                look.stop = Stop::busy;
                return look;
            }
            if (stop == Stop::steps || stop == Stop::call || stop == Stop::ended) continue;
            look.stop = stop;
            return look;
        }
        if (until.here && !in_front_of_call && until.here(instruction)) return look;
        if (!in_front_of_call) footprints.stand_on(instruction, code);
        const bool call = std::exchange(in_front_of_call, false) || is_system_call(code);
        const bool function = is_call(code), atomic = !until.watched.empty() && is_atomic(code);
        resume(thread, true);
        ++look.steps;
        ++info.steps;
        if (call) {  // the kernel's time: it may be long
            ++look.calls;
            continue;
        }
        bool birth = false;
        take_stop(thread, birth, 0);
        if (has_ended(thread)) continue;
        if (function) footprints.will_return_to(return_address(thread));
        note_changes(atomic);
    }
}

// Runs at full speed to where it has not often been. Stop::call in front of a system call. All other threads
// stand still: none of them comes to where code is changed meanwhile.
Stop Microscope::leave_loop(pid_t thread, const Footprints& footprints) {
    const std::vector<Address> exits = footprints.exits();
    for (const Address exit : exits) code_.at(exit);  // as it is before anything is changed
    for (const Address exit : exits) poke(thread, exit, breakpoint.data());
    resume(thread, false);
    const Stop stop = wait_for_stop(thread);
    if (stop == Stop::ended) return stop;  // killed: with it the whole program
    for (const Address exit : exits) poke(thread, exit, code_.at(exit));
    if (call_begun(thread)) return Stop::call;
    const Address behind = instruction_of(thread) - behind_breakpoint;
    if (std::binary_search(exits.begin(), exits.end(), behind)) set_instruction(thread, behind);
    return stop;
}

Microscope::Memory Microscope::memory(pid_t thread) const {
    const auto known = threads_.find(thread);
    return writable_memory(main(), thread == main() || known == threads_.end() ? 0 : known->second.stack);
}
