// What `launch` is to do before it becomes the program under test (launch.cpp): written by the grader, read by launch,
// as words of a command line. Both walk the same list of members, so that neither can leave one out or swap two.
//
//   launch socket=5 port=0 ... -- PROGRAM ARGUMENTS...
//
// For one thread at a time, like any value. Reads nothing but its arguments, so that launch needs no library.
#pragma once

#include <optional>
#include <string>
#include <vector>

struct LaunchOrder {
    int socket = -1;                 // a descriptor that launch inherits: the listener goes to the grader over it
    int port = 0;                    // also hands over a socket that listens here, in the container's network; 0: none
    int calls = 0;                   // also hands over that many unconnected sockets of that network
    std::string preload;             // libraries, as LD_PRELOAD; "": none
    bool fixed_addresses = false;    // ThreadSanitizer's shadow memory and the kernel's random addresses may collide
    bool processor_clocks = false;   // puts looks at clocks that count processor time before the grader, too
    bool sends = false;              // and what is sent over sockets
    unsigned long cpu_seconds = 0;   // limits, as setrlimit(2) has them; 0: none of ours
    unsigned long file_bytes = 0;    // of each file that it writes
    unsigned long memory_bytes = 0;  // of addresses
    unsigned long descriptors = 0;   // open at once
    std::vector<std::string> program;  // and its arguments
};

namespace launch_order {

template <class Order, class Each>
void each_member(Order& order, const Each& each) {
    each("socket", order.socket);
    each("port", order.port);
    each("calls", order.calls);
    each("preload", order.preload);
    each("fixed_addresses", order.fixed_addresses);
    each("processor_clocks", order.processor_clocks);
    each("sends", order.sends);
    each("cpu_seconds", order.cpu_seconds);
    each("file_bytes", order.file_bytes);
    each("memory_bytes", order.memory_bytes);
    each("descriptors", order.descriptors);
}

inline std::string word_for(const std::string& text) {
    return text;
}
template <class Number>
std::string word_for(Number number) {
    return std::to_string(number);
}

inline void read_word(const std::string& word, std::string& into) {
    into = word;
}
template <class Number>
void read_word(const std::string& word, Number& into) {
    into = static_cast<Number>(std::stoull(word));
}

}  // namespace launch_order

// The words behind launch's own name.
inline std::vector<std::string> in_words(const LaunchOrder& order) {
    std::vector<std::string> words;
    launch_order::each_member(order, [&words](const std::string& name, const auto& value) {
        words.push_back(name + "=" + launch_order::word_for(value));
    });
    words.push_back("--");
    words.insert(words.end(), order.program.begin(), order.program.end());
    return words;
}

// None where the words are not as in_words writes them.
inline std::optional<LaunchOrder> launch_order_of(const std::vector<std::string>& words) {
    LaunchOrder order;
    auto word = words.begin();
    bool understood = true;
    launch_order::each_member(order, [&](const std::string& name, auto& value) {
        understood = understood && word != words.end() && word->rfind(name + "=", 0) == 0;
        if (understood) launch_order::read_word((word++)->substr(name.size() + 1), value);
    });
    if (!understood || word == words.end() || *word != "--" || ++word == words.end()) return std::nullopt;
    order.program.assign(word, words.end());
    return order;
}
