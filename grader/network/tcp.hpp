// Connections between the grader and the program under test, as /proc shows them: what is on its way by
// itself, and whose a connection is.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "grader/proc/tasks.hpp"

// A row of /proc/PID/net/tcp.
struct TcpEnd {
    static constexpr int syn_received = 3, listens = 10;  // states, as in the kernel's tcp_states.h

    int local = 0, remote = 0, state = 0;   // ports
    bool to_send = false, to_read = false;  // is there anything
    std::string inode;

    bool is_between() const;  // something is on its way by itself, and will change the state
};

// All of the network that the process `inside` sees.
std::vector<TcpEnd> tcp_ends(pid_t inside);

// Of an end of the grader's own: something was sent, and not acknowledged. What waits for the other's
// window does not move, and does not count.
bool is_unacknowledged(int socket);

// For each local port with a connection to `remote`: the process among `tasks` that holds it, if any
// does. `inside`: a process that sees their network.
std::map<int, pid_t> owners_of(int remote, pid_t inside, const std::vector<Task>& tasks);
