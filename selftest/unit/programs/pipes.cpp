// A child that writes to its parent, for the engine's tests: `pipes BYTES [CALL [stream|messages]]` writes BYTES in one
// go, by write or by another call, into a pipe or a socket pair of that kind. The parent reads to the end, and prints
// how much came in how many reads.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

ssize_t write_by(const std::string& call, int to, const char* bytes, std::size_t count) {
    const iovec part{const_cast<char*>(bytes), count};
    if (call == "writev") return writev(to, &part, 1);
    if (call == "pwritev2") return pwritev2(to, &part, 1, -1, 0);
    if (call == "vmsplice") return vmsplice(to, &part, 1, 0);
    if (call == "send") return send(to, bytes, count, 0);
    if (call == "sendmsg") {
        msghdr message = {};
        message.msg_iov = const_cast<iovec*>(&part);
        message.msg_iovlen = 1;
        return sendmsg(to, &message, 0);
    }
    if (call == "write") return write(to, bytes, count);
    const int file = memfd_create("body", 0);
    if (write(file, bytes, count) != static_cast<ssize_t>(count) || lseek(file, 0, SEEK_SET) != 0) return -1;
    return call == "sendfile" ? sendfile(to, file, nullptr, count) : splice(file, nullptr, to, nullptr, count, 0);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string bytes(std::strtoul(argv[1], nullptr, 10), 'x');
    const std::string call = argc > 2 ? argv[2] : "write";
    const std::string kind = argc > 3 ? argv[3] : "pipe";
    int ends[2];
    if (kind == "pipe" ? pipe(ends) != 0
                       : socketpair(AF_UNIX, kind == "stream" ? SOCK_STREAM : SOCK_SEQPACKET, 0, ends) != 0)
        return 1;
    if (fork() == 0) {
        close(ends[0]);
        for (std::size_t sent = 0; sent < bytes.size();) {
            const ssize_t taken = write_by(call, ends[1], bytes.data() + sent, bytes.size() - sent);
            if (taken < 0) _exit(1);
            sent += static_cast<std::size_t>(taken);
        }
        _exit(0);
    }
    close(ends[1]);
    std::size_t total = 0, reads = 0;
    char piece[65536];
    for (ssize_t got; (got = read(ends[0], piece, sizeof piece)) > 0; ++reads) total += static_cast<std::size_t>(got);
    std::printf("%zu bytes in %zu reads\n", total, reads);
    std::fflush(stdout);
    int status = 0;
    wait(&status);
    std::printf("status %d\n", WEXITSTATUS(status));
}
