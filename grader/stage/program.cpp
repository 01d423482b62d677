#include "grader/stage/program.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <map>
#include <sstream>
#include <stdexcept>

#include "grader/contain/container.hpp"
#include "grader/contain/patience.hpp"
#include "grader/contain/remedy.hpp"

namespace {

using SteadyClock = std::chrono::steady_clock;

// Processor time that a thread may use and get nowhere before we call it spinning: the first time,
// and once we know that the program does spin.
constexpr double spin_seconds = 1.0;
constexpr double spin_seconds_again = 0.1;

// The patience with a program that has used it up once: a criterion asks many times.
constexpr int patience_seconds_again = 2;

// Calls between two standstills before we call that spinning, too: writes of nothing, one exec after another.
constexpr unsigned long most_calls = 100'000;
constexpr unsigned long most_calls_again = 5'000;

// Rounds in which something moves, before everybody is looked at all the same.
constexpr int looks_every = 32;

}  // namespace

Program::~Program() {
    child_->kill();
    end_all_below();  // whatever escaped its process group is our child by now, for we are its reaper
}

bool Program::pump() {
    bool any = false;
    // Between two looks at its output a program may make a few hundred calls, not endlessly many.
    for (int calls = 0; calls < 256 && stage_->handle_one(); ++calls) {
        any = true;
        ++calls_;
    }
    if (stage_->asks_for_count()) stage_->count(tasks().size());
    const bool world_moved = world_ && world_->pump(), client_moved = client_ && client_->pump();
    if (world_moved || client_moved) {
        any = true;
        stage_->note_progress();
    }
    return child_->read_output() || any;
}

void Program::pause() {
    std::vector<pollfd> ready{{stage_->descriptor(), POLLIN, 0}};
    for (const int end : child_->descriptors()) ready.push_back({end, POLLIN, 0});
    if (world_)
        for (const int end : world_->descriptors()) ready.push_back({end, POLLIN, 0});
    if (client_)
        for (const int end : client_->descriptors()) ready.push_back({end, POLLIN, 0});
    const bool hung_up =
        poll(ready.data(), ready.size(), 1) > 0 &&
        std::all_of(ready.begin(), ready.end(), [](const pollfd& end) { return (end.revents & POLLIN) == 0; });
    if (hung_up) poll(nullptr, 0, 1);  // nobody is behind the stage any more, and that stays so
}

Rest Program::settle() {
    std::vector<Task> before;
    std::map<pid_t, unsigned long> ticks_then;  // of each thread, when something last happened
    unsigned long progress = stage_->progress() - 1;
    SteadyClock::time_point last_progress;
    calls_ = 0;

    for (int unlooked = 0;;) {
        const bool moved = pump();
        if (child_->ended()) {
            while (pump()) {
            }
            child_->kill();
            end_all_below();
            while (pump()) {
            }
            stage_->recheck({});  // nobody is held any more
            require_own_end();
            return stage_->excess().empty() ? Rest::ended : Rest::too_many;
        }
        if (!stage_->excess().empty()) return Rest::too_many;
        if (child_->flooded()) return Rest::spinning;
        // While things move there is no standstill to prove, and to look at hundreds of tasks takes time.
        unlooked = moved ? unlooked + 1 : 0;
        if (unlooked % looks_every != 0) {
            before.clear();
            pause();
            continue;
        }
        std::vector<Task> now = tasks();
        const bool rechecked = stage_->recheck(now);

        // Once its first process has ended the rest follows by itself: the container takes it down, when whoever
        // stopped a thread of it has taken note of that thread's end.
        const bool lives = std::any_of(now.begin(), now.end(),
                                       [this](const Task& task) { return task.process == process() && !task.ended(); });
        if (!lives)
            for (const Task& task : now)
                if (task.process == process() && task.thread != child_->process())
                    waitpid(task.thread, nullptr, __WALL | WNOHANG);
        if (!moved && !rechecked && lives && proves_standstill(before, now) && !stage_->time_will_wake(now) &&
            network_rests(now) && !pump())
            return Rest::standstill;

        if (progress != stage_->progress()) {
            progress = stage_->progress();
            last_progress = SteadyClock::now();
            ticks_then.clear();
        }
        for (const Task& task : now) ticks_then.try_emplace(task.thread, task.ticks);
        if (only_spinners_run(now, ticks_then, spins_ ? spin_seconds_again : spin_seconds) ||
            calls_ > (spins_ ? most_calls_again : most_calls)) {
            spins_ = true;
            return Rest::spinning;
        }
        // On a busy machine a thread that yields all the time gets hardly any; by now any is enough.
        const int patience = impatient_ ? patience_seconds_again : patience_seconds;
        if (SteadyClock::now() - last_progress > std::chrono::seconds(patience)) {
            impatient_ = true;
            return only_spinners_run(now, ticks_then, 0) ? Rest::spinning : Rest::impatient;
        }
        before = std::move(now);
        pause();
    }
}

