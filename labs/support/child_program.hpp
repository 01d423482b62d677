// A program that runs beside this one, for as long as the object lives.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/descriptor.hpp"

class ChildProgram {
  public:
    enum class Output {
        ours,          // it writes where this program does
        to_us,         // its stdout comes by a pipe
        all_to_us,     // its stderr as well
        quietly_to_us  // its stderr goes nowhere
    };
    enum class Interrupt { ends_it, ignored };  // Ctrl-C, which a terminal sends to all of its programs

    // Throws std::runtime_error where it cannot be started.
    ChildProgram(const std::filesystem::path& file, const std::vector<std::string>& arguments, Output output,
                 Interrupt interrupt = Interrupt::ends_it);
    ~ChildProgram();  // asks it to end (SIGTERM), and waits for that
    ChildProgram(const ChildProgram&) = delete;
    ChildProgram& operator=(const ChildProgram&) = delete;

    // Up to so many bytes of what it prints, as soon as there are any. "" at the end.
    std::string read_some(std::size_t most = 4096);

    // Waits for its end. Its status, as waitpid(2) tells it.
    int wait();

  private:
    pid_t process_ = -1;  // -1: it was waited for
    Descriptor output_;
};
