#include "shown.hpp"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/catch.hpp"
#include "engine.hpp"
#include "ground/file.hpp"
#include "support/descriptor.hpp"

Shown shown_by(const std::function<int()>& report, bool on_terminal) {
    const Folder folder;
    const std::string file = (folder.path() / "out").string();
    int ends[2];
    REQUIRE(openpty(&ends[0], &ends[1], nullptr, nullptr, nullptr) == 0);
    const Descriptor ours(ends[0]);
    Descriptor its(ends[1]);
    const pid_t process = fork();
    if (process == 0) {
        const int out = open(file.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
        dup2(out, STDOUT_FILENO);
        dup2(on_terminal ? its.number() : out, STDERR_FILENO);
        _exit(report());
    }
    REQUIRE(process > 0);
    its.close();
    Shown shown;
    char some[256];
    for (ssize_t got; (got = read(ours.number(), some, sizeof some)) > 0;)
        shown.terminal.append(some, static_cast<std::size_t>(got));
    int status = 0;
    waitpid(process, &status, 0);
    shown.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    shown.lines = read_file(file);
    return shown;
}
