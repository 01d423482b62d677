// What chapter 6's programs print, and what they show meanwhile on a terminal.
#include "support/thumbnail_report.hpp"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "bench/catch.hpp"
#include "engine.hpp"
#include "ground/file.hpp"
#include "support/descriptor.hpp"

namespace {

// Three pictures, one of which fails. The program's exit code.
int report_three() {
    ThumbnailReport report(3);
    report.add("a", {true, "2x2 -> 1x1"});
    report.add("b", {false, "failed: 404 Not Found"});
    report.add("c", {true, "1x1 -> 1x1"});
    return report.finish();
}

struct Shown {
    int exit_code = -1;
    std::string lines, terminal;  // stdout, and stderr
};

// By a child process whose stdout is a file, and whose stderr a terminal or the same file.
Shown shown_by(int (*report)(), bool on_terminal) {
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

// The seconds are whatever they are.
std::string without_seconds(const std::string& lines) {
    return lines.substr(0, lines.rfind(", ") + 2);
}

const std::string three = "a: 2x2 -> 1x1\nb: failed: 404 Not Found\nc: 1x1 -> 1x1\n2 of 3 pictures, ";

}  // namespace

TEST_CASE("a line for each picture, one for all, and exit code 1 where one failed") {
    const Shown shown = shown_by(report_three, false);
    CHECK(without_seconds(shown.lines) == three);
    CHECK(shown.terminal.empty());
    CHECK(shown.exit_code == 1);
    CHECK(shown_by([] { return ThumbnailReport(0).finish(); }, false).exit_code == 0);
    CHECK(shown_by([] { return ThumbnailReport(1).finish(); }, false).exit_code == 1);
}

TEST_CASE(
    "on a terminal it is shown how many there are of how many, how fast, and for how long still; in the end nothing") {
    const Shown shown = shown_by(report_three, true);
    CHECK(without_seconds(shown.lines) == three);
    const std::string& text = shown.terminal;
    CAPTURE(text);
    const std::size_t none = text.find("0 of 3"), one = text.find("1 of 3, "), two = text.find("2 of 3, ");
    REQUIRE(two < text.size());
    CHECK(none < one);
    CHECK(one < two);
    CHECK(text.find(" pictures a second, ", two) < text.size());
    CHECK(text.find(" s left", two) < text.size());
    CHECK(text.find("3 of 3") == text.npos);
    const std::string wiped = "\r\x1b[K";
    CHECK(text.rfind(wiped) == text.size() - wiped.size());
}
