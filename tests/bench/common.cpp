#include "bench/common.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

std::string in_quotes(const std::string& text) {
    return "\"" + text + "\"";
}

std::string counted(std::size_t number, const char* one, const char* many) {
    return (number == 0 ? "no" : std::to_string(number)) + " " + (number == 1 ? one : many);
}

std::string list_in_quotes(const std::vector<std::string>& words) {
    std::vector<std::string> quoted;
    for (const std::string& word : words) quoted.push_back(in_quotes(word));
    return words.empty() ? "nothing" : some_of(quoted);
}

std::string wrong_end(Program& program, Rest rest, int exit_code) {
    if (rest == Rest::too_many) return "the program " + program.stage().excess();
    if (rest == Rest::standstill) return "the program hangs: " + program.describe();
    if (program.flooded()) return "the program prints more than 16 MiB";
    if (rest == Rest::spinning) return "the program burns processor time and does not end";
    if (rest == Rest::impatient) return "the program does not end: " + program.describe();
    const std::optional<Ending> ending = program.ending();
    if (ending == Ending{false, exit_code}) return "";
    return "the program " + (ending ? describe(*ending) : std::string("vanished")) +
           (program.errors().empty() ? "" : " and says " + in_quotes(program.errors().substr(0, 200)));
}

std::vector<std::string> with_equals(const std::vector<std::string>& arguments) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool has_value = arguments[i].rfind("--", 0) == 0 && i + 1 < arguments.size();
        words.push_back(has_value ? arguments[i] + "=" + arguments[i + 1] : arguments[i]);
        if (has_value) ++i;
    }
    return words;
}

void judge_refusals(const std::vector<BadFlags>& flags, const std::string& read) {
    std::string problem;
    for (const BadFlags& bad : flags) {
        Program program(executable(), bad.arguments);
        const Rest rest = program.settle();
        const std::string command = " " + some_of(bad.arguments, " ");
        const std::string& said = program.errors();
        const bool names_all = std::all_of(bad.named.begin(), bad.named.end(), [&](const std::string& word) {
            return said.find(word) != std::string::npos;
        });
        if (rest != Rest::ended) problem = "does not end: " + program.describe();
        else if (program.ending() != Ending{false, 2}) problem = describe(*program.ending());
        else if (!program.output().empty())
            problem = "prints " + in_quotes(program.output().substr(0, 200)) + " on stdout";
        else if (!names_all) problem = "says " + in_quotes(said.substr(0, 200)) + " on stderr";
        else if (std::count(said.begin(), said.end(), '\n') != 1)
            problem = "says more or less than one line: " + in_quotes(said.substr(0, 200));
        if (problem.empty()) continue;
        problem = "with" + command + " the program " + problem;
        break;
    }
    judge(
        {.holds = problem.empty(),
         .saw = problem.empty() ? std::to_string(flags.size()) + " kinds of bad flags, each refused" : problem,
         .expected = "one line on stderr with the flag, its value and what is accepted; nothing on stdout; exit code 2",
         .why = "a program that guesses what was meant does the wrong thing without a word",
         .read = read});
}

std::string no_sanitized_build(Flavour flavour) {
    const char* variable = flavour == Flavour::thread_sanitizer ? "KIT_THREAD_OBJECTION" : "KIT_ADDRESS_OBJECTION";
    const char* objection = std::getenv(variable);
    return objection ? objection : "";
}

std::string wrong_sanitized_run(Program& program, Rest rest, int exit_code) {
    const std::string finding = found_by_sanitizer(program);
    return finding.empty() ? wrong_end(program, rest, exit_code) : finding;
}

std::string wrong_joins(Program& program, const std::function<void()>& run, std::size_t& joined,
                        std::optional<std::size_t> kept) {
    joined = 0;
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
    if (at_end.empty()) return "no thread came to its end: " + program.describe();
    while (!at_end.empty()) {
        if (main_leaves())
            return "main left while " + counted(at_end.size(), "thread", "threads") +
                   " had one last step to make: nobody joins them";
        // The last one first: joins in any order are right.
        const auto next =
            std::find_if(at_end.rbegin(), at_end.rend(), [&](const Held& held) { return held.thread != last; });
        program.wake(next == at_end.rend() ? at_end.back() : *next);
        ++joined;
        run();
        at_end = program.stage().held(Held::Kind::thread_end);
    }
    const std::vector<Held> leaving = program.stage().held(Held::Kind::process_end);
    if (leaving.empty()) return "all threads are done, and the program does not end: " + program.describe();
    const std::string left = program.tasks().size() > 1 ? "main left behind a thread: " + program.describe() : "";
    for (const Held& held : leaving) program.wake(held);
    const Rest rest = program.settle();
    if (!left.empty()) return left;
    return rest == Rest::ended ? "" : wrong_end(program, rest);
}

Rest run_for_cut_lines(Program& program, std::string& problem) {
    pid_t writer = 0;  // has printed a part of a line
    std::string part;
    Rest rest = program.settle();
    for (int moves = 0; moves < 2'000 && rest != Rest::ended && problem.empty(); ++moves) {
        const std::vector<Held> writes = program.stage().held(Held::Kind::write);
        // Between two pieces of its line the writer waits for what the others do, and they for nobody.
        bool others_go_on = false;
        for (const Held& held : writes) {
            if (!held.text.empty() || held.thread == writer) continue;
            program.wake(held);
            others_go_on = true;
        }
        if (others_go_on) {
            rest = program.settle();
            continue;
        }
        const auto other =
            std::find_if(writes.begin(), writes.end(), [&](const Held& held) { return held.thread != writer; });
        const auto own =
            std::find_if(writes.begin(), writes.end(), [&](const Held& held) { return held.thread == writer; });
        std::vector<Held> sleepers = program.asleep();
        std::erase_if(sleepers, [&](const Held& held) { return held.thread == writer; });
        if (writer != 0 && other != writes.end()) {
            problem = "while one line was at " + in_quotes(part) + ", another thread or process wrote " +
                      in_quotes(other->text);
        } else if (writer != 0 && !sleepers.empty()) {
            for (const Held& sleeper : sleepers) program.wake(sleeper);  // whoever can write now shows it
        } else if (!writes.empty()) {
            const Held next = own != writes.end() ? *own : *other;
            if (!next.text.empty()) {
                part = (writer == 0 ? "" : part) + next.text;
                writer = next.text.back() == '\n' ? 0 : next.thread;
            }
            program.wake(next);
        } else if (!program.asleep().empty()) {
            for (const Held& sleeper : program.asleep()) program.wake(sleeper);
        } else {
            break;
        }
        rest = program.settle();
    }
    return rest;
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
