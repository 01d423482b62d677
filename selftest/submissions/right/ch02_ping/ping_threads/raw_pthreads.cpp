// Right    Calls pthread_create and pthread_join, with one argument struct per URL.

#include <pthread.h>

#include <cstring>
#include <string>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

struct Part {
    const std::string& url;
    Duration timeout;
    bool answered = false;
};

void* ping(void* argument) {
    Part& part = *static_cast<Part*>(argument);
    const Answer answer = ask(part.url, part.timeout);
    print_line(part.url, ":", answer.text);
    part.answered = answer.arrived;
    return nullptr;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::vector<Part> parts;
    for (const std::string& url : options.urls) parts.push_back({url, options.timeout});

    std::vector<pthread_t> threads;
    for (Part& part : parts) {
        pthread_t thread;
        const int error = pthread_create(&thread, nullptr, ping, &part);
        if (error == 0) threads.push_back(thread);
        else print_line(part.url, ":error: ", std::strerror(error));
    }
    for (const pthread_t thread : threads) pthread_join(thread, nullptr);
    bool all_answered = options.complete;
    for (const Part& part : parts) all_answered = all_answered && part.answered;
    return all_answered ? 0 : 1;
}
