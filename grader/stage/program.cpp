#include "grader/stage/program.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>
#include <stdexcept>
#include <system_error>

#include "config.hpp"
#include "grader/contain/container.hpp"
#include "grader/contain/launch_order.hpp"
#include "grader/contain/patience.hpp"
#include "grader/contain/remedy.hpp"

namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr unsigned long cpu_seconds = 60;
constexpr unsigned long file_bytes = 64ul << 20;
constexpr unsigned long memory_bytes = 6ul << 30;  // of addresses: 256 threads' stacks count in full
constexpr unsigned long descriptors = 4096;

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

fs::path built_here(const std::string& name) {
    return fs::path(kit_build) / "grader" / name;
}

// One that launch sends. -1 where launch ended before it could.
int receive_descriptor(int socket) {
    char byte;
    iovec data{&byte, 1};
    int descriptor = -1;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptor)] = {};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    pollfd ready{socket, POLLIN, 0};
    if (poll(&ready, 1, patience_seconds * 1000) != 1) return -1;
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1) return -1;
    const cmsghdr* header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS) return -1;
    std::memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    return descriptor;
}

}  // namespace

Program::Program(const fs::path& executable, const std::vector<std::string>& arguments, const Setting& setting)
    : world_(setting.world), client_(setting.client) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        throw std::system_error(errno, std::generic_category(), "socketpair");

    const Shared launch{built_here("launch"), "/on-stage/launch"};
    const Shared clock{built_here("libclock.so"), "/on-stage/libclock.so"};
    const Shared pieces{built_here("libpieces.so"), "/on-stage/libpieces.so"};
    const Shared program{fs::absolute(executable), "/on-stage/" + executable.filename().string()};
    const bool held = setting.policy.hold_sleeps;
    std::string preloaded = held ? place_of(clock) : "";
    if (setting.pieces) preloaded += (held ? ":" : "") + place_of(pieces);
    const bool own_network = world_ && containment() == "bubblewrap";
    LaunchOrder order{.socket = ends[1],
                      .port = own_network ? world_->port() : 0,
                      .calls = client_ ? client_->most_calls() : 0,
                      .preload = preloaded,
                      .fixed_addresses = setting.sanitized,
                      .processor_clocks = setting.policy.hold_processor_clocks,
                      .cpu_seconds = cpu_seconds,
                      .file_bytes = file_bytes,
                      .memory_bytes = setting.sanitized ? 0 : memory_bytes,
                      .descriptors = descriptors,
                      .program = {place_of(program)}};
    order.program.insert(order.program.end(), arguments.begin(), arguments.end());
    std::vector<std::string> command = in_words(order);
    command.insert(command.begin(), place_of(launch));

    std::vector<std::string> environment = plain_environment();
    environment.insert(environment.end(), setting.environment.begin(), setting.environment.end());

    if (containment() != "bubblewrap") {
        scratch_ = std::make_unique<Scratch>(fs::temp_directory_path(), scratch_prefix);
    }
    std::vector<Shared> shared = {launch, clock, pieces, program};
    shared.insert(shared.end(), setting.shared.begin(), setting.shared.end());
    child_ = std::make_unique<Child>(confined({shared, ""}, command), environment, setting.out, ends[1],
                                     scratch_ ? scratch_->path().string() : "");
    close(ends[1]);
    const int listener = receive_descriptor(ends[0]);
    const int server = own_network && listener >= 0 ? receive_descriptor(ends[0]) : -1;
    if (server >= 0) world_->listen_at(server);
    for (int calls = client_ && listener >= 0 ? client_->most_calls() : 0; calls > 0; --calls) {
        const int socket = receive_descriptor(ends[0]);
        if (socket >= 0) client_->take(socket);
    }
    close(ends[0]);
    if (listener < 0) {
        child_->wait();
        const std::string why =
            child_->errors().empty() && child_->ended() ? ::describe(*child_->ended()) : child_->errors();
        throw std::runtime_error("cannot put the program on the stage: " + why);
    }
    stage_ = std::make_unique<Stage>(listener, child_->out_identity(), child_->error_identity(), setting.policy);
}

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
