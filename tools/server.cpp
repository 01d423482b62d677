#include "server.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>
#include <stdexcept>

#include "tool.hpp"

namespace {

const std::string greeting = "listening on ";

// The first line, or what there is of it when the other end closes.
std::string read_line(int descriptor) {
    std::string line;
    for (char c; read(descriptor, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

std::string with_address(std::string argument, const std::string& server, const std::string& url) {
    const std::string mark = "{" + server + "}";
    for (std::size_t at = 0; (at = argument.find(mark, at)) != std::string::npos; at += url.size())
        argument.replace(at, mark.size(), url);
    return argument;
}

}  // namespace

Server::Server(const std::string& name, Port port) : name_(name) {
    const std::string file = (kit_root() / "build/labs/support" / name).string();
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe for " + name + ": " + std::strerror(errno));
    process_ = fork();
    if (process_ == 0) {
        dup2(ends[1], STDOUT_FILENO);
        if (port == Port::usual) dup2(ends[1], STDERR_FILENO);  // a refusal is for us to tell
        close(ends[0]);
        close(ends[1]);
        std::signal(SIGINT, SIG_IGN);  // Ctrl-C is meant for the program; we stop the server afterwards
        if (port == Port::usual) execl(file.c_str(), name.c_str(), nullptr);
        else execl(file.c_str(), name.c_str(), "--port", "0", nullptr);
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

std::vector<std::unique_ptr<Server>> start_servers(const std::vector<std::string>& names,
                                                   std::vector<std::string>& arguments, bool usual_alone) {
    std::vector<std::unique_ptr<Server>> servers;
    for (const std::string& name : names) {
        try {
            servers.push_back(std::make_unique<Server>(name, Server::Port::usual));
        } catch (const std::runtime_error& error) {
            if (usual_alone) {
                std::cerr << "kit: " << name << " is not started: " << error.what() << std::endl;
                continue;
            }
            servers.push_back(std::make_unique<Server>(name, Server::Port::any));
        }
        for (std::string& argument : arguments)
            argument = with_address(argument, name, servers.back()->url());
    }
    return servers;
}
