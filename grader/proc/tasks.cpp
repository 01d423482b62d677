#include "grader/proc/tasks.hpp"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace {

std::string proc(pid_t process) {
    return "/proc/" + std::to_string(process);
}

std::string read_all(const std::string& path) {
    // No stream: hundreds of these are read for one look at a program.
    std::string text;
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return text;
    char buffer[4096];
    for (ssize_t count; (count = read(file, buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(count));
    close(file);
    return text;
}

std::vector<pid_t> threads_of(pid_t process) {
    std::vector<pid_t> threads;
    std::error_code gone;
    for (std::filesystem::directory_iterator entry(proc(process) + "/task", gone), end; !gone && entry != end;
         entry.increment(gone)) {
        threads.push_back(static_cast<pid_t>(std::stol(entry->path().filename())));
    }
    std::sort(threads.begin(), threads.end());
    return threads;
}

void read_stat(const std::string& text, Task& task) {
    const std::size_t name_end = text.rfind(')');  // the name may hold anything, brackets too
    if (name_end == std::string::npos) return;
    std::istringstream fields(text.substr(name_end + 1));
    std::string skip;
    unsigned long user = 0, system = 0;
    fields >> task.state;
    for (int field = 4; field < 14; ++field) fields >> skip;
    fields >> user >> system;
    task.ticks = user + system;
}

// "running", or the call's number, its arguments, and two registers. The kernel
// answers with a number only for a task that is off the processor.
void read_call(const std::string& text, Task& task) {
    std::istringstream fields(text);
    if (!(fields >> task.call)) {
        task.call = -1;
        return;
    }
    for (unsigned long& argument : task.argument) {
        std::string word;
        fields >> word;
        argument = word.empty() ? 0 : std::stoul(word, nullptr, 16);
    }
}

unsigned long switches_of(const std::string& status) {
    unsigned long sum = 0;
    for (const char* key : {"\nvoluntary_ctxt_switches:", "\nnonvoluntary_ctxt_switches:"}) {
        const std::size_t at = status.find(key);
        if (at != std::string::npos) sum += std::stoul(status.substr(at + std::string(key).size()));
    }
    return sum;
}

void collect(pid_t process, std::vector<Task>& tasks) {
    for (const pid_t child : children_of(process)) {
        for (const pid_t thread : threads_of(child)) tasks.push_back(task_of(child, thread));
        collect(child, tasks);
    }
}

}  // namespace

Task task_of(pid_t process, pid_t thread) {
    Task task;
    task.process = process;
    task.thread = thread;
    const std::string folder = proc(process) + "/task/" + std::to_string(thread);
    read_call(read_all(folder + "/syscall"), task);
    read_stat(read_all(folder + "/stat"), task);
    task.switches = switches_of(read_all(folder + "/status"));
    return task;
}

std::vector<pid_t> children_of(pid_t process) {
    std::vector<pid_t> children;
    for (const pid_t thread : threads_of(process)) {
        std::istringstream list(read_all(proc(process) + "/task/" + std::to_string(thread) + "/children"));
        for (pid_t child; list >> child;) children.push_back(child);
    }
    std::sort(children.begin(), children.end());
    return children;
}

std::string status_line(pid_t task, const std::string& key) {
    const std::string status = "\n" + read_all(proc(task) + "/status");
    const std::size_t at = status.find("\n" + key + ":");
    if (at == std::string::npos) return "";
    const std::size_t begin = status.find_first_not_of(" \t", at + key.size() + 2);
    return status.substr(begin, status.find('\n', begin) - begin);
}

bool signal_is_pending(pid_t thread, unsigned long set) {
    for (const char* key : {"SigPnd", "ShdPnd"}) {
        const std::string pending = status_line(thread, key);
        if (!pending.empty() && (std::stoul(pending, nullptr, 16) & set) != 0) return true;
    }
    return false;
}

std::vector<Task> tasks_below(pid_t root) {
    std::vector<Task> tasks;
    collect(root, tasks);
    return tasks;
}

bool proves_standstill(const std::vector<Task>& before, const std::vector<Task>& after) {
    return before == after &&
           std::all_of(after.begin(), after.end(), [](const Task& task) { return task.blocked() || task.ended(); });
}

std::string describe_wait(const Task& task) {
    if (task.ended()) return "has ended, and nobody waited for it";
    if (task.stopped()) return task.state == 't' ? "is held still" : "is stopped by a signal";
    if (!task.blocked()) return "is running";
    switch (task.call) {
        case SYS_wait4:
        case SYS_waitid: return "waits for a child process to end";
        case SYS_read: return "reads descriptor " + std::to_string(task.argument[0]);
        case SYS_write: return "writes to descriptor " + std::to_string(task.argument[0]);
        case SYS_connect: return "waits for a connection";
        case SYS_recvfrom:
        case SYS_recvmsg: return "waits for its server (reads descriptor " + std::to_string(task.argument[0]) + ")";
        case SYS_ppoll:
        case SYS_pselect6:
        case SYS_epoll_pwait:
#ifdef __x86_64__
        case SYS_poll:
        case SYS_select:
        case SYS_epoll_wait:
#endif
            return "waits for one of its descriptors (select, poll)";
        case SYS_rt_sigsuspend:
        case SYS_rt_sigtimedwait:
#ifdef __x86_64__
        case SYS_pause:
#endif
            return "waits for a signal";
        case SYS_futex: {
            const unsigned long operation = task.argument[1];
            // glibc joins with a shared, absolute wait on the thread's id.
            if ((operation & FUTEX_PRIVATE_FLAG) == 0 && (operation & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET)
                return "waits for a thread to end (join)";
            if ((operation & FUTEX_CMD_MASK) == FUTEX_WAIT && task.argument[2] == 2) return "waits for a mutex";
            return "waits for another thread";
        }
        default: return "is blocked in system call " + std::to_string(task.call);
    }
}
