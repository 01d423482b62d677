#include "grader/network/tcp.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/descriptor.hpp"

bool TcpEnd::is_between() const {
    constexpr int syn_sent = 2, fin_wait_1 = 4, last_ack = 9, closing = 11;
    return state == syn_sent || state == syn_received || state == fin_wait_1 || state == last_ack || state == closing;
}

namespace {

// To read a table takes milliseconds, even an empty one; most programs have no such sockets at all.
bool has_version_6(const std::string& network) {
    std::ifstream words(network + "sockstat6");
    std::string name, in_use;
    words >> name >> in_use;  // "TCP6: inuse 0"
    int sockets = 0;
    return !(words >> sockets) || sockets > 0;
}

// The rows of a table. One read fills a page with as many as go into it, and for each read the kernel goes
// through all of its buckets, however few are in use: so none is made only to hear that there are no more.
std::string read_table(const std::string& file) {
    constexpr std::size_t longest_row = 256;
    std::string text;
    const Descriptor table(open(file.c_str(), O_RDONLY | O_CLOEXEC));
    std::vector<char> page(static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
    for (bool more = table.is_open(); more;) {
        const ssize_t got = read(table.number(), page.data(), page.size());
        if (got > 0) text.append(page.data(), static_cast<std::size_t>(got));
        more = got > 0 && static_cast<std::size_t>(got) + longest_row > page.size();
    }
    return text;
}

}  // namespace

std::vector<TcpEnd> tcp_ends(pid_t inside) {
    const std::string network = "/proc/" + std::to_string(inside) + "/net/";
    std::vector<std::string> tables = {"tcp"};
    if (has_version_6(network)) tables.push_back("tcp6");
    std::vector<TcpEnd> ends;
    for (const std::string& table : tables) {
        std::istringstream lines(read_table(network + table));
        std::string line;
        std::getline(lines, line);  // the names of the columns
        while (std::getline(lines, line)) {
            std::istringstream fields(line);
            std::string number, local, remote, state, queues, skip;
            TcpEnd end;
            fields >> number >> local >> remote >> state >> queues >> skip >> skip >> skip >> skip >> end.inode;
            const auto port = [](const std::string& name) {
                return std::stoi(name.substr(name.rfind(':') + 1), nullptr, 16);
            };
            end.local = port(local);
            end.remote = port(remote);
            end.state = std::stoi(state, nullptr, 16);
            end.to_send = queues.substr(0, 8) != "00000000";
            end.to_read = queues.substr(9) != "00000000";
            ends.push_back(end);
        }
    }
    return ends;
}

// Two lines of /proc/PID/net/snmp: names and numbers, of segments and of connections.
std::string TcpRest::counts_of(pid_t inside) {
    std::ifstream counts("/proc/" + std::to_string(inside) + "/net/snmp");
    std::string found;
    for (std::string line; std::getline(counts, line);)
        if (line.rfind("Tcp:", 0) == 0) found += line;
    return found;
}

bool is_unacknowledged(int socket) {
    tcp_info info{};
    socklen_t size = sizeof info;
    return getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_unacked > 0;
}

std::map<int, pid_t> owners_of(int remote, pid_t inside, const std::vector<Task>& tasks) {
    std::map<std::string, int> ports;  // by socket, as /proc names it
    for (const TcpEnd& end : tcp_ends(inside))
        if (end.remote == remote) ports["socket:[" + end.inode + "]"] = end.local;
    std::map<int, pid_t> owners;
    for (const Task& task : tasks) {
        if (task.thread != task.process) continue;
        std::error_code gone;
        for (std::filesystem::directory_iterator entry("/proc/" + std::to_string(task.process) + "/fd", gone), last;
             !gone && entry != last; entry.increment(gone)) {
            const auto found = ports.find(std::filesystem::read_symlink(entry->path(), gone).string());
            if (found != ports.end()) owners.try_emplace(found->second, task.process);
        }
    }
    return owners;
}