// A container that was killed from outside, and one that never came to start the program, say nothing about it.
void Program::require_own_end() {
    const Ending outer = *child_->ended();
    const bool container_killed = outer.by_signal && containment() == "bubblewrap";
    if (!container_killed && process() != 0) return;
    throw std::runtime_error("what runs the program " + ::describe(outer) + " from outside: where memory ran out, " +
                             remedy(ENOMEM));
}

// Nothing is on its way, and a look after that finds everybody as they were: what was on its way
// until then has woken nobody.
bool Program::network_rests(const std::vector<Task>& now) {
    if (!world_ && !client_) return true;
    if (world_ && world_->in_transit(process())) return false;
    if (client_ && client_->in_transit(process())) return false;
    const std::vector<Task> again = tasks();
    return proves_standstill(now, again) && !stage_->recheck(again);
}

// Everybody who is not blocked has used more than so much processor time since anything last happened.
bool Program::only_spinners_run(const std::vector<Task>& now, const std::map<pid_t, unsigned long>& ticks_then,
                                double seconds) const {
    const double enough = seconds * static_cast<double>(sysconf(_SC_CLK_TCK));
    bool any = false;
    for (const Task& task : now) {
        const unsigned long then = ticks_then.at(task.thread);  // a task that is gone by now shows 0 ticks
        const bool spins = task.ticks > then && static_cast<double>(task.ticks - then) > enough;
        if (!spins && !task.blocked() && !task.ended()) return false;
        any = any || spins;
    }
    return any;
}

std::vector<std::string> Program::lines() const {
    std::vector<std::string> found;
    std::istringstream text(output().substr(0, output().rfind('\n') + 1));
    for (std::string line; std::getline(text, line);) found.push_back(line);
    return found;
}

std::string Program::unfinished() const {
    return output().substr(output().rfind('\n') + 1);
}

std::optional<Ending> Program::ending() {
    const std::optional<Ending> outer = child_->ended();
    if (!outer || outer->by_signal) return outer;
    // Containers tell a signal as 128 + its number; whether the program said so itself, its last call tells.
    for (auto event = stage_->trace.events.rbegin(); event != stage_->trace.events.rend(); ++event) {
        const bool an_end = event->kind == Event::Kind::process_ends || event->kind == Event::Kind::thread_ends;
        if (an_end && event->process == process() && event->status == outer->number) return outer;
    }
    if (outer->number > 128) return Ending{true, outer->number - 128};
    return outer;
}

std::vector<Task> Program::tasks() const {
    if (containment() != "bubblewrap") return tasks_below(getpid());
    // All that the program starts stays below the container's monitor, which is our child, and the
    // container's first process, the monitor's child.
    std::vector<Task> all = tasks_below(child_->process());
    const std::vector<pid_t> own = children_of(child_->process());
    std::erase_if(all, [&](const Task& task) {
        return task.process != process() && std::find(own.begin(), own.end(), task.process) != own.end();
    });
    return all;
}

std::vector<pid_t> Program::zombies() const {
    std::vector<pid_t> found;
    for (const Task& task : tasks())
        if (task.ended() && task.process != process()) found.push_back(task.process);
    return found;
}

void Program::signal(pid_t process, int number) {
    if (process <= 0) throw std::logic_error("nobody to signal");  // to kill it is everybody, ourselves included
    kill(process, number);
}
