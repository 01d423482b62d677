// Right    Sends the message into the pipe with splice, from a file in memory.

#include <fcntl.h>
#include <sys/mman.h>
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

// The message goes from a file in memory to the pipe inside the kernel, not through this program again.
bool write_all(int descriptor, const std::string& bytes) {
    const Descriptor file(memfd_create("message", MFD_CLOEXEC));
    for (std::size_t kept = 0; kept < bytes.size();) {
        const ssize_t taken = pwrite(file.number(), bytes.data() + kept, bytes.size() - kept, static_cast<off_t>(kept));
        if (taken < 0) return false;
        kept += static_cast<std::size_t>(taken);
    }
    for (std::size_t sent = 0; sent < bytes.size();) {
        const ssize_t moved = splice(file.number(), nullptr, descriptor, nullptr, bytes.size() - sent, 0);
        if (moved < 0 && errno == EINTR) continue;
        if (moved <= 0) return false;
        sent += static_cast<std::size_t>(moved);
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
    int status = 0;
    while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) {
    }
    return result_of(message, status);
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");

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
