#include "grader/contain/child.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <mutex>
#include <set>
#include <system_error>
#include <utility>

#include "grader/contain/inherited.hpp"
#include "grader/proc/task_files.hpp"
#include "grader/proc/tasks.hpp"

namespace {

constexpr std::size_t most_output = 16 * 1024 * 1024;

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

// Those that have a Child. Whoever is not among them is an orphan.
struct Living {
    std::mutex critical;
    std::set<pid_t> processes;
};
Living& living() {
    static Living children;
    return children;
}

struct Ends {
    int grader = -1, child = -1;
};

Ends open_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe");
    return {ends[0], ends[1]};
}

// Raw: the line discipline changes no character and echoes none.
Ends open_terminal() {
    Ends ends;
    termios raw{};
    cfmakeraw(&raw);
    const winsize size{24, 80, 0, 0};
    if (openpty(&ends.grader, &ends.child, nullptr, &raw, &size) != 0) fail("pseudo-terminal");
    fcntl(ends.grader, F_SETFD, FD_CLOEXEC);
    fcntl(ends.child, F_SETFD, FD_CLOEXEC);
    return ends;
}

std::vector<char*> pointers(const std::vector<std::string>& words) {
    std::vector<char*> list;
    for (const std::string& word : words) list.push_back(const_cast<char*>(word.c_str()));
    list.push_back(nullptr);
    return list;
}

bool all_threads(pid_t process, bool (Task::*are)() const) {
    const std::vector<pid_t> threads = threads_of(process);
    return std::all_of(threads.begin(), threads.end(), [&](pid_t thread) {
        const Task task = task_of(process, thread);
        return task.ended() || task.state == '?' || (task.*are)();
    });
}

// A process that the kernel does not let go (a disk that does not answer) is left to it.
void until(const std::function<bool()>& over) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(patience_seconds);
    while (!over() && std::chrono::steady_clock::now() < limit) usleep(200);
}

}  // namespace

std::string describe(const Ending& ending) {
    if (!ending.by_signal) return "exits with " + std::to_string(ending.number);
    return "was ended by signal " + std::to_string(ending.number) + " (" + strsignal(ending.number) + ")";
}

Child::Child(const std::vector<std::string>& command, const std::vector<std::string>& environment, Out out,
             int inherited, const std::string& folder) {
    const Ends output = out == Out::terminal ? open_terminal() : open_pipe();
    const Ends errors = open_pipe();
    out_identity_ = identity_of(output.child).value();
    error_identity_ = identity_of(errors.child).value();
    const std::vector<char*> words = pointers(command), variables = pointers(environment);

    const pid_t parent = getpid();
    std::unique_lock lock(living().critical);
    process_ = fork();
    const int refused = errno;
    if (process_ > 0) living().processes.insert(process_);
    lock.unlock();
    if (process_ < 0) {
        for (const int end : {output.grader, output.child, errors.grader, errors.child}) close(end);
        throw std::system_error(refused, std::generic_category(), "cannot start another process (fork)");
    }
    if (process_ == 0) {  // only what is safe between fork and exec of a threaded program
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        if (getppid() != parent) _exit(127);  // it came too late to be told
        reset_signals();
        const int nothing = open("/dev/null", O_RDONLY);
        dup2(nothing, 0);
        dup2(output.child, 1);
        dup2(errors.child, 2);
        syscall(SYS_close_range, 3, ~0u, CLOSE_RANGE_CLOEXEC);
        if (inherited >= 0) fcntl(inherited, F_SETFD, 0);
        if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(126);
        execvpe(words[0], words.data(), variables.data());
        _exit(127);
    }
    setpgid(process_, process_);
    close(output.child);
    close(errors.child);
    out_end_ = output.grader;
    error_end_ = errors.grader;
    for (const int end : {out_end_, error_end_}) fcntl(end, F_SETFL, O_NONBLOCK);
}

Child::~Child() {
    kill();
    for (const int end : {out_end_, error_end_})
        if (end >= 0) close(end);
}

