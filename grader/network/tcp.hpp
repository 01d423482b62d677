// Connections between the grader and the program under test, as /proc shows them: what is on its way by
// itself, and whose a connection is.
#pragma once

#include <sys/types.h>

#include <algorithm>
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

// Whether a network is at rest, for whoever asks often: to read the table of connections takes the kernel milliseconds,
// however few there are, and nothing on its way comes to be without a segment that the kernel counts. (What a program
// has corked, TCP_CORK or MSG_MORE, is still in its own hands.)
class TcpRest {
  public:
    // `inside`: a process of that network. `moves`: of one end, whether something of it is on its way by itself.
    template <class Moves>
    bool has_come(pid_t inside, Moves moves) {
        const std::string counts = counts_of(inside);  // before the table: what comes meanwhile counts anew
        if (!counts.empty() && counts == at_rest_) return true;
        const std::vector<TcpEnd> ends = tcp_ends(inside);
        const bool rests = std::none_of(ends.begin(), ends.end(), moves);
        at_rest_ = rests ? counts : "";
        return rests;
    }

  private:
    static std::string counts_of(pid_t inside);

    std::string at_rest_;  // the counts when it was seen to rest; "": it was not
};

// Of an end of the grader's own: something was sent, and not acknowledged. What waits for the other's
// window does not move, and does not count.
bool is_unacknowledged(int socket);

// For each local port with a connection to `remote`: the process among `tasks` that holds it, if any
// does. `inside`: a process that sees their network.
std::map<int, pid_t> owners_of(int remote, pid_t inside, const std::vector<Task>& tasks);
