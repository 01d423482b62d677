// Right    Uses non-blocking reads, and sleeps for a millisecond when there is nothing to read.

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Worker {
    pid_t process;
    Descriptor pipe;
};

void take_a_nap() {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

std::string read_all(int from) {
    std::string bytes;
    char piece[20'000];
    for (;;) {
        const ssize_t got = read(from, piece, sizeof piece);
        if (got == 0) return bytes;
        if (got > 0) bytes.append(piece, static_cast<std::size_t>(got));
        else if (errno == EAGAIN) take_a_nap();
    }
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        fcntl(ends[0], F_SETFL, O_NONBLOCK);  // this end alone
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            reader.close();
            workers.clear();
            const std::string message = message_of(fetch(url));
            for (std::size_t sent = 0; sent < message.size();) {  // a page at a time
                const ssize_t taken =
                    write(writer.number(), &message[sent], std::min<std::size_t>(4096, message.size() - sent));
                if (taken < 0) _exit(1);
                sent += static_cast<std::size_t>(taken);
            }
            _exit(0);
        }
        workers.push_back({process, std::move(reader)});
    }
    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        const std::string message = read_all(workers[i].pipe.number());
        int status = 0;
        while (waitpid(workers[i].process, &status, WNOHANG) == 0) take_a_nap();
        const Result result = result_of(message, status);
        print_line("worker ", i + 1, ": ", result.text);
        all_well = all_well && result.ok;
    }
    return all_well ? 0 : 1;
}
