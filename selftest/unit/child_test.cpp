// A child process is read and waited for, whatever it leaves open behind it.
#include "grader/contain/child.hpp"

#include <unistd.h>

#include "bench/catch.hpp"
#include "engine.hpp"
#include "grader/contain/container.hpp"

namespace {

Child shell(const std::string& script, Child::Out out = Child::Out::pipe, const std::string& folder = "") {
    return Child({"sh", "-c", script}, plain_environment(), out, -1, folder);
}

// A killed process that is somebody else's to wait for is gone soon, not at once.
bool gone(const std::string& marker) {
    for (int look = 0; look < 10'000 && processes_with(marker) > 0; ++look) usleep(1000);
    return processes_with(marker) == 0;
}

}  // namespace

TEST_CASE("a child's output, errors and ending are taken") {
    Child child = shell("echo out; echo err >&2; exit 4");
    CHECK(child.wait() == Ending{false, 4});
    CHECK(child.out() == "out\n");
    CHECK(child.errors() == "err\n");
}

TEST_CASE("a child's stdin is empty, and its stdout a terminal or not") {
    CHECK(shell("read line").wait() == Ending{false, 1});
    CHECK(shell("test -t 1", Child::Out::terminal).wait() == Ending{false, 0});
    CHECK(shell("test -t 1", Child::Out::pipe).wait() == Ending{false, 1});
}

TEST_CASE("a terminal changes no character") {
    Child child = shell("printf 'a\\nb\\r\\n\\003\\004'", Child::Out::terminal);
    CHECK(child.wait() == Ending{false, 0});
    CHECK(child.out() == "a\nb\r\n\003\004");
}

TEST_CASE("a child begins in the folder that it is given") {
    const Folder folder;
    Child child = shell("pwd", Child::Out::pipe, folder.path().string());
    CHECK(child.wait() == Ending{false, 0});
    CHECK(child.out() == std::filesystem::canonical(folder.path()).string() + "\n");
}

TEST_CASE("an orphan that keeps the pipes open holds nobody up") {
    const std::string marker = new_marker();
    Child child = shell("sh -c 'sleep 1000; : " + marker + "' & echo started");
    CHECK(child.wait() == Ending{false, 0});
    CHECK(child.out() == "started\n");
    CHECK(gone(marker));
}

TEST_CASE("a child that does not end within the patience is killed") {
    const std::string marker = new_marker();
    Child child = shell("sleep 1000; : " + marker);
    CHECK(child.wait(0) == std::nullopt);
    CHECK(gone(marker));
}

TEST_CASE("a child that floods its output is killed") {
    Child child = shell("yes");
    CHECK(child.wait() == std::nullopt);
    CHECK(child.flooded());
    CHECK(child.out().size() == 16u << 20);
}

TEST_CASE("a command that is not there ends with 127") {
    Child child({"no-such-command-anywhere"}, plain_environment(), Child::Out::pipe);
    CHECK(child.wait() == Ending{false, 127});
}
