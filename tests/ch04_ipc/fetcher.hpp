// A program that fetches by child processes, its servers, its workers and their pipes: what the criteria
// of chapter 4 share. Workers count from 1, in the order of the URLs.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bench/fetching.hpp"

bool uses_select();
std::string readme(int step);

// One end of a pipe that a process holds, stdout and stderr left out.
struct PipeEnd {
    pid_t process = 0;
    int descriptor = -1;
    unsigned long pipe = 0;  // its inode
    bool writes = false;
};
std::vector<PipeEnd> pipe_ends(const Program& program);
unsigned long pipe_of(pid_t process, int descriptor);  // its inode

// Bystanders are a parent that sleeps by time between two looks, and a thread at its end: here only processes count.
class Fetcher : public Fetching {
  public:
    explicit Fetcher(const FetchPlan& plan, const Setting& setting = {}, Flavour flavour = Flavour::plain);

    // Policy::hold_pipes holds writes from the first settle on, after which all wait for their servers: a worker may
    // say something before it has fetched anything.
    Rest settle() override;

    std::size_t workers() const { return processes_.size(); }
    pid_t process_of(std::size_t worker) const;  // that sent its request; 0 where none has
    std::set<pid_t> processes() const;           // of all workers that have sent one

    // What a child holds back: a write into its pipe, its last step.
    std::optional<Held> held_of(std::size_t worker, Held::Kind kind) const;

    // Lets its writes into pipes go on, one after the other, until it makes no more. Adds what it was
    // about to write to `bytes`.
    Rest write_to_the_end(std::size_t worker, std::size_t* bytes = nullptr);

    // Of a program with Policy::hold_pipes and hold_ends: brings a worker to where its message is written, its pipe is
    // closed, and its end is held. Why not, or "".
    std::string close_and_stay(std::size_t worker);

    std::vector<PipeEnd> parents_ends_of(std::size_t worker) const;  // of what the worker writes into

    std::string situation() const override;  // the last line, and which process waits for which

  protected:
    Rest settle_once() override;
    std::vector<Held> bystanders() const override;
    std::vector<std::size_t> progress() const override;
    // In any order for fetch_select. Printed by the parent alone.
    std::string wrong_lines(const Words& lines, const Words& expected) const override;

  private:
    void remember_processes();
    std::string name_of(const Task& task) const;
    std::string doing(const Task& task, const std::vector<PipeEnd>& ends) const;
    std::vector<pid_t> processes_;  // by worker, from 0; 0 where not known yet
    bool hold_pipes_;
};

std::unique_ptr<Fetching> start_fetcher(const FetchPlan& plan, const Setting& setting);
