// Right    Computes the sum itself, bit by bit, as the bytes arrive, and keeps none of them.

#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "support/fetch.hpp"
#include "support/fetch_options.hpp"

class Sum {
  public:
    void add(unsigned char byte) {
        ++bytes_;
        sum_ ^= byte;
        for (int bit = 0; bit < 8; ++bit) sum_ = sum_ & 1 ? sum_ >> 1 ^ 0xedb88320u : sum_ >> 1;
    }
    std::uint64_t bytes() const { return bytes_; }
    std::uint32_t value() const { return ~sum_; }

  private:
    std::uint64_t bytes_ = 0;
    std::uint32_t sum_ = 0xffffffffu;
};

bool write_all(int to, const void* bytes, std::size_t size) {
    for (const char* next = static_cast<const char*>(bytes); size > 0;) {
        const ssize_t taken = write(to, next, size);
        if (taken < 0) return false;
        next += taken;
        size -= static_cast<std::size_t>(taken);
    }
    return true;
}

// Sends a length, or a negative one after a failure, and then the body or the reason.
int work(const std::string& url, int to) {
    const Fetched fetched = fetch(url);
    const std::string& content = fetched.ok ? fetched.body : fetched.why;
    const std::int64_t size = fetched.ok ? static_cast<std::int64_t>(content.size()) : -1;
    return write_all(to, &size, sizeof size) && write_all(to, content.data(), content.size()) ? 0 : 1;
}

bool hear(std::size_t number, int from, pid_t child) {
    std::string header, why;
    std::int64_t announced = 0;
    Sum sum;
    unsigned char piece[5000];
    for (ssize_t got; (got = read(from, piece, sizeof piece)) > 0;) {
        for (ssize_t i = 0; i < got; ++i) {
            if (header.size() < sizeof announced) {
                header += static_cast<char>(piece[i]);
                if (header.size() == sizeof announced)
                    header.copy(reinterpret_cast<char*>(&announced), sizeof announced);
            } else if (announced < 0) {
                why += static_cast<char>(piece[i]);
            } else {
                sum.add(piece[i]);
            }
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) why = "killed by signal " + std::to_string(WTERMSIG(status));
    else if (header.size() < sizeof announced) why = "no header came";
    else if (announced >= 0 && sum.bytes() != static_cast<std::uint64_t>(announced)) why = "not all of it came";
    if (why.empty())
        std::printf("worker %zu: %ju bytes, crc32 %08x\n", number, std::uintmax_t{sum.bytes()}, sum.value());
    else std::printf("worker %zu: failed: %s\n", number, why.c_str());
    std::fflush(stdout);
    return why.empty();
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");
    std::vector<std::pair<int, pid_t>> workers;
    for (const std::string& url : options.urls) {
        int ends[2];
        if (pipe(ends) != 0) return 1;
        const pid_t child = fork();
        if (child == 0) {
            for (const auto& [reader, other] : workers) close(reader);
            close(ends[0]);
            _exit(work(url, ends[1]));
        }
        close(ends[1]);
        workers.emplace_back(ends[0], child);
    }
    bool all_well = true;
    for (std::size_t i = 0; i < workers.size(); ++i)
        if (!hear(i + 1, workers[i].first, workers[i].second)) all_well = false;
    return all_well ? 0 : 1;
}
