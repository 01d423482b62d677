// The flags of chapter 7's programs.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/contain/child.hpp"
#include "support/server.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path build = kit_build;

struct Said {
    Ending ending;
    std::string out, errors;
};

Said run(const std::string& program, const Lines& flags) {
    Lines command = {build / "labs/ch07_executors" / program};
    command.insert(command.end(), flags.begin(), flags.end());
    Child child(command, plain_environment(), Child::Out::pipe);
    const Ending ending = child.wait().value();
    return {ending, child.out(), child.errors()};
}

bool refuses(const std::string& program, const Lines& flags, const std::string& words) {
    const Said said = run(program, flags);
    CAPTURE(flags, said.errors, words);
    CHECK(said.ending == Ending{false, 2});
    CHECK(said.out.empty());
    CHECK(std::count(said.errors.begin(), said.errors.end(), '\n') == 1);
    return said.errors.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a flag that cannot be is refused, with what is accepted") {
    for (const std::string host : {"", "localhost", "localhost:", ":8070", "localhost:0", "::1:8070", "http://a:1/"})
        CHECK(refuses("send_pool", {"--host", host}, "--host: "));
    CHECK(refuses("send_pool", {"--host", "a"}, "'a' is not accepted: give HOST:PORT, as in 127.0.0.1:8070"));
    for (const char* workers :
         {"0", "257", "", "1..", "..8", "8..1", "0..8", "1..257", "1...8", "1..2..3", "-1", "1-8"})
        CHECK(refuses("send_pool", {"--workers", workers}, "give a whole number from 1 to 256, or two as in 2..8"));
    CHECK(refuses("send_processes", {"--workers", "1..8"}, "give a whole number from 1 to 256\n"));
    CHECK(refuses("send_pool", {"--tasks", "0"}, "--tasks: '0'"));
    CHECK(refuses("send_pool", {"--samples", "0"}, "--samples: '0'"));
    CHECK(refuses("send_pool", {"--timeout", "0s"}, "--timeout: '0s'"));
    CHECK(refuses("send_pool", {"--timeout", "2"}, "--timeout: '2'"));
    CHECK(refuses("send_pool", {"--retries", "-1"}, "--retries: '-1'"));
}

TEST_CASE("workers may be a number, and two where they may be more or fewer") {
    const Server server(build / "labs/support/chat_server", Server::Port::any);
    for (const char* workers : {"1", "3", "2..2", "1..256"}) {
        const Said said = run("send_pool", {"--host", server.url(), "--tasks", "2", "--workers", workers});
        CAPTURE(workers, said.errors);
        CHECK(said.ending == Ending{false, 0});
        CHECK(said.out.rfind("task ", 0) == 0);
    }
}

TEST_CASE("help tells the defaults") {
    const Said said = run("send_pool", {"--help"});
    CHECK(said.ending == Ending{false, 0});
    for (const char* flag : {"--host TEXT=127.0.0.1:8070 ", "--tasks COUNT=32 ", "--workers COUNT=8 ",
                             "--samples COUNT=5 ", "--timeout DURATION=2s ", "--retries COUNT=3 "})
        CHECK(said.out.find(flag) != std::string::npos);
}
