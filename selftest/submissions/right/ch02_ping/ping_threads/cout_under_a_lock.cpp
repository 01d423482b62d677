// Right    Prints a line in pieces on cout, holding one mutex until the flush.

#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

class Printer {
  public:
    void print(const std::string& url, const Answer& answer) {
        const std::scoped_lock lock(mutex_);
        std::cout << url << ":" << answer.text << std::endl;
        all_answered_ = all_answered_ && answer.arrived;
    }

    bool all_answered() {
        const std::scoped_lock lock(mutex_);
        return all_answered_;
    }

  private:
    std::mutex mutex_;
    bool all_answered_ = true;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    Printer printer;
    std::vector<std::thread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&printer, &options, url] { printer.print(url, ask(url, options.timeout)); });
    }
    for (std::thread& thread : threads) thread.join();
    return options.complete && printer.all_answered() ? 0 : 1;
}
