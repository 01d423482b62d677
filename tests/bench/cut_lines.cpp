#include "bench/cut_lines.hpp"

#include <sys/types.h>

#include <algorithm>

#include "bench/words.hpp"

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
