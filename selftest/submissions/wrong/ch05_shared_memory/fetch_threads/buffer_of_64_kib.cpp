// Wrong    Passes its result in an array of 64 KiB: a longer body is cut off.
// Caught   a body of any size arrives whole
// Says     "worker 5: 65537 bytes
// Also     prints each line as its worker is done

#include <zlib.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/fetch.hpp"
#include "support/fetch_options.hpp"
#include "support/print.hpp"

struct Message {
    std::size_t worker = 0, size = 0;
    bool ok = false;
    std::array<char, 65536> bytes{};
};

std::string text_of(const Message& message) {
    if (!message.ok) return "failed: " + std::string(message.bytes.data(), message.size);
    const auto* const bytes = reinterpret_cast<const Bytef*>(message.bytes.data());
    const unsigned long sum = crc32(0, bytes, static_cast<uInt>(message.size));
    char text[64];
    std::snprintf(text, sizeof text, "%zu bytes, crc32 %08lx", message.size, sum);
    return text;
}

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::mutex mutex;
    std::condition_variable news;
    std::deque<std::unique_ptr<Message>> messages;
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        workers.emplace_back([&, i] {
            const Fetched fetched = fetch(options.urls[i]);
            auto message = std::make_unique<Message>();
            const std::string& bytes = fetched.ok ? fetched.body : fetched.why;
            message->worker = i + 1;
            message->ok = fetched.ok;
            message->size = std::min(bytes.size(), message->bytes.size());
            std::memcpy(message->bytes.data(), bytes.data(), message->size);
            const std::scoped_lock lock(mutex);
            messages.push_back(std::move(message));
            news.notify_one();
        });
    }
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0; --left) {
        std::unique_lock lock(mutex);
        news.wait(lock, [&messages] { return !messages.empty(); });
        const std::unique_ptr<Message> message = std::move(messages.front());
        messages.pop_front();
        lock.unlock();
        print_line("worker ", message->worker, ": ", text_of(*message));
        if (!message->ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
