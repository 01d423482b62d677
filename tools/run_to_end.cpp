#include "tools/run_to_end.hpp"

#include <sys/wait.h>

#include <csignal>

#include "support/child_program.hpp"

int run_to_end(const std::filesystem::path& file, const std::vector<std::string>& arguments) {
    ChildProgram program(file, arguments, ChildProgram::Output::ours);
    const auto before = std::signal(SIGINT, SIG_IGN);  // its end is what ends us
    const int status = program.wait();
    std::signal(SIGINT, before);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
