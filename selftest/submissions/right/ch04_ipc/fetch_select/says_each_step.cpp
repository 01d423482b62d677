// Right    Sends records with a kind and a length. A worker says that it is there before it fetches, says when the
//          fetch is over, and then sends the body in pieces.

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

enum class Kind : std::uint32_t { here, heard, piece, failed, complete };

struct Head {
    Kind kind;
    std::uint32_t size;
};

void write_all(int to, const char* bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t taken = write(to, bytes, size);
        if (taken < 0) _exit(1);
        bytes += taken;
        size -= static_cast<std::size_t>(taken);
    }
}

void tell(int to, Kind kind, std::string_view text = "") {
    const Head head{kind, static_cast<std::uint32_t>(text.size())};
    write_all(to, reinterpret_cast<const char*>(&head), sizeof head);
    write_all(to, text.data(), text.size());
}

void work(const std::string& url, int to) {
    tell(to, Kind::here);
    const Fetched fetched = fetch(url);
    tell(to, Kind::heard);
    if (!fetched.ok) tell(to, Kind::failed, fetched.why);
    for (std::size_t at = 0; at < fetched.body.size(); at += 50'000)
        tell(to, Kind::piece, std::string_view(fetched.body).substr(at, 50'000));
    if (fetched.ok) tell(to, Kind::complete);
    _exit(0);
}

struct Worker {
    pid_t process;
    Descriptor pipe;
    std::string bytes = "";
};

// Combines all the records into one result.
Fetched heard(const std::string& bytes) {
    Fetched fetched{false, "", "its message breaks off"};
    for (std::size_t at = 0; at + sizeof(Head) <= bytes.size();) {
        Head head{};
        std::memcpy(&head, bytes.data() + at, sizeof head);
        const std::string text = bytes.substr(at + sizeof head, head.size);
        if (text.size() < head.size) break;
        if (head.kind == Kind::failed) fetched.why = text;
        if (head.kind == Kind::piece) fetched.body += text;
        if (head.kind == Kind::complete) fetched.ok = true;
        at += sizeof head + head.size;
    }
    return fetched;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<Worker> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        Descriptor reader(ends[0]), writer(ends[1]);
        const pid_t process = fork();
        if (process == 0) {
            reader.close();
            workers.clear();
            work(url, writer.number());
        }
        workers.push_back({process, std::move(reader)});
    }
    bool all_well = true;
    for (std::size_t open = workers.size(); open > 0;) {
        fd_set pipes;
        FD_ZERO(&pipes);
        for (const Worker& worker : workers)
            if (worker.pipe.is_open()) FD_SET(worker.pipe.number(), &pipes);
        if (select(FD_SETSIZE, &pipes, nullptr, nullptr, nullptr) < 0) continue;
        for (std::size_t i = 0; i < workers.size(); ++i) {
            Worker& worker = workers[i];
            if (!worker.pipe.is_open() || !FD_ISSET(worker.pipe.number(), &pipes)) continue;
            char piece[65536];
            const ssize_t got = read(worker.pipe.number(), piece, sizeof piece);
            if (got > 0) {
                worker.bytes.append(piece, static_cast<std::size_t>(got));
                continue;
            }
            worker.pipe.close();
            --open;
            int status = 0;
            waitpid(worker.process, &status, 0);
            Fetched fetched = heard(worker.bytes);
            if (WIFSIGNALED(status)) fetched = {false, "", "killed by signal " + std::to_string(WTERMSIG(status))};
            print_line("worker ", i + 1, ": ", result_of(fetched).text);
            all_well = all_well && fetched.ok;
        }
    }
    return all_well ? 0 : 1;
}
