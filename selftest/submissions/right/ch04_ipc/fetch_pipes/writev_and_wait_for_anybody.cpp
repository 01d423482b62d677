// Right    Sends header and body together with writev. Waits for any child, whichever ends first.

#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"

bool write_both(int to, std::string header, std::string body) {
    iovec parts[2] = {{header.data(), header.size()}, {body.data(), body.size()}};
    while (parts[0].iov_len + parts[1].iov_len > 0) {
        ssize_t taken = writev(to, parts, 2);
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) return false;
        for (iovec& part : parts) {
            const std::size_t step = std::min(part.iov_len, static_cast<std::size_t>(taken));
            part.iov_base = static_cast<char*>(part.iov_base) + step;
            part.iov_len -= step;
            taken -= static_cast<ssize_t>(step);
        }
    }
    return true;
}

// Returns the status of `child`. Keeps the statuses of children that ended before it.
int status_of(pid_t child, std::map<pid_t, int>& ended) {
    while (!ended.contains(child)) {
        int status = 0;
        const pid_t somebody = wait(&status);
        if (somebody < 0) return -1;
        ended[somebody] = status;
    }
    return ended[child];
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<std::pair<pid_t, Descriptor>> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t child = fork();
        if (child == 0) {
            reader.close();
            workers.clear();
            const Fetched fetched = fetch(url);
            const std::string header =
                fetched.ok ? "ok " + std::to_string(fetched.body.size()) : "failed " + fetched.why;
            _exit(write_both(writer.number(), header + "\n", fetched.body) ? 0 : 1);
        }
        workers.emplace_back(child, std::move(reader));
    }
    std::map<pid_t, int> ended;
    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        std::string message(17 << 20, '\0');  // a message is no longer than this
        std::size_t size = 0;
        for (ssize_t got; (got = read(workers[i].second.number(), &message[size], message.size() - size)) > 0;)
            size += got;
        message.resize(size);
        const Result result = result_of(message, status_of(workers[i].first, ended));
        std::cout << "worker " + std::to_string(i + 1) + ": " + result.text + "\n" << std::flush;
        all_well &= result.ok;
    }
    return all_well ? 0 : 1;
}
