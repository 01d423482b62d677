// A child process with its stdout on a pseudo-terminal or a pipe and its stderr
// on a pipe, read without ever waiting for their end: an orphan that holds them
// open holds nobody up. (The tools' support/child_program.hpp knows nothing of terminals, orphans and graders that are
// killed: one for the other would be too much or too little.)
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "grader/contain/patience.hpp"
#include "grader/proc/file_identity.hpp"

struct Ending {
    bool by_signal = false;
    int number = 0;  // the exit code, or the signal's number
    bool operator==(const Ending&) const = default;
};

std::string describe(const Ending& ending);  // "exits with 1", "was ended by signal 11 (Segmentation fault)"

// To be ended by the thread that made it: the kernel kills it where that thread ends before, so that nothing is
// left of a grader that is killed. Safe to make in several threads at once, each its own.
class Child {
  public:
    enum class Out { terminal, pipe };

    // Searches PATH for command[0]. `inherited` stays open in the child under the same number.
    // Throws std::system_error where it cannot start.
    Child(const std::vector<std::string>& command, const std::vector<std::string>& environment, Out out,
          int inherited = -1, const std::string& folder = "");
    ~Child();  // ends it, with its process group
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    pid_t process() const { return process_; }
    FileIdentity out_identity() const { return out_identity_; }
    FileIdentity error_identity() const { return error_identity_; }
    std::vector<int> descriptors() const;  // to poll for input

    // Takes in what has been printed so far. True where there was anything.
    bool read_output();
    const std::string& out() const { return out_; }
    const std::string& errors() const { return errors_; }
    bool flooded() const { return flooded_; }  // printed more than the limit: the rest is dropped

    // The end, once it came. Where somebody else has taken note of it: killed.
    std::optional<Ending> ended();

    // Reads on until it ends. None where it floods its output or does not end within `patience` seconds:
    // it is killed then.
    std::optional<Ending> wait(int patience = patience_seconds);

    void kill();

  private:
    bool read_some(int& descriptor, std::string& into);
    void over(Ending ending);

    pid_t process_ = -1;
    int out_end_ = -1, error_end_ = -1;
    FileIdentity out_identity_, error_identity_;
    std::string out_, errors_;
    bool flooded_ = false;
    std::optional<Ending> ending_;
};

// Kills all that descends from this process, whatever became of its parents, and takes note of their ends. For a
// process that is a subreaper, prctl(2). Gives up on what the kernel does not let go.
void end_all_below();

// The same for a process that was stopped, or is being stopped: not even a child that it has just made lives on. Then
// ends that process, too.
void end_all_below_stopped(pid_t process);

// Kills those children of this process that are nobody's: left behind by a Child that was killed before it
// could end what it had started. For a process that is a subreaper.
void end_orphans();
