#include "ch08_offloading/computing.hpp"

#include "grader/debug/freezer.hpp"

Rest settle_computing(Program& program, const std::function<bool()>& awaited) {
    constexpr double far_more = 8, after_that = 1;  // seconds
    static bool spins = false;                      // a criterion's process has little time for who does
    const double before = processor_seconds_of(program.process());
    for (;;) {
        const Rest rest = program.settle();
        if (rest != Rest::spinning || program.flooded() || (awaited && !awaited())) return rest;
        if (processor_seconds_of(program.process()) - before < (spins ? after_that : far_more)) continue;
        spins = true;
        return rest;
    }
}

std::vector<Held> plain_sleepers(const Program& program) {
    std::vector<Held> sleepers = program.asleep();
    std::erase_if(sleepers, [](const Held& held) { return waits_for_descriptors(task_of(held.process, held.thread)); });
    return sleepers;
}

std::vector<std::size_t> progress_of(const Program& program) {
    return {program.output().size(), program.errors().size(), program.tasks().size()};
}

bool run_until_used(Program& program, double seconds) {
    std::vector<Task> looked;
    while (processor_seconds_of(program.process()) < seconds) {
        const bool moved = program.pump();
        const std::vector<Task> now = program.tasks();
        const bool rests = !moved && proves_standstill(looked, now);
        if (rests && program.settle() != Rest::spinning) return processor_seconds_of(program.process()) >= seconds;
        looked = now;
        program.pause();
    }
    return true;
}
