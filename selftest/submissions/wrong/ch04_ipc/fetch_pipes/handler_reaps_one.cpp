// Wrong    The SIGCHLD handler reaps one worker per call. Signals do not queue: if several workers end at the same
//          moment, only one signal comes.
// Caught   reaps every child process
// Says     the program hangs
// Also     all workers fetch at once
// Also     a body of any size arrives whole
// Also     tells each failure alone, and exits 1
// Also     has no memory error

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct End {
    pid_t process;
    int status;
};
End ends_of_workers[500];
volatile sig_atomic_t ended = 0;

extern "C" void on_child_end(int) {
    const int before = errno;
    End end{};
    end.process = waitpid(-1, &end.status, WNOHANG);
    if (end.process > 0) {
        ends_of_workers[ended] = end;
        ended = ended + 1;
    }
    errno = before;
}

bool find_end(pid_t process, int& status) {
    for (int i = 0; i < ended; ++i) {
        if (ends_of_workers[i].process != process) continue;
        status = ends_of_workers[i].status;
        return true;
    }
    return false;
}

bool write_all(int to, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(to, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

std::string read_all(int from) {
    std::string bytes;
    char piece[65536];
    for (ssize_t got; (got = read(from, piece, sizeof piece)) != 0;) {
        if (got > 0) bytes.append(piece, static_cast<std::size_t>(got));
        else if (errno != EINTR) break;
    }
    return bytes;
}

struct Worker {
    pid_t process;
    Descriptor pipe;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    sigaction(SIGCHLD, &action, nullptr);
    sigset_t child_ends, before;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, &before);
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            reader.close();
            workers.clear();
            _exit(write_all(writer.number(), message_of(fetch(url))) ? 0 : 1);
        }
        workers.push_back({process, std::move(reader)});
    }
    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        const std::string message = read_all(workers[i].pipe.number());
        int status = 0;
        while (!find_end(workers[i].process, status)) sigsuspend(&before);
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        all_well = all_well && result.ok;
    }
    return all_well ? 0 : 1;
}
