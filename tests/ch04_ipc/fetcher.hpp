// A program that fetches by child processes, its servers, its workers and their pipes: what the criteria
// of chapter 4 share. Workers count from 1, in the order of the URLs.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bench/common.hpp"
#include "bench/fetched_lines.hpp"

struct Plan {
    std::size_t workers = 4;
    std::vector<std::string> strange = {};  // further URLs, behind the others, as they are
    Setting setting = {};
    Flavour flavour = Flavour::plain;
};

bool uses_select();

// One end of a pipe that a process holds, stdout and stderr left out.
struct PipeEnd {
    pid_t process = 0;
    int descriptor = -1;
    unsigned long pipe = 0;  // its inode
    bool writes = false;
};
std::vector<PipeEnd> pipe_ends(const Program& program);
unsigned long pipe_of(pid_t process, int descriptor);  // its inode

class Fetcher {
  public:
    explicit Fetcher(const Plan& plan);

    World world;  // first: it outlives the program
    Program program;

    // On to the next point where nobody goes on without the grader. A parent that sleeps by time between
    // two looks is let go for as long as that helps; a thread at its end always: here only processes count.
    // Policy::hold_pipes holds writes from the first such point on, where all wait for their servers: a
    // worker may say something before it has fetched anything.
    Rest settle();

    // Answers a worker's request with so many bytes of its item, and settles.
    Rest serve(std::size_t worker, std::size_t size);
    Rest serve_all(std::size_t size);  // everybody at once

    std::optional<HttpRequest> request_of(std::size_t worker) const;  // in flight
    pid_t process_of(std::size_t worker) const;  // whose connection its request came by; 0: nobody's
    std::set<pid_t> processes() const;           // of all workers that have one

    // What a child holds back: a write into its pipe, its last step.
    std::optional<Held> held_of(std::size_t worker, Held::Kind kind) const;

    // Lets its writes into pipes go on, one after the other, until it makes no more. Adds what it was
    // about to write to `bytes`.
    Rest write_to_the_end(std::size_t worker, std::size_t* bytes = nullptr);

    std::vector<PipeEnd> parents_ends_of(std::size_t worker) const;  // of what the worker writes into

    std::vector<std::string> fresh_lines();  // since the last call
    std::string situation() const;           // the last line, and who waits for whom

    // What is wrong with all lines, in any order for fetch_select, and with the end.
    std::string wrong_finish(Rest rest, std::vector<std::string> expected, int exit_code = 0);

  private:
    std::vector<std::string> arguments(const Plan& plan) const;
    Rest settle_all();
    void remember_processes();
    std::size_t seen_lines_ = 0;
    std::vector<pid_t> processes_;  // by worker, from 0; 0 where not known yet
    bool hold_pipes_;
};

std::string readme(int step);
