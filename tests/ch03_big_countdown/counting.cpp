#include "ch03_big_countdown/counting.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

// Of one loop: more than any lock goes round on its way into a decrement or out of it.
constexpr unsigned long many_rounds = 50;
constexpr unsigned long shortest_look = 1'500;  // steps
constexpr unsigned long few_visits = 30;        // that are no sign of a count

// All up by 1 each time, or all down.
bool is_counter(const std::vector<Change>& changes) {
    return changes.size() >= 3 && std::abs(changes[0].difference()) == 1 &&
           std::all_of(changes.begin(), changes.end(),
                       [&](const Change& change) { return change.difference() == changes[0].difference(); });
}

}  // namespace

bool of_contention() {
    return program_name() == "big_countdown_contention";
}

std::string readme(int step) {
    return "labs/ch03_big_countdown/README.md#step-" + std::to_string(step);
}

Words shared_as(const std::string& sharing, Words arguments) {
    if (of_contention()) arguments.insert(arguments.end(), {"--sharing", sharing});
    return arguments;
}

Words count_of(const std::string& count, const std::string& sharing) {
    Words words = {"--count", count, "--threads", std::to_string(crew_size)};
    if (sharing.empty()) return words;
    words.insert(words.end(), {"--sharing", sharing, "--switch-interval", "1h"});
    return words;
}

Words big_count(const std::string& sharing) {
    return count_of("3M", sharing);
}

Setting setting(const Policy& policy) {
    Setting setting;
    setting.policy = policy;
    setting.policy.hold_sleeps = false;
    return setting;
}

Counting::Counting(const Words& arguments, Visits usual)
    : Crew(arguments, setting().policy), usual_(std::move(usual)) {}

std::vector<unsigned long> Counting::steps_to_the_end(MainAlone main_alone) {
    const pid_t main = microscope.main();
    const bool let_run = main_alone == MainAlone::let_run;
    if (microscope.run(main) == Stop::birth) {
        for (bool moved = true; moved && !microscope.has_ended(main);) {
            std::vector<pid_t> everybody = microscope.alive();
            everybody.push_back(main);
            moved = false;
            for (const pid_t thread : everybody) {
                if (let_run && thread == main && microscope.alive().empty()) {
                    moved = microscope.run(main) == Stop::birth;
                    continue;
                }
                Visits visits;
                const Look look = microscope.step(thread, {.here = [&](Address instruction) {
                                                      if (const auto place = microscope.place(instruction))
                                                          ++visits[*place];
                                                      return false;
                                                  }});
                for (const auto& [place, times] : visits) visits_[place] = std::max(visits_[place], times);
                moved = moved || look.stop == Stop::ended || (look.steps > 0 && look.stop != Stop::busy);
            }
        }
    }
    std::vector<unsigned long> steps = {microscope.steps(main)};
    for (const pid_t thread : microscope.born()) steps.push_back(microscope.steps(thread));
    return steps;
}

// Stop::steps where it is seen to count.
Stop Counting::begin(pid_t thread) {
    Visits visits;
    const std::size_t there = microscope.alive().size();
    return microscope
        .step(thread, {.here =
                           [&](Address instruction) {
                               if (thread == microscope.main() && microscope.alive().size() > there)
                                   return true;  // it still makes threads
                               const auto place = microscope.place(instruction);
                               if (!place) return false;
                               const auto known = usual_.find(*place);
                               return ++visits[*place] > few_visits + 10 * (known == usual_.end() ? 0 : known->second);
                           }})
        .stop;
}

std::string Counting::begin() {
    const std::string absent = gather(crew_size, [this] { return begin(microscope.main()) == Stop::steps; });
    if (!absent.empty()) return absent;
    std::set<pid_t> seen;
    if (members().back() == microscope.main()) seen.insert(microscope.main());
    bool on = true;
    for (int vain = 0; on && vain < 20 && seen.size() < crew_size; ++vain) {  // some nap, and look again
        on = false;
        for (const pid_t thread : members()) {
            if (seen.contains(thread) || microscope.blocked(thread)) continue;
            const Stop stop = begin(thread);
            if (stop == Stop::ended) return name(thread) + " ended and was not seen to count; " + situation();
            if (stop == Stop::steps && seen.insert(thread).second) vain = 0;
            on = on || stop != Stop::busy;  // that spins until others are there
        }
    }
    return !seen.empty() ? "" : "no thread was seen to count; " + situation();
}

std::string Counting::first_counts() {
    for (;;) {
        const Stop stop = microscope.run(microscope.main());
        if (stop == Stop::busy) return "";  // main counts, alone
        if (stop != Stop::birth) return "no thread was seen to count; " + situation();
        if (begin(microscope.born().back()) == Stop::steps) return "";
    }
}

Look Counting::go_round(pid_t thread, Until until) {
    Visits visits;
    unsigned long steps = 0, most = 0;
    until.here = [&](Address instruction) {
        ++steps;
        if (const auto place = microscope.place(instruction)) most = std::max(most, ++visits[*place]);
        return steps > shortest_look && most > many_rounds;
    };
    return microscope.step(thread, until);
}

bool Counting::let_in(pid_t thread) {
    const std::vector<pid_t> movers = others(thread);
    std::size_t round = 0;  // of movers that went round and round, and let it be
    for (std::size_t turn = 0; round < 2 * movers.size() && turn < 40; ++turn) {
        // On to its next call: that may wake this thread, or another one that stands in front of it.
        const Look moved = go_round(movers[turn % movers.size()], {.call = true});
        round = moved.stop == Stop::call ? round : round + 1;
        if (!microscope.blocked(thread)) return true;
    }
    return false;
}

