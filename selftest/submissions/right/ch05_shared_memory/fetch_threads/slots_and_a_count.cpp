// Right    One slot per worker, all guarded by one lock. main looks through the slots when the count has grown, and
//          joins each worker after printing its line.

#include <unistd.h>

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"

struct Board {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::optional<Result>> slots;
    std::size_t filled = 0;
};

void say(const std::string& line) {
    for (std::size_t sent = 0; sent < line.size();) {
        const ssize_t taken = write(STDOUT_FILENO, line.data() + sent, line.size() - sent);
        if (taken > 0) sent += static_cast<std::size_t>(taken);
    }
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    Board board;
    board.slots.resize(options.urls.size());
    std::vector<std::thread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        workers.emplace_back([&board, &options, i] {
            const Fetched fetched = fetch(options.urls[i]);
            const std::lock_guard guard(board.mutex);
            board.slots[i] = result_of(fetched);
            ++board.filled;
            board.changed.notify_one();
        });
    }
    bool all_well = true;
    for (std::size_t printed = 0; printed < workers.size();) {
        std::vector<std::pair<std::size_t, Result>> fresh;
        {
            std::unique_lock lock(board.mutex);
            board.changed.wait(lock, [&] { return board.filled > printed; });
            for (std::size_t i = 0; i < board.slots.size(); ++i) {
                if (!board.slots[i]) continue;
                fresh.emplace_back(i, *board.slots[i]);
                board.slots[i].reset();
            }
        }
        for (const auto& [i, result] : fresh) {
            say("worker " + std::to_string(i + 1) + ": " + result.text + "\n");
            all_well = all_well && result.ok;
            workers[i].join();
            ++printed;
        }
    }
    return all_well ? 0 : 1;
}
