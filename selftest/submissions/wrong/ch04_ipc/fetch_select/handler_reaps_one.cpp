// Wrong    The SIGCHLD handler reaps one worker per call. Signals do not queue: if several workers end at the same
//          moment, only one signal comes.
// Caught   reaps every child process
// Says     workers had ended at the same moment
// Also     all workers fetch at once
// Also     a body of any size arrives whole
// Also     tells each failure alone, and exits 1
// Also     has no memory error

#include <signal.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process = -1;
    Descriptor pipe;
    std::string message = {};
    bool done = false;
};

struct End {
    pid_t process;
    int status;
};
End ends[500];
volatile sig_atomic_t ended = 0;

const End* end_of(pid_t process) {
    const End* last = ends + ended;
    const End* found = std::find_if(ends, ends + ended, [&](const End& end) { return end.process == process; });
    return found == last ? nullptr : found;
}

extern "C" void on_child_end(int) {
    const int before = errno;
    End end{};
    end.process = waitpid(-1, &end.status, WNOHANG);
    if (end.process > 0) {
        ends[ended] = end;
        ended = ended + 1;
    }
    errno = before;
}

bool write_all(int to, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(to, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

Worker start(const std::string& url, std::vector<Worker>& others) {
    int ends[2];
    if (pipe(ends) != 0) return {};
    Descriptor reader(ends[0]), writer(ends[1]);
    const pid_t process = fork();
    if (process == 0) {
        reader.close();
        others.clear();
        _exit(write_all(writer.number(), message_of(fetch(url))) ? 0 : 1);
    }
    return {process, std::move(reader)};
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    sigaction(SIGCHLD, &action, nullptr);
    sigset_t child_ends, while_asleep;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, &while_asleep);

    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        if (pselect(FD_SETSIZE, &pipes, nullptr, nullptr, nullptr, &while_asleep) < 0) FD_ZERO(&pipes);
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (worker.pipe.is_open() && FD_ISSET(worker.pipe.number(), &pipes)) {
                char piece[65536];
                const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
                if (got > 0) worker.message.append(piece, static_cast<std::size_t>(got));
                if (got == 0) worker.pipe.close();
            }
            if (worker.done || worker.pipe.is_open()) continue;
            const End* end = end_of(worker.process);
            if (!end) continue;
            const int status = end->status;
            const Result result = result_of(worker.message, status);
            print_line("worker ", i + 1, ": ", result.text);
            if (!result.ok) all_well = false;
            worker.done = true;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
