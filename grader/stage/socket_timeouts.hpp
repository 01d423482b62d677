// The time-outs that a program gives its sockets (SO_RCVTIMEO, SO_SNDTIMEO): a call on such a socket is a sleep, too.
// They are kept here, by socket, and from the kernel: whoever is blocked in such a call stays so until the grader
// ends it (make_return in injector.hpp).
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <map>
#include <optional>
#include <utility>

#include "grader/proc/tasks.hpp"
#include "grader/stage/timed_call.hpp"

class SocketTimeouts {
  public:
    // Remembers what a call of setsockopt asks for. False where it asks for no time-out, or for none that is valid: the
    // kernel's own answer is right then.
    bool set(pid_t process, pid_t thread, const seccomp_data& data);

    // Of the socket that a task is blocked on. None where there is no such socket, or it has none.
    std::optional<Nanoseconds> of(const Task& task) const;

    // What the task's call returns when that has passed.
    static long on_expiry(const Task& task);

  private:
    std::map<std::pair<unsigned long, int>, Nanoseconds> timeouts_;  // by inode and option
};
