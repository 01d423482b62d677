// Tells what it can see: looks processes|network|environment|descriptors, or
// looks connect PORT | path PATH | write PATH.
#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace {

namespace fs = std::filesystem;

void processes(const std::string&) {
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::string command;
        if (std::getline(std::ifstream(entry.path() / "comm"), command)) std::puts(command.c_str());
    }
}

void network(const std::string&) {
    std::ifstream devices("/proc/net/dev");
    for (std::string line; std::getline(devices, line);) {
        const std::size_t begin = line.find_first_not_of(' '), end = line.find(':');
        if (end != std::string::npos) std::puts(line.substr(begin, end - begin).c_str());
    }
}

void environment(const std::string&) {
    for (char** variable = environ; *variable; ++variable) std::puts(*variable);
}

void descriptors(const std::string&) {
    for (int descriptor = 0; descriptor < 4096; ++descriptor)
        if (fcntl(descriptor, F_GETFD) >= 0) std::printf("%d\n", descriptor);
}

void connects(const std::string& port) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<in_port_t>(std::stoi(port)));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int own = socket(AF_INET, SOCK_STREAM, 0);
    std::puts(connect(own, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0 ? "answers" : "refused");
}

void visible(const std::string& path) {
    std::puts(fs::exists(path) ? "visible" : "invisible");
}

void writable(const std::string& path) {
    std::puts(std::ofstream(path).put('x').flush() ? "written" : "refused");
}

const std::map<std::string, void (*)(const std::string&)> ways = {
    {"processes", processes}, {"network", network}, {"environment", environment}, {"descriptors", descriptors},
    {"connect", connects},    {"path", visible},    {"write", writable}};

}  // namespace

int main(int argc, char** argv) {
    ways.at(argv[1])(argc > 2 ? argv[2] : "");
}
