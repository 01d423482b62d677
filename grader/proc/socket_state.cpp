#include "grader/proc/socket_state.hpp"

#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "grader/proc/program_descriptor.hpp"

namespace {

std::string proc(pid_t process) {
    return "/proc/" + std::to_string(process);
}

// A socket for questions about the sockets of that process's network, which may be the container's.
Descriptor ask_in_network_of(pid_t process) {
    const auto open_socket = [] { return Descriptor(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG)); };
    struct stat ours = {};
    struct stat theirs = {};
    const std::string network = proc(process) + "/ns/net";
    if (stat("/proc/self/ns/net", &ours) != 0 || stat(network.c_str(), &theirs) != 0) return Descriptor();
    if (ours.st_ino == theirs.st_ino) return open_socket();
    const Descriptor home(open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC));
    const Descriptor there(open(network.c_str(), O_RDONLY | O_CLOEXEC));
    if (!home.is_open() || !there.is_open() || setns(there.number(), CLONE_NEWNET) != 0) return Descriptor();
    Descriptor socket = open_socket();
    setns(home.number(), CLONE_NEWNET);
    return socket;
}

template <class Request>
bool ask(int socket, const Request& request, unsigned short flags) {
    struct {
        nlmsghdr header;
        Request request;
    } message{{sizeof message, SOCK_DIAG_BY_FAMILY, static_cast<unsigned short>(NLM_F_REQUEST | flags), 1, 0}, request};
    return send(socket, &message, sizeof message, 0) == static_cast<ssize_t>(sizeof message);
}

// Hands each socket of the answer to `look` until that is satisfied. False where the kernel answers with an error.
bool read_answer(int socket, bool dump, const std::function<bool(const nlmsghdr&)>& look) {
    alignas(nlmsghdr) char buffer[32 * 1024];
    for (;;) {
        const ssize_t got = recv(socket, buffer, sizeof buffer, 0);
        if (got <= 0) return false;
        auto left = static_cast<unsigned>(got);
        for (auto* header = reinterpret_cast<const nlmsghdr*>(buffer); NLMSG_OK(header, left);
             header = NLMSG_NEXT(header, left)) {
            if (header->nlmsg_type == NLMSG_DONE) return true;
            if (header->nlmsg_type == NLMSG_ERROR) return false;
            if (look(*header)) return true;
        }
        if (!dump) return true;
    }
}

// Calls `take` with the type and the contents of each attribute behind the answer's fixed part.
template <class Fixed, class Take>
void for_each_attribute(const nlmsghdr& header, Take take) {
    const auto* fixed = static_cast<const char*>(NLMSG_DATA(&header));
    const auto* attribute = reinterpret_cast<const nlattr*>(fixed + NLMSG_ALIGN(sizeof(Fixed)));
    auto left = static_cast<long>(header.nlmsg_len) - static_cast<long>(NLMSG_HDRLEN + NLMSG_ALIGN(sizeof(Fixed)));
    while (left >= static_cast<long>(sizeof(nlattr)) && attribute->nla_len >= sizeof(nlattr) &&
           attribute->nla_len <= left) {
        take(attribute->nla_type, reinterpret_cast<const char*>(attribute) + NLA_HDRLEN);
        left -= NLA_ALIGN(attribute->nla_len);
        attribute =
            reinterpret_cast<const nlattr*>(reinterpret_cast<const char*>(attribute) + NLA_ALIGN(attribute->nla_len));
    }
}

using Memory = std::vector<std::uint32_t>;  // SK_MEMINFO_...

Memory memory_of(const char* contents) {
    Memory memory(SK_MEMINFO_VARS);
    std::memcpy(memory.data(), contents, memory.size() * sizeof memory[0]);
    return memory;
}

// As in the kernel's sk_stream_is_writeable: at least a third of the buffer is free.
bool has_room(const Memory& memory) {
    if (memory.empty()) return true;
    const std::uint32_t queued = memory[SK_MEMINFO_WMEM_QUEUED], most = memory[SK_MEMINFO_SNDBUF];
    return most >= queued && most - queued >= queued / 2;
}

// As in the kernel's tcp_poll. What a listener has to read are connections that wait to be accepted.
SocketState tcp_state(const inet_diag_msg& row, const Memory& memory) {
    const bool to_read = row.idiag_rqueue > 0;
    switch (row.idiag_state) {
        case TCP_SYN_SENT: return {false, false};
        case TCP_LISTEN: return {to_read, false};
        case TCP_FIN_WAIT1:
        case TCP_FIN_WAIT2: return {to_read, true};
        case TCP_ESTABLISHED:
        case TCP_SYN_RECV: return {to_read, has_room(memory)};
        case TCP_CLOSE_WAIT: return {true, has_room(memory)};
        default: return {true, true};
    }
}

