// Wrong    A SIGCHLD handler reports each end on stderr with a std::string. It allocates memory, whatever code it has
//          interrupted.
// Caught   has no data race or unsafe signal handler
// Says     ThreadSanitizer: signal-unsafe call

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

extern "C" void on_child_end(int number) {
    const int before = errno;
    std::cerr << "fetch_pipes: a worker has ended (signal " + std::to_string(number) + ")\n";
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
    action.sa_flags = SA_RESTART;
    sigaction(SIGCHLD, &action, nullptr);
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
        while (waitpid(workers[i].process, &status, 0) < 0 && errno == EINTR) {
        }
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        all_well = all_well && result.ok;
    }
    return all_well ? 0 : 1;
}
