// The given program of chapter 7 that runs on several machines: four ranks on this one.
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "support/child_program.hpp"
#include "support/mpirun.hpp"
#include "support/server.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path build = kit_build;
const fs::path send_mpi = build / "labs/ch07_executors/send_mpi";

bool is_skipped() {
    if (fs::exists(send_mpi)) return false;
    WARN("skipped: MPI is not installed");  // ctest looks for the first word
    return true;
}

struct Said {
    int exit_code = -1;
    Lines lines;
};

Said run(int ranks, const std::vector<std::string>& arguments) {
    std::vector<std::string> words = mpirun_arguments(ranks, send_mpi);
    words.insert(words.end(), arguments.begin(), arguments.end());
    ChildProgram program("/usr/bin/env", words, ChildProgram::Output::quietly_to_us);
    std::string text;
    for (std::string some; !(some = program.read_some()).empty();) text += some;
    const int status = program.wait();
    Said said{WIFEXITED(status) ? WEXITSTATUS(status) : -1, {}};
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) said.lines.push_back(line);
    return said;
}

}  // namespace

TEST_CASE("three ranks send what rank 0 hands out, each task once, and print what the other programs print") {
    if (is_skipped()) return;
    const Server server(build / "labs/support/chat_server", Server::Port::any, {"--drop-every", "6"});
    const Said said = run(4, {"--host", server.url(), "--tasks", "10", "--samples", "2", "--timeout", "1h"});
    CHECK(said.exit_code == 0);
    REQUIRE(said.lines.size() == 12);
    std::map<std::string, int> times;
    for (const std::string& line : said.lines) ++times[line];
    for (int task = 1; task <= 10; ++task) CHECK(times["task " + std::to_string(task) + ": ok"] == 1);
    CHECK(said.lines[10] == "executor,samples,mean_s,median_s,stdev_s,min_s,max_s,tasks_per_s,errors,retries");
    CHECK(std::regex_match(said.lines[11], std::regex("send_mpi,2(,[0-9.]+){6},0,[1-9]")));
}

TEST_CASE("two ranks, more ranks than tasks, and one rank, which has nobody to hand out to") {
    if (is_skipped()) return;
    const Server server(build / "labs/support/chat_server", Server::Port::any);
    for (const int ranks : {2, 4}) {
        const Said said = run(ranks, {"--host", server.url(), "--tasks", "2", "--samples", "3", "--timeout", "1h"});
        CHECK(said.exit_code == 0);
        CHECK(said.lines.size() == 4);
    }
    CHECK(run(1, {"--host", server.url()}).exit_code == 2);
}

TEST_CASE("a task of MPI's that fails costs no other") {
    if (is_skipped()) return;
    const Said said = run(3, {"--host", "127.0.0.1:1", "--tasks", "4", "--samples", "1", "--retries", "0"});
    CHECK(said.exit_code == 1);
    REQUIRE(said.lines.size() == 6);
    for (std::size_t i = 0; i < 4; ++i) CHECK(said.lines[i].find(": failed: Connection refused") != std::string::npos);
}
