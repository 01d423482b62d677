// Right    A socket pair per worker, and select. A header says which picture follows, and how many bytes.

#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <string>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Header {
    std::uint64_t picture, size, is_ok;
};

bool send_all(int socket, const void* bytes, std::size_t size) {
    const char* next = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t taken = send(socket, next, size, MSG_NOSIGNAL);
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) return false;
        next += taken;
        size -= static_cast<std::size_t>(taken);
    }
    return true;
}

bool receive_all(int socket, void* bytes, std::size_t size) {
    if (size == 0) return true;
    ssize_t got;
    do got = recv(socket, bytes, size, MSG_WAITALL);
    while (got < 0 && errno == EINTR);
    if (got <= 0) return false;
    const std::size_t had = static_cast<std::size_t>(got);
    return had == size || receive_all(socket, static_cast<char*>(bytes) + had, size - had);
}

bool send_message(int socket, const Header& header, const std::string& text) {
    return send_all(socket, &header, sizeof header) && send_all(socket, text.data(), text.size());
}

bool receive_message(int socket, Header& header, std::string& text) {
    if (!receive_all(socket, &header, sizeof header)) return false;
    text.resize(header.size);
    return receive_all(socket, text.data(), text.size());
}

constexpr std::size_t nothing = SIZE_MAX;

struct Worker {
    pid_t process = -1;
    int socket = -1;
    std::size_t picture = nothing;
};

struct Crew {
    const std::vector<Listed>& album;
    const ThumbnailOptions& options;
    ThumbnailReport& report;
    std::vector<Worker> workers{};
};

void work(int socket, const Crew& crew) {
    Header header{};
    for (std::string text; receive_message(socket, header, text);) {
        const Result result = make_thumbnail(crew.album[header.picture], {true, text, ""}, crew.options);
        send_message(socket, {header.picture, result.text.size(), result.ok ? 1U : 0U}, result.text);
    }
}

void start(Crew& crew) {
    for (int i = 0; i < crew.options.workers; ++i) {
        int ends[2];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
        const pid_t process = fork();
        if (process == 0) {
            for (const Worker& other : crew.workers) close(other.socket);
            close(ends[0]);
            work(ends[1], crew);
            _exit(0);
        }
        close(ends[1]);
        if (process > 0) crew.workers.push_back({process, ends[0]});
        else close(ends[0]);
    }
}

void take_result(Crew& crew, Worker& worker) {
    Header header{};
    std::string text;
    const std::string& name = crew.album[worker.picture].name;
    worker.picture = nothing;
    if (receive_message(worker.socket, header, text)) return crew.report.add(name, {header.is_ok == 1, text});
    crew.report.add(name, {false, "failed: worker " + std::to_string(worker.process) + " died"});
    close(worker.socket);
    worker.socket = -1;
}

// False if no worker is busy.
bool take_results(Crew& crew, timeval* patience) {
    fd_set set;
    FD_ZERO(&set);
    int last = -1;
    for (const Worker& worker : crew.workers) {
        if (worker.picture == nothing) continue;
        FD_SET(worker.socket, &set);
        last = std::max(last, worker.socket);
    }
    if (last < 0) return false;
    if (select(last + 1, &set, nullptr, nullptr, patience) <= 0) return true;
    for (Worker& worker : crew.workers)
        if (worker.picture != nothing && FD_ISSET(worker.socket, &set)) take_result(crew, worker);
    return true;
}

void give(Crew& crew, std::size_t picture, const std::string& bytes) {
    do {
        for (Worker& worker : crew.workers) {
            if (worker.socket < 0 || worker.picture != nothing) continue;
            worker.picture = picture;
            send_message(worker.socket, {picture, bytes.size(), 0}, bytes);
            return;
        }
    } while (take_results(crew, nullptr));
    crew.report.add(crew.album[picture].name, {false, "failed: all workers have died"});
}

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Crew crew{album, options, report};
    start(crew);
    for (std::size_t i = 0; i < album.size(); ++i) {
        const Downloaded downloaded = download(album[i]);
        if (downloaded.ok) give(crew, i, downloaded.bytes);
        else report.add(album[i].name, {false, "failed: " + downloaded.why});
        timeval no_time{};
        take_results(crew, &no_time);
    }
    while (take_results(crew, nullptr)) {
    }
    for (const Worker& worker : crew.workers)
        if (worker.socket >= 0) close(worker.socket);
    for (const Worker& worker : crew.workers) waitpid(worker.process, nullptr, 0);
    return report.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads in main, resizes by processes");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_processes: ", error.what());
        return 1;
    }
}
