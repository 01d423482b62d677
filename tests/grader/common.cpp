#include "grader/common.hpp"

#include <algorithm>
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
        else if (!program.output().empty()) problem = "prints " + in_quotes(program.output().substr(0, 200)) + " on stdout";
        else if (!names_all) problem = "says " + in_quotes(said.substr(0, 200)) + " on stderr";
        else if (std::count(said.begin(), said.end(), '\n') != 1) problem = "says more or less than one line: " + in_quotes(said.substr(0, 200));
        if (problem.empty()) continue;
        problem = "with" + command + " the program " + problem;
        break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? std::to_string(flags.size()) + " kinds of bad flags, each refused" : problem,
           .expected = "one line on stderr with the flag, its value and what is accepted; nothing on stdout; exit code 2",
           .why = "a program that guesses what was meant does the wrong thing without a word",
           .read = read});
}

std::string no_sanitized_build(Flavour flavour) {
    const char* silenced = std::getenv("KIT_SILENCES");
    if (silenced && *silenced) return "the source says " + in_quotes(silenced) + ": a sanitizer that is silenced proves nothing";
    if (!std::filesystem::exists(executable(flavour))) return "it does not compile with the sanitizer";
    return "";
}

Setting sanitized(Flavour flavour, Setting setting) {
    setting.sanitized = true;
    setting.environment.push_back(flavour == Flavour::thread_sanitizer
                                      ? "TSAN_OPTIONS=halt_on_error=1:exitcode=66:report_bugs=1:"
                                        "report_thread_leaks=1:report_signal_unsafe=1:suppressions="
                                      : "ASAN_OPTIONS=halt_on_error=1:exitcode=99:detect_leaks=0:"
                                        "verify_asan_link_order=0:detect_stack_use_after_return=1");
    return setting;
}

std::string found_by_sanitizer(const Program& program) {
    const std::string& said = program.errors();
    for (const char* banner : {"WARNING: ThreadSanitizer", "ERROR: AddressSanitizer", "runtime error: "}) {
        const std::size_t at = said.find(banner);
        if (at == std::string::npos) continue;
        const std::size_t summary = said.find("SUMMARY: ", at);
        const std::size_t begin = summary == std::string::npos ? at : summary;
        return said.substr(begin, said.find('\n', begin) - begin);
    }
    return "";
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
        const bool main_ends = std::any_of(at_end.begin(), at_end.end(), [&](const Held& held) {
            return held.thread == program.process();
        });
        return !leaving.empty() || main_ends;
    };
    if (at_end.empty()) return "no thread came to its end: " + program.describe();
    while (!at_end.empty()) {
        if (main_leaves())
            return "main left while " + counted(at_end.size(), "thread", "threads") + " had one last step to make: nobody joins them";
        // The last one first: joins in any order are right.
        const auto next = std::find_if(at_end.rbegin(), at_end.rend(), [&](const Held& held) { return held.thread != last; });
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
        const auto other = std::find_if(writes.begin(), writes.end(),
                                        [&](const Held& held) { return held.thread != writer; });
        const auto own = std::find_if(writes.begin(), writes.end(),
                                      [&](const Held& held) { return held.thread == writer; });
        std::vector<Held> sleepers = program.asleep();
        std::erase_if(sleepers, [&](const Held& held) { return held.thread == writer; });
        if (writer != 0 && other != writes.end()) {
            problem = "while one line was at " + in_quotes(part) + ", another thread or process wrote " + in_quotes(other->text);
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
