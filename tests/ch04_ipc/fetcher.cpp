#include "ch04_ipc/fetcher.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "bench/lines.hpp"
#include "grader/stage/injector.hpp"

namespace fs = std::filesystem;

bool uses_select() {
    return program_name() == "fetch_select";
}

std::string readme(int step) {
    return "labs/ch04_ipc/README.md#step-" + std::to_string(step);
}

namespace {

Setting held_later(Setting setting) {
    setting.policy.hold_pipes = false;  // not yet: settle
    return setting;
}

}  // namespace

Fetcher::Fetcher(const FetchPlan& plan, const Setting& setting, Flavour flavour)
    : Fetching(plan, held_later(setting), flavour),
      processes_(plan.workers, 0),
      hold_pipes_(setting.policy.hold_pipes) {}

std::unique_ptr<Fetching> start_fetcher(const FetchPlan& plan, const Setting& setting) {
    return std::make_unique<Fetcher>(plan, setting);
}

Rest Fetcher::settle() {
    const Rest rest = Bench::settle();
    program.stage().policy.hold_pipes = hold_pipes_;
    return rest;
}

Rest Fetcher::settle_once() {
    const Rest rest = program.settle();
    remember_processes();
    return rest;
}

std::vector<Held> Fetcher::bystanders() const {
    std::vector<Held> found = program.asleep();
    std::erase_if(found, [&](const Held& held) { return held.process != program.process(); });
    for (const Held& end : program.stage().held(Held::Kind::thread_end)) found.push_back(end);
    return found;
}

// What is printed or asked for, and whether any worker moved: a pipe was read.
std::vector<std::size_t> Fetcher::progress() const {
    std::vector<std::size_t> numbers = Asking::progress();
    for (const Task& task : program.tasks())
        if (task.process != program.process()) numbers.insert(numbers.end(), {std::size_t(task.thread), task.switches});
    return numbers;
}

// Which process holds the socket that a request came by.
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

std::string Fetcher::close_and_stay(std::size_t worker) {
    settle();
    serve(worker, 100);
    const auto first = held_of(worker, Held::Kind::pipe_write);
    if (!first)
        return "worker " + std::to_string(worker) + " has its answer, and does not write into a pipe; " + situation();
    const unsigned long pipe = pipe_of(first->process, first->descriptor);
    write_to_the_end(worker);
    const auto end = held_of(worker, Held::Kind::process_end);
    if (!end)
        return "worker " + std::to_string(worker) + " has its answer, and does not come to its end; " + situation();
    for (const PipeEnd& own : pipe_ends(program))
        for (const Task& task : program.tasks())
            if (task.thread == end->thread && own.process == end->process && own.writes && own.pipe == pipe)
                make_close(task, own.descriptor);
    return "";
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

std::string Fetcher::name_of(const Task& task) const {
    if (task.process == program.process()) return "the parent";
    const auto worker = std::find(processes_.begin(), processes_.end(), task.process);
    return worker == processes_.end() ? "a child" : "worker " + std::to_string(worker - processes_.begin() + 1);
}

std::string Fetcher::doing(const Task& task, const std::vector<PipeEnd>& ends) const {
    for (const Held::Kind kind : {Held::Kind::process_end, Held::Kind::pipe_write})
        for (const Held& held : program.stage().held(kind))
            if (held.thread == task.thread)
                return kind == Held::Kind::pipe_write ? "is about to write into a pipe" : "is about to end";
    for (const PipeEnd& end : ends) {  // which worker's pipe it reads
        if (end.process != task.process || task.call != SYS_read ||
            static_cast<int>(task.argument[0]) != end.descriptor)
            continue;
        for (const PipeEnd& other : ends) {
            const auto writer = std::find(processes_.begin(), processes_.end(), other.process);
            if (other.pipe != end.pipe || !other.writes || writer == processes_.end()) continue;
            return "reads the pipe of worker " + std::to_string(writer - processes_.begin() + 1);
        }
    }
    const auto worker = std::find(processes_.begin(), processes_.end(), task.process);
    const bool asks = task.process != program.process() && worker != processes_.end() &&
                      request_of(static_cast<std::size_t>(worker - processes_.begin()) + 1);
    return asks ? "waits for its server" : describe_wait(task);
}

std::string Fetcher::situation() const {
    constexpr std::size_t most_told = 8;  // processes
    const std::vector<PipeEnd> ends = pipe_ends(program);
    std::set<pid_t> alive;
    Words sentences;
    for (const Task& task : program.tasks()) {
        if (task.ended()) continue;
        alive.insert(task.process);
        if (alive.size() <= most_told) sentences.push_back(name_of(task) + " " + doing(task, ends));
    }
    std::string text = last_line();
    for (const std::string& sentence : each_once(sentences)) text += "; " + sentence;
    if (alive.size() > most_told) return text + "; and so on, " + std::to_string(alive.size()) + " processes in all";
    for (std::size_t i = 0; i < processes_.size(); ++i)
        if (processes_[i] != 0 && !alive.contains(processes_[i]))
            text += "; worker " + std::to_string(i + 1) + " has ended";
    return text;
}

std::string Fetcher::wrong_lines(const Words& lines, const Words& expected) const {
    const std::string difference =
        uses_select() ? wrong_in_any_order(lines, expected) : wrong_in_order(lines, expected);
    if (!difference.empty()) return difference;
    for (const Event& event : program.stage().trace.events)
        if (event.kind == Event::Kind::writes && event.process != program.process())
            return "a child prints " + in_quotes(event.text.substr(0, event.text.find('\n'))) +
                   ", where the parent has to count, compute and print";
    return "";
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
