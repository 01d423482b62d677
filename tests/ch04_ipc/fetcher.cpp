#include "ch04_ipc/fetcher.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <tuple>

namespace fs = std::filesystem;

bool uses_select() {
    return program_name() == "fetch_select";
}

std::string readme(int step) {
    return "labs/ch04_ipc/README.md#step-" + std::to_string(step);
}

Fetcher::Fetcher(const Plan& plan)
    : program(executable(plan.flavour), arguments(plan),
              [&] {
                  Setting setting = plan.setting;
                  setting.world = &world;
                  setting.policy.hold_pipes = false;  // not yet: settle
                  return setting;
              }()),
      processes_(plan.workers, 0),
      hold_pipes_(plan.setting.policy.hold_pipes) {}

std::vector<std::string> Fetcher::arguments(const Plan& plan) const {
    std::vector<std::string> words;
    for (std::size_t worker = 1; worker <= plan.workers; ++worker)
        words.push_back(world.url("/" + std::to_string(worker)));
    words.insert(words.end(), plan.strange.begin(), plan.strange.end());
    return words;
}

Rest Fetcher::settle() {
    const Rest rest = settle_all();
    program.stage().policy.hold_pipes = hold_pipes_;
    return rest;
}

Rest Fetcher::settle_all() {
    Rest rest = program.settle();
    remember_processes();
    for (int idle = 0; rest == Rest::standstill && idle < 2;) {
        std::vector<Held> parents = program.asleep();
        std::erase_if(parents, [&](const Held& held) { return held.process != program.process(); });
        for (const Held& end : program.stage().held(Held::Kind::thread_end)) parents.push_back(end);
        if (parents.empty()) return rest;
        const auto progress = [&] {  // what is printed or asked for, and whether any worker moved: a pipe was read
            std::vector<Task> workers = program.tasks();
            std::erase_if(workers, [&](const Task& task) { return task.process == program.process(); });
            return std::tuple(program.output().size(), world.requests().size(), workers);
        };
        const auto before = progress();
        for (const Held& held : parents) program.wake(held);
        rest = program.settle();
        remember_processes();
        idle = progress() == before ? idle + 1 : 0;
    }
    return rest;
}

Rest Fetcher::serve(std::size_t worker, std::size_t size) {
    if (const auto request = request_of(worker)) world.answer(*request, 200, body_of(worker, size));
    return settle();
}

Rest Fetcher::serve_all(std::size_t size) {
    world.serve([size](World& server, const HttpRequest& request) {
        server.answer(request, 200, body_of(std::stoul(request.path.substr(1)), size));
    });
    return settle();
}

std::optional<HttpRequest> Fetcher::request_of(std::size_t worker) const {
    for (const HttpRequest& request : world.in_flight())
        if (request.path == "/" + std::to_string(worker)) return request;
    return std::nullopt;
}

// Who holds the socket that a request came by.
void Fetcher::remember_processes() {
    std::map<int, pid_t*> unknown;  // by the client's port
    for (std::size_t i = 0; i < processes_.size(); ++i) {
        if (processes_[i] != 0) continue;
        if (const auto request = request_of(i + 1)) unknown[world.client_port(*request)] = &processes_[i];
    }
    if (unknown.empty()) return;
    for (const auto& [port, owner] : owners_of(world.port(), program.process(), program.tasks()))
        if (unknown.contains(port)) *unknown[port] = owner;
}

pid_t Fetcher::process_of(std::size_t worker) const {
    return processes_[worker - 1];
}

std::set<pid_t> Fetcher::processes() const {
    std::set<pid_t> found(processes_.begin(), processes_.end());
    found.erase(0);
    return found;
}

std::optional<Held> Fetcher::held_of(std::size_t worker, Held::Kind kind) const {
    for (const Held& held : program.stage().held(kind))
        if (held.process == process_of(worker)) return held;
    return std::nullopt;
}

Rest Fetcher::write_to_the_end(std::size_t worker, std::size_t* bytes) {
    Rest rest = Rest::standstill;
    while (const auto held = held_of(worker, Held::Kind::pipe_write)) {
        if (bytes) *bytes += held->size;
        program.wake(*held);
        if ((rest = settle()) != Rest::standstill) break;
    }
    return rest;
}

std::vector<PipeEnd> Fetcher::parents_ends_of(std::size_t worker) const {
    std::set<unsigned long> theirs;
    std::vector<PipeEnd> ends = pipe_ends(program);
    for (const PipeEnd& end : ends)
        if (end.process == process_of(worker) && end.writes) theirs.insert(end.pipe);
    std::erase_if(ends, [&](const PipeEnd& end) {
        return end.process != program.process() || end.writes || !theirs.contains(end.pipe);
    });
    return ends;
}