SocketState udp_state(const inet_diag_msg& row, const Memory&) {
    return {row.idiag_rqueue > 0, true};
}

// A TCP or a UDP socket, in the tables of both families. `state` says what a row of theirs means; a socket that is in
// no table is in the state `elsewhere`.
template <class State>
std::optional<SocketState> in_tables(int socket, std::uint32_t inode, unsigned char protocol, State state,
                                     SocketState elsewhere) {
    for (const unsigned char family : {AF_INET, AF_INET6}) {
        inet_diag_req_v2 request{};
        request.sdiag_family = family;
        request.sdiag_protocol = protocol;
        request.idiag_ext = 1 << (INET_DIAG_SKMEMINFO - 1);
        request.idiag_states = ~0u;
        std::optional<SocketState> found;
        const bool told = ask(socket, request, NLM_F_DUMP) && read_answer(socket, true, [&](const nlmsghdr& header) {
                              const auto* message = static_cast<const inet_diag_msg*>(NLMSG_DATA(&header));
                              if (message->idiag_inode != inode) return false;
                              Memory memory;
                              for_each_attribute<inet_diag_msg>(header, [&](int type, const char* contents) {
                                  if (type == INET_DIAG_SKMEMINFO) memory = memory_of(contents);
                              });
                              found = state(*message, memory);
                              return true;
                          });
        if (found) return found;
        if (!told) return std::nullopt;
    }
    return elsewhere;
}

std::optional<SocketState> of_unix(int socket, std::uint32_t inode) {
    unix_diag_req request{};
    request.sdiag_family = AF_UNIX;
    request.udiag_states = ~0u;
    request.udiag_ino = inode;
    request.udiag_show = UDIAG_SHOW_PEER | UDIAG_SHOW_RQLEN | UDIAG_SHOW_MEMINFO;
    request.udiag_cookie[0] = request.udiag_cookie[1] = ~0u;  // whatever it is
    std::optional<SocketState> found;
    if (!ask(socket, request, 0)) return found;
    read_answer(socket, false, [&](const nlmsghdr& header) {
        const auto* message = static_cast<const unix_diag_msg*>(NLMSG_DATA(&header));
        unix_diag_rqlen queue{};
        std::uint32_t peer = 0;
        bool shut = false;
        Memory memory;
        for_each_attribute<unix_diag_msg>(header, [&](int type, const char* contents) {
            if (type == UNIX_DIAG_RQLEN) std::memcpy(&queue, contents, sizeof queue);
            if (type == UNIX_DIAG_PEER) std::memcpy(&peer, contents, sizeof peer);
            if (type == UNIX_DIAG_SHUTDOWN) shut = (*contents & 1) != 0;
            if (type == UNIX_DIAG_MEMINFO) memory = memory_of(contents);
        });
        const bool connected = message->udiag_state == TCP_ESTABLISHED;
        const bool listens = message->udiag_state == TCP_LISTEN;
        const bool closed = message->udiag_type != SOCK_DGRAM && !listens && (!connected || peer == 0);
        // unix_writable: what is on its way takes at most a quarter of the buffer.
        const bool room = memory.empty() || memory[SK_MEMINFO_WMEM_ALLOC] * 4 <= memory[SK_MEMINFO_SNDBUF];
        found = SocketState{queue.udiag_rqueue > 0 || shut || closed, !listens && (room || closed)};
        return true;
    });
    return found;
}

}  // namespace

std::optional<SocketState> socket_state(pid_t process, int descriptor) {
    const std::string file = path_of(process, descriptor);
    char protocol[32] = {};
    struct stat identity = {};
    if (getxattr(file.c_str(), "system.sockprotoname", protocol, sizeof protocol - 1) <= 0) return std::nullopt;
    if (stat(file.c_str(), &identity) != 0) return std::nullopt;
    const Descriptor socket = ask_in_network_of(process);
    if (!socket.is_open()) return std::nullopt;
    const std::string name = protocol;
    const auto inode = static_cast<std::uint32_t>(identity.st_ino);
    // A TCP socket in no table is closed, or was never connected: poll says so at once. To a UDP socket that is bound
    // to no port nobody can send.
    if (name == "TCP" || name == "TCPv6")
        return in_tables(socket.number(), inode, IPPROTO_TCP, tcp_state, {true, true});
    if (name == "UDP" || name == "UDPv6")
        return in_tables(socket.number(), inode, IPPROTO_UDP, udp_state, {false, true});
    if (name.rfind("UNIX", 0) == 0) return of_unix(socket.number(), inode);
    return std::nullopt;
}