bool Counting::advance(pid_t thread, Address word) {
    for (int tries = 0; tries < 20; ++tries) {
        const Look look = microscope.step_to_change(thread, {word});
        if (look.stop == Stop::change) return true;
        if (look.stop != Stop::blocked) return false;
        // Behind a lock, or in the short loop in which some locks wait first.
        if (!let_in(thread) && tries >= 4) return false;
    }
    return false;
}

pid_t Counting::wakes_somebody(pid_t mover, Address word) {
    for (int calls = 0; calls < 1'000; ++calls) {  // one that calls and calls wakes nobody
        const Look look = go_round(mover, {.watched = {word}, .change = true, .call = true});
        if (look.calls == 0) return 0;
        for (const pid_t other : others(mover))
            if (!microscope.blocked(other)) return other;
        if (look.stop != Stop::call) return 0;
    }
    return 0;
}

bool Counting::passes_on(pid_t holder, pid_t waiting, Address word) {
    if (!microscope.blocked(waiting)) move(waiting);  // told to look again, as all were
    for (int calls = 0; calls < 1'000 && microscope.blocked(waiting); ++calls) {
        const Look look = go_round(holder, {.watched = {word}, .change = true, .call = true});
        if (look.calls == 0 || !look.changes.empty()) break;
    }
    return !microscope.blocked(waiting);
}

std::string Counting::not_excluded(pid_t holder, Address word) {
    for (const pid_t other : others(holder)) {
        const Look look = microscope.step_to_change(other, {word});
        if (look.stop == Stop::blocked || look.stop == Stop::ended) continue;
        const std::string where = name(holder) + " was stopped after a decrement, and " + name(other) + " ";
        return where +
               (look.stop == Stop::change ? "changed the counter as well" : "went on and on, and was never blocked");
    }
    return "";
}

Counting::Written Counting::written(pid_t thread, unsigned long shift) {
    constexpr std::size_t most_watched = 12;
    Written written;
    std::set<Address> watched;
    bool goes_on = true;
    const auto look_at = [&](Until until) {
        Look look = go_round(thread, until);
        if (look.stop != Stop::steps || shift == 0) return look;
        until.steps = shift;
        const Look more = microscope.step(thread, until);
        look.stop = more.stop;
        look.changes.insert(look.changes.end(), more.changes.begin(), more.changes.end());
        return look;
    };
    for (bool again = true; goes_on; again = false) {
        const Microscope::Memory before = microscope.memory(thread);
        const Look look = look_at({});
        const std::vector<Address> words = Microscope::changed(before, microscope.memory(thread));
        written.all.insert(words.begin(), words.end());
        watched.insert(words.begin(),
                       words.begin() + static_cast<std::ptrdiff_t>(std::min(words.size(), most_watched)));
        // It may have come to a lock at once, whose owner was stopped with it, and that each time.
        if (!again || look.stop != Stop::blocked || look.steps == 0) break;
        goes_on = let_in(thread);
    }
    for (const auto& [other, counters] : counters_) watched.insert(counters.begin(), counters.end());
    if (watched.empty()) return written;
    std::vector<Change> seen;
    for (int turns = 0; turns < 6 && goes_on; ++turns) {  // a fair lock lets a thread in for one decrement at a time
        const Look look = look_at({.watched = {watched.begin(), watched.end()}});
        seen.insert(seen.end(), look.changes.begin(), look.changes.end());
        if (look.stop != Stop::blocked || (seen.empty() && turns == 2)) break;
        goes_on = let_in(thread);
    }
    // A thread that begins goes through loops of the library's: what counts is seen more than once.
    for (const Address word : watched) {
        std::vector<Change> changes = seen;
        std::erase_if(changes, [word](const Change& change) { return change.word != word; });
        if (!is_counter(changes)) continue;
        if (counters_[thread].insert(word).second) continue;
        written.counters.insert(word);
        for (const Change& change : changes) written.atomic = written.atomic && change.atomic;
    }
    return written;
}

namespace {

// What threads do that have a share of 1 each. Where they have ended, most steps are yet to come: main's, to print and
// to leave.
Visits usual_visits(const std::string& sharing) {
    Counting counting(count_of(std::to_string(crew_size), sharing));
    counting.steps_to_the_end(Counting::MainAlone::let_run);
    return counting.visits();
}

}  // namespace

std::unique_ptr<Counting> counting_crew(const std::string& sharing, std::string& problem) {
    std::unique_ptr<Counting> counting;
    // A program may do the same for a small count as for a big one, to warm up: then any loop is taken for a count.
    for (const bool any_loop : {false, true}) {
        counting = nullptr;  // one program at a time
        counting = std::make_unique<Counting>(big_count(sharing), any_loop ? Visits{} : usual_visits(sharing));
        problem = counting->begin();
        if (problem.empty()) break;
    }
    return counting;
}

std::string too_big_for_it() {
    const std::string count = "992137445379";  // 3 * (77 * 2^32 + 1)
    const std::string sharing = of_contention() ? "private" : "";
    Counting counting(count_of(count, sharing), usual_visits(sharing));
    const std::string problem = of_contention() ? counting.first_counts() : counting.begin();
    return problem.empty() ? "" : "with --count " + count + ": " + problem;
}
