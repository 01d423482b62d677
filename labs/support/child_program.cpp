#include "support/child_program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

ChildProgram::ChildProgram(const std::filesystem::path& file, const std::vector<std::string>& arguments, Output output,
                           Interrupt interrupt) {
    const std::string path = file.string(), name = file.filename().string();
    std::vector<const char*> words = {name.c_str()};
    for (const std::string& argument : arguments) words.push_back(argument.c_str());
    words.push_back(nullptr);

    if (access(path.c_str(), X_OK) != 0) throw std::runtime_error(path + " cannot be run: " + std::strerror(errno));
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe for " + name + ": " + std::strerror(errno));
    output_ = Descriptor(ends[0]);
    const Descriptor write_end(ends[1]);
    process_ = fork();
    if (process_ < 0) throw std::runtime_error(name + " cannot be started: " + std::strerror(errno));
    if (process_ > 0) return;

    if (output != Output::ours) dup2(write_end.number(), STDOUT_FILENO);
    if (output == Output::all_to_us) dup2(write_end.number(), STDERR_FILENO);
    if (output == Output::quietly_to_us) dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    if (interrupt == Interrupt::ignored) std::signal(SIGINT, SIG_IGN);
    execv(path.c_str(), const_cast<char* const*>(words.data()));
    _exit(127);
}

ChildProgram::~ChildProgram() {
    if (process_ <= 0) return;
    output_.close();
    kill(process_, SIGTERM);
    wait();
}

std::string ChildProgram::read_some(std::size_t most) {
    std::string some(most, '\0');
    ssize_t count = 0;
    while ((count = read(output_.number(), some.data(), most)) < 0 && errno == EINTR) {
    }
    some.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return some;
}

int ChildProgram::wait() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return status;
}
