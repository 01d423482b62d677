#include "bench/moments.hpp"

#include <algorithm>
#include <cstdint>

#include "bench/standing.hpp"

namespace {

constexpr std::size_t most_moments = 30;        // of a stretch: the last ones, in front of the sleep
constexpr std::size_t longest_stretch = 5'000;  // after as many moments a parent asks again and again, and never sleeps
constexpr std::size_t none = SIZE_MAX;

unsigned long signals(pid_t process, const std::string& which) {
    const std::string set = status_line(process, which);
    return set.empty() ? 0 : std::stoul(set, nullptr, 16);
}

}  // namespace

const Setting held_at_start{.policy = {.hold_start = true}};

bool hears_signals(const Program& program) {
    return (signals(program.process(), "SigCgt") | signals(program.process(), "SigBlk")) != 0;
}

// Whom no signal can interrupt notices a child's end by a call alone: then only what is in front of calls are different
// moments.
bool MomentOf::counts(const CallByCall& main) {
    const bool can_be_interrupted = (signals(main.thread(), "SigCgt") & ~signals(main.thread(), "SigBlk")) != 0;
    return main.moment() == Moment::in_front || (can_be_interrupted && main.moment() != Moment::inside);
}

bool MomentOf::reach(CallByCall& main) {
    for (bool at_one = main.stands_still() || main.next(); at_one; at_one = main.next().has_value()) {
        if (!counts(main)) continue;
        if (passed_ == number_) return true;
        if (passed_ == longest_stretch) return false;
        ++passed_;
    }
    return false;
}

Moments at_each_moment(bool hears, const std::vector<Happening>& happenings) {
    Moments all;
    for (const auto& [what, by_signal, run] : happenings) {
        if (by_signal && !hears) continue;
        MomentOf sought(none);
        run(sought);  // nothing happens: it is counted
        const std::size_t there_are = sought.passed();
        for (std::size_t number = there_are - std::min(there_are, most_moments); number < there_are; ++number) {
            MomentOf moment(number);
            const std::string problem = run(moment);
            if (!problem.empty()) return {what + ", and " + problem, all.tried};
            ++all.tried;
        }
    }
    return all;
}

void judge_moments(const Moments& moments, const std::string& read) {
    judge(standing::heard, {.problem = moments.problem,
                            .saw = "a child ended at each of " + counted(moments.tried, "moment", "moments") +
                                   " of its parent, in a run of its own: all came to the right end",
                            .read = read});
}
