#include "support/deliver.hpp"

#include <thread>

#include "support/growing_pause.hpp"

namespace {

using namespace std::chrono_literals;

constexpr Duration first_pause = 50ms, longest_pause = 5s;

}  // namespace

Outcome deliver(ChatConnection& connection, int task, const SendOptions& options) {
    const ChatMessage message{options.sender, "task " + std::to_string(task), task};
    for (int retries = 0;; ++retries) {
        try {
            connection.send(message);
            return {true, "", retries};
        } catch (const MessageRefused& error) {
            return {false, error.what(), retries};
        } catch (const ConnectionBroken& error) {
            if (retries == options.retries) return {false, error.what(), retries};
        }
        std::this_thread::sleep_for(growing_pause(retries + 1, first_pause, longest_pause));
    }
}

Outcome try_deliver(ChatConnection& connection, int task, const SendOptions& options) {
    try {
        return deliver(connection, task, options);
    } catch (const std::exception& error) {
        return failure(error);
    }
}
