#include "support/server.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

namespace {

const std::string greeting = "listening on ";

// The first line, or what there is of it when the other end closes.
std::string read_line(int descriptor) {
    std::string line;
    for (char c; read(descriptor, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

}  // namespace

Server::Server(const std::filesystem::path& path, Port port, const std::vector<std::string>& arguments)
    : name_(path.filename().string()) {
    const std::string file = path.string();
    std::vector<const char*> words = {name_.c_str()};
    if (port == Port::any) words.insert(words.end(), {"--port", "0"});
    for (const std::string& argument : arguments) words.push_back(argument.c_str());
    words.push_back(nullptr);
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe for " + name_ + ": " + std::strerror(errno));
    process_ = fork();
    if (process_ == 0) {
        dup2(ends[1], STDOUT_FILENO);
        if (port == Port::usual) dup2(ends[1], STDERR_FILENO);  // a refusal is for us to tell
        close(ends[0]);
        close(ends[1]);
        std::signal(SIGINT, SIG_IGN);  // Ctrl-C is meant for the program; we stop the server afterwards
        execv(file.c_str(), const_cast<char* const*>(words.data()));
        _exit(127);
    }
    close(ends[1]);
    output_ = ends[0];
    const std::string line = process_ < 0 ? std::strerror(errno) : read_line(output_);
    if (line.rfind(greeting, 0) == 0) {
        url_ = line.substr(greeting.size());
        return;
    }
    close(output_);
    if (process_ > 0) waitpid(process_, nullptr, 0);
    throw std::runtime_error(line.empty() ? file + " does not start" : line);
}

Server::~Server() {
    close(output_);
    kill(process_, SIGTERM);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
}
