// Wrong    A mutex in shared memory lets one worker write at a time. A worker that is killed while it writes never
//          unlocks it, and all others wait for ever.
// Caught   tells a worker that was killed
// Also     a full pipe holds nobody up
// Also     a body of any size arrives whole
// Also     tells a message that breaks off
// Also     has no memory error

#include <pthread.h>
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
    void* memory = mmap(nullptr, sizeof(pthread_mutex_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) return 1;
    auto* writing = static_cast<pthread_mutex_t*>(memory);
    pthread_mutexattr_t kind;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_setpshared(&kind, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(writing, &kind);
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            reader.close();
            workers.clear();
            const std::string message = message_of(fetch(url));
            pthread_mutex_lock(writing);
            const bool written = write_all(writer.number(), message);
            pthread_mutex_unlock(writing);
            _exit(written ? 0 : 1);
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