std::vector<int> Child::descriptors() const {
    std::vector<int> open;
    for (const int end : {out_end_, error_end_})
        if (end >= 0) open.push_back(end);
    return open;
}

bool Child::read_output() {
    const bool out = read_some(out_end_, out_);
    const bool errors = read_some(error_end_, errors_);
    return out || errors;
}

bool Child::read_some(int& descriptor, std::string& into) {
    bool any = false;
    char buffer[64 * 1024];
    while (descriptor >= 0) {
        const ssize_t count = read(descriptor, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && errno == EAGAIN) break;
        if (count <= 0) {  // nobody can write to it any more: a terminal says so with EIO
            close(descriptor);
            descriptor = -1;
            break;
        }
        any = true;
        const std::size_t room = most_output - std::min(most_output, into.size());
        if (static_cast<std::size_t>(count) > room) {
            flooded_ = true;
            into.append(buffer, room);
            break;  // come back to it: a flood must not keep the grader from its other work
        }
        into.append(buffer, static_cast<std::size_t>(count));
    }
    return any;
}

std::optional<Ending> Child::ended() {
    if (ending_) return ending_;
    siginfo_t end{};
    const int found = waitid(P_PID, static_cast<id_t>(process_), &end, WEXITED | WNOHANG | WNOWAIT);
    if (found == 0 && end.si_pid != process_) return ending_;
    if (found != 0 && errno != ECHILD) return ending_;
    // One that we trace ourselves reports its stops here, too, asked for or not.
    if (found == 0 && (end.si_code == CLD_STOPPED || end.si_code == CLD_TRAPPED)) return ending_;
    ::kill(-process_, SIGKILL);  // who is left of its group. Once it is reaped, its number may be another's
    int status = SIGKILL;
    waitpid(process_, &status, WNOHANG);
    over(WIFSIGNALED(status) ? Ending{true, WTERMSIG(status)} : Ending{false, WEXITSTATUS(status)});
    return ending_;
}

void Child::over(Ending ending) {
    ending_ = ending;
    const std::scoped_lock lock(living().critical);
    living().processes.erase(process_);
}

std::optional<Ending> Child::wait(int patience) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(patience);
    while (!ended() && !flooded_ && std::chrono::steady_clock::now() < limit) {
        std::vector<pollfd> ready;
        for (const int end : descriptors()) ready.push_back({end, POLLIN, 0});
        poll(ready.data(), ready.size(), 5);
        read_output();
    }
    const std::optional<Ending> ending = ended();
    kill();
    read_output();
    return ending;
}

void Child::kill() {
    if (process_ <= 0 || ending_) return;
    ::kill(-process_, SIGKILL);
    ::kill(process_, SIGKILL);
    until([this] { return waitpid(process_, nullptr, WNOHANG) != 0; });
    over({true, SIGKILL});
}

void end_all_below() {
    until([] {
        for (const Task& task : tasks_below(getpid())) ::kill(task.process, SIGKILL);
        pid_t ended;
        while ((ended = waitpid(-1, nullptr, WNOHANG)) > 0) {
        }
        return ended < 0;
    });
}

void end_all_below_stopped(pid_t process) {
    std::vector<Task> before;
    until([&] {
        const bool stopped = all_threads(process, &Task::stopped);  // asked first: then none is made after the look
        const std::vector<Task> now = tasks_below(process);
        for (const Task& task : now)
            if (!task.ended()) ::kill(task.process, SIGKILL);
        return stopped && nobody_lives(std::exchange(before, now), now);
    });
    ::kill(process, SIGKILL);
    until([process] { return all_threads(process, &Task::ended); });  // the last one takes their files along
}

void end_orphans() {
    std::vector<pid_t> orphans = children_of(getpid());
    {
        const std::scoped_lock lock(living().critical);
        std::erase_if(orphans, [](pid_t process) { return living().processes.contains(process); });
    }
    for (const pid_t orphan : orphans) {
        for (const Task& task : tasks_below(orphan)) ::kill(task.process, SIGKILL);
        ::kill(orphan, SIGKILL);
    }
    for (const pid_t orphan : orphans) waitpid(orphan, nullptr, WNOHANG);
}
