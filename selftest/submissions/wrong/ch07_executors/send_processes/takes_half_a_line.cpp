// Wrong    Takes what comes before end of file as a line: it believes a worker that dies in the middle of a result.
// Caught   a worker that dies is replaced, and its task done once more

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"

namespace {

struct Job {
    int task = 0;
    int deaths = 0;
};

// One end of a socket pair: stdio needs one stream per direction.
struct Line {
    FILE* in = nullptr;
    FILE* out = nullptr;
};

Line open_line(int socket) {
    return {fdopen(socket, "r"), fdopen(dup(socket), "w")};
}

void close_line(Line& line) {
    if (line.in != nullptr) fclose(line.in);
    if (line.out != nullptr) fclose(line.out);
    line = {};
}

void say(const Line& line, const std::string& text) {
    fprintf(line.out, "%s\n", text.c_str());
    fflush(line.out);
}

std::optional<std::string> hear(const Line& line) {
    std::string text;
    for (int c; (c = getc(line.in)) != EOF; text += static_cast<char>(c))
        if (c == '\n') return text;
    if (!text.empty()) return text;
    return std::nullopt;
}

struct Worker {
    pid_t pid = -1;
    Line line;
    bool busy = false;
    Job job;
};

std::vector<Worker> workers;

void serve(int socket, const SendOptions& options) noexcept {
    Line line = open_line(socket);
    {
        ChatConnection connection(options);
        while (const auto order = hear(line)) {
            std::string result = message_of(try_deliver(connection, std::atoi(order->c_str()), options));
            std::replace(result.begin(), result.end(), '\n', ' ');
            say(line, result);
        }
    }
    close_line(line);
}

void stop(Worker& worker) {
    if (worker.pid < 0) return;
    close_line(worker.line);
    while (waitpid(worker.pid, nullptr, 0) < 0 && errno == EINTR) continue;
    worker = Worker();
}

void start(Worker& worker, const SendOptions& options) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return;
    worker.pid = fork();
    if (worker.pid == 0) {
        close(ends[0]);
        for (Worker& other : workers) close_line(other.line);  // their buffers are empty: every line was flushed
        serve(ends[1], options);
        _exit(0);
    }
    close(ends[1]);
    if (worker.pid < 0) close(ends[0]);
    else worker.line = open_line(ends[0]);
    if (worker.line.out == nullptr) stop(worker);
}

void finish(const Job& job, Outcome outcome, SendReport& report) {
    outcome.retries += job.deaths;
    report.end(job.task, outcome);
}

void listen_to(Worker& worker, std::list<Job>& jobs, const SendOptions& options, SendReport& report) {
    const bool was_busy = worker.busy;
    Job job = worker.job;
    if (const auto text = hear(worker.line)) {
        worker.busy = false;
        return finish(job, outcome_in(*text).value_or(Outcome{false, "it says " + *text}), report);
    }
    stop(worker);
    start(worker, options);
    if (!was_busy) return;
    if (job.deaths == options.retries) return finish(job, {false, "worker died"}, report);
    ++job.deaths;
    jobs.push_front(job);
}

void run(std::list<Job> jobs, const SendOptions& options, SendReport& report) {
    for (;;) {
        std::vector<pollfd> fds;
        bool any = false;
        for (Worker& worker : workers) {
            if (!jobs.empty() && worker.pid < 0) start(worker, options);
            if (!jobs.empty() && worker.pid > 0 && !worker.busy) {
                worker.busy = true;
                worker.job = jobs.front();
                jobs.pop_front();
                if (worker.job.deaths == 0) report.begin(worker.job.task);
                say(worker.line, std::to_string(worker.job.task));
            }
            any = any || worker.busy;
            fds.push_back({worker.pid > 0 ? fileno(worker.line.in) : -1, POLLIN, 0});
        }
        if (!any) break;
        // No buffer hides a line from poll: a worker writes one line, and then waits for the next task.
        if (poll(fds.data(), fds.size(), -1) < 0) continue;
        for (std::size_t i = 0; i < fds.size(); ++i)
            if (fds[i].revents != 0) listen_to(workers[i], jobs, options, report);
    }
    for (const Job& job : jobs) finish(job, {false, "no worker left"}, report);
}

}  // namespace

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");
    signal(SIGPIPE, SIG_IGN);
    SendReport report(options);
    workers.resize(static_cast<std::size_t>(options.workers.most));
    for (Worker& worker : workers) start(worker, options);
    for (int sample = 0; sample < options.samples; ++sample) {
        std::list<Job> jobs;
        for (const int task : report.begin_sample()) jobs.push_back({task});
        run(jobs, options, report);
        report.end_sample();
    }
    for (Worker& worker : workers) stop(worker);
    return report.finish();
}