std::vector<std::string> Fetcher::fresh_lines() {
    std::vector<std::string> lines = program.lines();
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(seen_lines_, lines.size())));
    seen_lines_ += lines.size();
    return lines;
}

std::string Fetcher::situation() const {
    const std::vector<std::string> lines = program.lines();
    std::string text = lines.empty() ? "nothing is printed yet" : "the last line is " + in_quotes(lines.back());
    const std::vector<PipeEnd> ends = pipe_ends(program);
    std::set<pid_t> alive;
    std::vector<std::string> sentences;
    for (const Task& task : program.tasks()) {
        if (task.ended()) continue;
        alive.insert(task.process);
        const auto worker = std::find(processes_.begin(), processes_.end(), task.process);
        const std::string who = task.process == program.process() ? "the parent"
                                : worker == processes_.end()
                                    ? "a child"
                                    : "worker " + std::to_string(worker - processes_.begin() + 1);
        std::string what = describe_wait(task);
        const bool asks =
            worker != processes_.end() && request_of(static_cast<std::size_t>(worker - processes_.begin()) + 1);
        if (asks && who != "the parent") what = "waits for its server";
        for (const PipeEnd& end : ends) {  // whose pipe it is that the parent reads
            if (end.process != task.process || task.call != SYS_read ||
                static_cast<int>(task.argument[0]) != end.descriptor)
                continue;
            for (const PipeEnd& other : ends) {
                const auto writer = std::find(processes_.begin(), processes_.end(), other.process);
                if (other.pipe != end.pipe || !other.writes || writer == processes_.end()) continue;
                what = "reads the pipe of worker " + std::to_string(writer - processes_.begin() + 1);
                break;
            }
        }
        for (const Held::Kind kind : {Held::Kind::pipe_write, Held::Kind::process_end})
            for (const Held& held : program.stage().held(kind))
                if (held.thread == task.thread)
                    what = kind == Held::Kind::pipe_write ? "is about to write" : "is at its very last step";
        if (alive.size() <= 8) sentences.push_back(who + " " + what);
    }
    for (const std::string& sentence : each_once(sentences)) text += "; " + sentence;
    if (alive.size() > 8) text += "; and so on, " + std::to_string(alive.size()) + " processes in all";
    for (std::size_t i = 0; i < processes_.size() && alive.size() <= 8; ++i)
        if (processes_[i] != 0 && !alive.contains(processes_[i]))
            text += "; worker " + std::to_string(i + 1) + " has ended";
    return text;
}

std::string Fetcher::wrong_finish(Rest rest, std::vector<std::string> expected, int exit_code) {
    std::vector<std::string> lines = program.lines();
    if (uses_select()) {
        std::sort(lines.begin(), lines.end());
        std::sort(expected.begin(), expected.end());
    }
    if (lines != expected && rest == Rest::ended) return first_difference(lines, expected);
    if (!program.unfinished().empty()) return "a line without an end: " + in_quotes(program.unfinished());
    for (const Event& event : program.stage().trace.events)
        if (event.kind == Event::Kind::writes && event.process != program.process())
            return "a child prints " + in_quotes(event.text.substr(0, event.text.find('\n'))) +
                   ", and the parent is to count, compute and print";
    if (rest == Rest::standstill) return "the program hangs: " + situation();
    return wrong_end(program, rest, exit_code);
}

unsigned long pipe_of(pid_t process, int descriptor) {
    struct stat file = {};
    stat(("/proc/" + std::to_string(process) + "/fd/" + std::to_string(descriptor)).c_str(), &file);
    return file.st_ino;
}

std::vector<PipeEnd> pipe_ends(const Program& program) {
    const unsigned long out = pipe_of(program.process(), 1), error = pipe_of(program.process(), 2);
    std::set<pid_t> processes;
    for (const Task& task : program.tasks())
        if (!task.ended()) processes.insert(task.process);
    std::vector<PipeEnd> ends;
    for (const pid_t process : processes) {
        std::error_code gone;
        for (fs::directory_iterator entry("/proc/" + std::to_string(process) + "/fd", gone), last;
             !gone && entry != last; entry.increment(gone)) {
            struct stat file = {};
            if (stat(entry->path().c_str(), &file) != 0 || !S_ISFIFO(file.st_mode)) continue;
            if (file.st_ino == out || file.st_ino == error) continue;
            const std::string number = entry->path().filename();
            std::ifstream info("/proc/" + std::to_string(process) + "/fdinfo/" + number);
            unsigned long flags = 0;
            for (std::string word; info >> word;)
                if (word == "flags:") info >> std::oct >> flags;
            ends.push_back({process, std::stoi(number), file.st_ino, (flags & O_ACCMODE) != O_RDONLY});
        }
    }
    return ends;
}
