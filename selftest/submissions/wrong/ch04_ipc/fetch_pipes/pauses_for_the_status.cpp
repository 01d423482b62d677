// Wrong    Calls pause until its handler has recorded how the worker ended. If the worker ends between the check and
//          pause, its signal comes too early.
// Caught   hears a child's end at any moment
// Says     the program hangs

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

struct Worker {
    pid_t process = -1;
    Descriptor pipe;  // the read end
};

struct End {
    volatile pid_t process;
    int status;
};
End ends[500];
volatile sig_atomic_t ended = 0;

extern "C" void on_child_end(int) {
    const int before = errno;
    int status = 0;
    for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0; ended = ended + 1) {
        ends[ended].process = process;
        ends[ended].status = status;
    }
    errno = before;
}

const End* end_of(pid_t process) {
    for (int i = 0; i < ended; ++i)
        if (ends[i].process == process) return &ends[i];
    return nullptr;
}

// One write may take less than it was given.
bool write_all(int descriptor, const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t taken = write(descriptor, bytes.data() + sent, bytes.size() - sent);
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) return false;
        sent += static_cast<std::size_t>(taken);
    }
    return true;
}

// One read returns what is there, and 0 when every process has closed the write end.
std::string read_all(int descriptor) {
    std::string bytes;
    char piece[65536];
    for (ssize_t got; (got = read(descriptor, piece, sizeof piece)) != 0;) {
        if (got > 0) bytes.append(piece, static_cast<std::size_t>(got));
        else if (errno != EINTR) break;
    }
    return bytes;
}

// All that a child ever does. noexcept: no exception may carry it back into main.
[[noreturn]] void work(const std::string& url, int pipe) noexcept {
    _exit(write_all(pipe, message_of(fetch(url))) ? 0 : 1);
}

Worker start(const std::string& url, std::vector<Worker>& others) {
    int ends[2];
    if (pipe(ends) != 0) return {};
    Descriptor reader(ends[0]), writer(ends[1]);
    const pid_t process = fork();
    if (process == 0) {
        reader.close();
        others.clear();  // Their pipes are not this worker's business.
        work(url, writer.number());
    }
    return {process, std::move(reader)};
    // `writer` closes here. Now the child alone has the write end, so the pipe ends when the child does.
}

Result finish(const Worker& worker) {
    if (worker.process < 0) return {false, "failed: cannot be started"};
    const std::string message = read_all(worker.pipe.number());  // first: a full pipe blocks its writer
    const End* end = nullptr;
    while ((end = end_of(worker.process)) == nullptr) pause();
    return result_of(message, end->status);
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");

    struct sigaction action = {};
    action.sa_handler = on_child_end;
    action.sa_flags = SA_RESTART;
    sigaction(SIGCHLD, &action, nullptr);

    std::vector<Worker> workers;
    for (const std::string& url : options.urls) workers.push_back(start(url, workers));

    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        const Result result = finish(workers[i]);
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
