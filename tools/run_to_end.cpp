#include "tools/run_to_end.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>
#include <stdexcept>

int run_to_end(const std::filesystem::path& file, const std::vector<std::string>& arguments) {
    const std::string name = file.filename().string();
    std::vector<const char*> words = {name.c_str()};
    for (const std::string& argument : arguments) words.push_back(argument.c_str());
    words.push_back(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        execv(file.c_str(), const_cast<char* const*>(words.data()));
        std::cerr << "kit: " << file.string() << " cannot be run: " << std::strerror(errno) << std::endl;
        _exit(3);
    }
    if (child < 0) throw std::runtime_error(std::string("cannot fork: ") + std::strerror(errno));
    const auto before = std::signal(SIGINT, SIG_IGN);  // its end is what ends us
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    std::signal(SIGINT, before);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
