#include "support/listener.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <stdexcept>

void ListenOptions::add_flags(Options& flags) {
    flags.count("--port", port, {0, 65'535}, "where to listen; 0 is any free port");
    flags.text("--bind", address, "the address to listen at; 0.0.0.0 is all of this machine's");
}

Listener listen_at(const ListenOptions& options) {
    const auto refuse = [&](int why) {
        throw std::runtime_error("cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " +
                                 std::strerror(why));
    };
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_port = htons(static_cast<std::uint16_t>(options.port));
    if (inet_pton(AF_INET, options.address.c_str(), &name.sin_addr) != 1) refuse(EINVAL);
    Descriptor listener(socket(AF_INET, SOCK_STREAM, 0));
    const int on = 1;
    fcntl(listener.number(), F_SETFL, O_NONBLOCK);
    fcntl(listener.number(), F_SETFD, FD_CLOEXEC);
    setsockopt(listener.number(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    socklen_t size = sizeof name;
    if (bind(listener.number(), reinterpret_cast<sockaddr*>(&name), size) != 0 ||
        listen(listener.number(), 4096) != 0 ||
        getsockname(listener.number(), reinterpret_cast<sockaddr*>(&name), &size) != 0)
        refuse(errno);
    return {std::move(listener), options.address + ":" + std::to_string(ntohs(name.sin_port))};
}
