// Right    All workers receive from one socket, whose messages carry a memfd per picture, and answer through one
//          pipe. An answer names its picture.

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <set>
#include <string>
#include <vector>

#include "support/album.hpp"
#include "support/descriptor.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"
#include "support/write_all.hpp"

// A number, with room for one descriptor.
class Parcel {
  public:
    Parcel() {
        header_.msg_iov = &part_;
        header_.msg_iovlen = 1;
        header_.msg_control = control_;
        header_.msg_controllen = sizeof control_;
    }
    Parcel(const Parcel&) = delete;
    Parcel& operator=(const Parcel&) = delete;

    void put(std::size_t number, int descriptor) {
        number_ = number;
        cmsghdr* const beside = CMSG_FIRSTHDR(&header_);
        beside->cmsg_level = SOL_SOCKET;
        beside->cmsg_type = SCM_RIGHTS;
        beside->cmsg_len = CMSG_LEN(sizeof descriptor);
        std::memcpy(CMSG_DATA(beside), &descriptor, sizeof descriptor);
    }
    std::size_t number() const { return number_; }
    Descriptor descriptor() {
        int descriptor = -1;
        if (cmsghdr* const beside = CMSG_FIRSTHDR(&header_))
            std::memcpy(&descriptor, CMSG_DATA(beside), sizeof descriptor);
        return Descriptor(descriptor);
    }
    msghdr& header() { return header_; }

  private:
    std::size_t number_ = 0;
    iovec part_{&number_, sizeof number_};
    alignas(cmsghdr) char control_[CMSG_SPACE(sizeof(int))] = {};
    msghdr header_{};
};

std::string bytes_in(const Descriptor& file) {
    struct stat about {};
    if (fstat(file.number(), &about) != 0) return "";
    std::string bytes(static_cast<std::size_t>(about.st_size), '\0');
    for (std::size_t had = 0; had < bytes.size();) {
        const ssize_t got = pread(file.number(), &bytes[had], bytes.size() - had, static_cast<off_t>(had));
        if (got <= 0) return "";
        had += static_cast<std::size_t>(got);
    }
    return bytes;
}

// Answers "17: 800x600 -> 256x192\n", which is short enough for a pipe to write in one piece.
[[noreturn]] void work(int socket, int answers, const std::vector<Listed>& album,
                       const ThumbnailOptions& options) noexcept {
    for (;;) {
        Parcel parcel;
        const ssize_t got = recvmsg(socket, &parcel.header(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) _exit(0);
        const Result result =
            make_thumbnail(album[parcel.number()], {true, bytes_in(parcel.descriptor()), ""}, options);
        write_all(answers, std::to_string(parcel.number()) + ": " + result.text + "\n");
    }
}

class Office {
  public:
    Office(const std::vector<Listed>& album, const ThumbnailOptions& options) : album_(album), report_(album.size()) {
        int sockets[2], ends[2];
        if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets) != 0) throw NoAlbum("no socket");
        orders_ = Descriptor(sockets[0]);
        const Descriptor its_orders(sockets[1]);
        if (pipe(ends) != 0) throw NoAlbum("no pipe");
        answers_ = Descriptor(ends[0]);
        const Descriptor its_answers(ends[1]);
        for (int i = 0; i < options.workers; ++i) {
            const pid_t process = fork();
            if (process == 0) {
                orders_.close();
                answers_.close();
                work(its_orders.number(), its_answers.number(), album, options);
            }
            if (process > 0) workers_.push_back(process);
        }
        fcntl(orders_.number(), F_SETFL, O_NONBLOCK);
    }

    void fail(std::size_t picture, const std::string& why) {
        report_.add(album_[picture].name, {false, "failed: " + why});
    }

    // Waits for room, and reads answers meanwhile.
    void give(std::size_t picture, const std::string& bytes) {
        const Descriptor file(memfd_create("picture", MFD_CLOEXEC));
        if (!file.is_open() || !write_all(file.number(), bytes)) return fail(picture, "no memory for it");
        Parcel parcel;
        parcel.put(picture, file.number());
        while (sendmsg(orders_.number(), &parcel.header(), MSG_NOSIGNAL) < 0) {
            if (errno == ETOOMANYREFS && !given_.empty()) hear(-1, 0);  // too many descriptors are in flight
            else if (errno == EAGAIN) hear(-1, POLLOUT);
            else if (errno != EINTR) return fail(picture, "there is no worker any more");
        }
        given_.insert(picture);
    }

    // False at end of file: no worker is left to answer.
    bool hear(int milliseconds, short room = 0) {
        pollfd ends[] = {{answers_.number(), POLLIN, 0}, {room != 0 ? orders_.number() : -1, room, 0}};
        poll(ends, 2, milliseconds);
        if (ends[0].revents == 0) return true;
        char some[4096];
        const ssize_t got = read(answers_.number(), some, sizeof some);
        if (got <= 0) return got < 0 && errno == EINTR;
        heard_.append(some, static_cast<std::size_t>(got));
        for (std::size_t end; (end = heard_.find('\n')) != std::string::npos; heard_.erase(0, end + 1)) {
            std::size_t colon = 0;
            const std::size_t picture = std::stoul(heard_, &colon);
            const std::string text = heard_.substr(colon + 2, end - colon - 2);
            report_.add(album_[picture].name, {text.rfind("failed: ", 0) != 0, text});
            given_.erase(picture);
        }
        return true;
    }

    int finish() {
        orders_.close();
        while (hear(-1)) {
        }
        for (const std::size_t picture : given_) fail(picture, "the worker died over it");
        for (const pid_t worker : workers_) waitpid(worker, nullptr, 0);
        return report_.finish();
    }

  private:
    const std::vector<Listed>& album_;
    ThumbnailReport report_;
    Descriptor orders_, answers_;
    std::vector<pid_t> workers_;
    std::set<std::size_t> given_;  // and not answered yet
    std::string heard_;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    Office office(album, options);
    for (std::size_t i = 0; i < album.size(); ++i) {
        const Downloaded downloaded = download(album[i]);
        office.hear(0);
        if (downloaded.ok) office.give(i, downloaded.bytes);
        else office.fail(i, downloaded.why);
    }
    return office.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads in main, resizes by processes");
    std::signal(SIGPIPE, SIG_IGN);  // a worker may die at any time
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_processes: ", error.what());
        return 1;
    }
}
