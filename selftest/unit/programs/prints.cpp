// Prints in an awkward manner: prints flood|bytes|long|pieces|unfinished|unflushed|errors|closed.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <map>
#include <string>

namespace {

void flood() {
    const std::string line(1023, 'x');
    while (std::puts(line.c_str()) >= 0) {
    }
}

void in_pieces() {
    std::cout << "one " << 2 << " three" << std::endl;
}

void unflushed() {
    std::printf("before the fork, ");
    if (fork() != 0) wait(nullptr);
}

void without_descriptors() {
    for (int descriptor = 0; descriptor < 100; ++descriptor) close(descriptor);
    usleep(1000);
    std::puts("into nothing");
}

const std::map<std::string, void (*)()> ways = {
    {"flood", flood},
    {"bytes", [] { std::cout << std::string("a\0b\xff\x1b[31m\r\n::error::x\n", 22); }},
    {"long", [] { std::cout << std::string(1'000'000, 'y') << '\n'; }},
    {"pieces", in_pieces},
    {"unfinished", [] { std::cout << "whole\npart"; }},
    {"unflushed", unflushed},
    {"errors", [] { std::cerr << "to stderr\n"; }},
    {"closed", without_descriptors},
};

}  // namespace

int main(int, char** argv) {
    ways.at(argv[1])();
}
