// Right    Sends its own header: a kind and a length, in nine bytes. The parent reads as many bytes as the header
//          announces.

#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

bool write_all(int to, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t taken = write(to, bytes, size);
        if (taken < 0) return false;
        bytes += taken;
        size -= static_cast<std::size_t>(taken);
    }
    return true;
}

// Reads exactly `size` bytes. Returns false if it cannot.
bool read_exactly(int from, char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t got = read(from, bytes, size);
        if (got <= 0) return false;
        bytes += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool send(int to, const Fetched& fetched) {
    const std::string& content = fetched.ok ? fetched.body : fetched.why;
    char header[9] = {fetched.ok ? 'B' : 'F'};
    const std::uint64_t size = content.size();
    std::memcpy(header + 1, &size, sizeof size);
    return write_all(to, header, sizeof header) && write_all(to, content.data(), content.size());
}

Fetched receive(int from) {
    char header[9];
    if (!read_exactly(from, header, sizeof header)) return {false, "", "no header came"};
    std::uint64_t size = 0;
    std::memcpy(&size, header + 1, sizeof size);
    std::string content(size, '\0');
    if (!read_exactly(from, content.data(), size)) return {false, "", "its message breaks off"};
    if (header[0] == 'F') return {false, "", content};
    return {true, content, ""};
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    struct Worker {
        pid_t process;
        Descriptor pipe;
    };
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            reader.close();
            workers.clear();
            _exit(send(writer.number(), fetch(url)) ? 0 : 1);
        }
        workers.push_back({process, std::move(reader)});
    }
    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        Fetched fetched = receive(workers[i].pipe.number());
        int status = 0;
        waitpid(workers[i].process, &status, 0);
        if (WIFSIGNALED(status)) fetched = {false, "", "killed by signal " + std::to_string(WTERMSIG(status))};
        print_line("worker ", i + 1, ": ", result_of(fetched).text);
        all_well = all_well && fetched.ok;
    }
    return all_well ? 0 : 1;
}
