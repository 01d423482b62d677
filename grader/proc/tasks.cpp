#include "grader/proc/tasks.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <set>
#include <sstream>

#include "grader/proc/task_files.hpp"

namespace {

// What stands behind the name, which may hold anything, brackets too: a state, and numbers.
void read_stat(const std::string& text, Task& task) {
    const std::size_t name_end = text.rfind(')');
    if (name_end == std::string::npos || name_end + 3 > text.size()) return;
    task.state = text[name_end + 2];
    const char* at = text.c_str() + name_end + 3;
    unsigned long value = 0;
    constexpr int user_time = 14, system_time = 15;  // counted as in proc(5)
    for (int field = 4; field <= system_time; ++field) {
        char* end = nullptr;
        value = std::strtoul(at, &end, 10);
        at = end;
        if (field >= user_time) task.ticks += value;
    }
}

// "running", or the call's number, its arguments, and two registers. The kernel
// answers with a number only for a task that is off the processor.
void read_call(const std::string& text, Task& task) {
    char* at = nullptr;
    task.call = std::strtol(text.c_str(), &at, 10);
    if (at == text.c_str()) task.call = -1;
    else
        for (unsigned long& argument : task.argument) argument = std::strtoul(at, &at, 16);
}

unsigned long switches_of(const std::string& status) {
    unsigned long sum = 0;
    for (const char* key : {"\nvoluntary_ctxt_switches:", "\nnonvoluntary_ctxt_switches:"}) {
        const std::size_t at = status.rfind(key);
        if (at != std::string::npos) sum += std::strtoul(status.c_str() + at + std::strlen(key), nullptr, 10);
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
    read_call(read_task_file(process, thread, TaskFile::call), task);
    read_stat(read_task_file(process, thread, TaskFile::stat), task);
    task.switches = switches_of(read_task_file(process, thread, TaskFile::status));
    return task;
}

std::vector<pid_t> children_of(pid_t process) {
    std::vector<pid_t> children;
    for (const pid_t thread : threads_of(process)) {
        std::istringstream list(read_task_file(process, thread, TaskFile::children));
        for (pid_t child; list >> child;) children.push_back(child);
    }
    std::sort(children.begin(), children.end());
    return children;
}

std::string status_line(pid_t task, const std::string& key) {
    const std::string status = "\n" + read_task_file(task, task, TaskFile::status);
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
    std::set<pid_t> seen{root};
    for (const Task& task : tasks) seen.insert({task.process, task.thread});
    keep_task_files(seen);
    return tasks;
}

std::chrono::nanoseconds processor_time(const Task& task) {
    const std::string text = read_task_file(task.process, task.thread, TaskFile::schedstat);
    return std::chrono::nanoseconds(std::strtoll(text.c_str(), nullptr, 10));
}

bool proves_standstill(const std::vector<Task>& before, const std::vector<Task>& after) {
    return before == after &&
           std::all_of(after.begin(), after.end(), [](const Task& task) { return task.blocked() || task.ended(); });
}

bool nobody_lives(const std::vector<Task>& before, const std::vector<Task>& after) {
    return before == after && std::all_of(after.begin(), after.end(), [](const Task& task) { return task.ended(); });
}

std::string describe_wait(const Task& task) {
    if (task.ended()) return "has ended, and its parent has not waited for it";
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
