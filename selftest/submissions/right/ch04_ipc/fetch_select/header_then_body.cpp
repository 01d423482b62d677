// Right    Each worker has a state: eight bytes of length, then the body, then its end. The SIGCHLD handler sets a flag
//          and runs only in pselect, which has a time-out for safety.

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

volatile std::sig_atomic_t somebody_ended = 0;
extern "C" void on_child_end(int) {
    somebody_ended = 1;
}

bool write_all(int to, const void* bytes, std::size_t size) {
    for (const char* next = static_cast<const char*>(bytes); size > 0;) {
        const ssize_t taken = write(to, next, size);
        if (taken < 0) return false;
        next += taken;
        size -= static_cast<std::size_t>(taken);
    }
    return true;
}

void work(const std::string& url, int to) {
    const Fetched fetched = fetch(url);
    const std::string content = (fetched.ok ? "+" : "-") + (fetched.ok ? fetched.body : fetched.why);
    const std::uint64_t size = content.size();
    _exit(write_all(to, &size, sizeof size) && write_all(to, content.data(), size) ? 0 : 1);
}

struct Worker {
    enum class State { header, body, whole, cut, done };
    pid_t process;
    int pipe;
    State state = State::header;
    std::string bytes = "";
    std::uint64_t size = 8;  // of what is read now

    bool reads() const { return state == State::header || state == State::body; }

    void read_on() {
        char piece[65536];
        const ssize_t got = read(pipe, piece, std::min<std::size_t>(sizeof piece, size - bytes.size()));
        if (got < 0) return;
        bytes.append(piece, static_cast<std::size_t>(got));
        if (got == 0) state = State::cut;
        if (bytes.size() < size) return;
        if (state == State::header) {
            std::memcpy(&size, bytes.data(), sizeof size);
            bytes.clear();
            state = State::body;
        } else {
            state = State::whole;
        }
    }
};

Result tell(const Worker& worker, int status) {
    if (WIFSIGNALED(status)) return {false, "failed: killed by signal " + std::to_string(WTERMSIG(status))};
    if (worker.state == Worker::State::cut) return {false, "failed: its message breaks off"};
    const std::string content = worker.bytes.substr(1);
    if (worker.bytes[0] == '-') return {false, "failed: " + content};
    return result_of(Fetched{true, content, ""});
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    sigaction(SIGCHLD, &action, nullptr);
    sigset_t child_ends, as_before;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, &as_before);

    std::vector<Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        const pid_t process = fork();
        if (process == 0) {
            for (const Worker& other : workers) close(other.pipe);
            close(ends[0]);
            work(url, ends[1]);
        }
        close(ends[1]);
        workers.push_back({process, ends[0]});
    }
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0;) {
        fd_set ready;
        FD_ZERO(&ready);
        for (const Worker& worker : workers)
            if (worker.reads()) FD_SET(worker.pipe, &ready);
        const timespec at_most{60, 0};
        const int number = pselect(FD_SETSIZE, &ready, nullptr, nullptr, &at_most, &as_before);
        for (Worker& worker : workers)
            if (number > 0 && worker.reads() && FD_ISSET(worker.pipe, &ready)) worker.read_on();
        // A worker that was read to its end just now may have ended earlier.
        if (!somebody_ended) continue;
        somebody_ended = 0;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            int status = 0;
            if (worker.state == Worker::State::done) continue;
            if (worker.reads() || waitpid(worker.process, &status, WNOHANG) == 0) {
                somebody_ended |= worker.reads();
                continue;
            }
            const Result result = tell(worker, status);
            print_line("worker ", i + 1, ": ", result.text);
            all_well &= result.ok;
            close(worker.pipe);
            worker.state = Worker::State::done;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
