// The file that says who asks, and the flags of chapter 6's programs.
#include <algorithm>
#include <filesystem>
#include <map>
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

using Flags = std::map<std::string, std::string>;

// thumbnails_sequential, in a folder of its own, where `config` is in a file config.txt. Without other flags there is no
// such host.
Said run(const std::string& config, Flags flags = {}) {
    const Folder folder;
    folder.write("config.txt", config);
    flags.merge(Flags{{"--host", "http://127.0.0.1:1"}, {"--config", "config.txt"}, {"--out", "out"}});
    std::vector<std::string> command = {build / "labs/ch06_images/thumbnails_sequential"};
    for (const auto& [flag, value] : flags) command.insert(command.end(), {flag, value});
    Child child(command, plain_environment(), Child::Out::pipe, -1, folder.path().string());
    const Ending ending = child.wait().value();
    return {ending, child.out(), child.errors()};
}

const std::string good = "client_id=concurrency-lab-kit\n";

bool refuses(const Said& said, const std::string& words) {
    CAPTURE(said.errors, words);
    CHECK(said.ending == Ending{false, 2});
    CHECK(said.out.empty());
    CHECK(std::count(said.errors.begin(), said.errors.end(), '\n') == 1);
    return said.errors.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the client's id is what the file says: comments, blanks, other names and ends of lines do not matter") {
    const Server server(build / "labs/support/image_host", Server::Port::any,
                        {"--albums", std::string(kit_root) + "/assets/albums"});
    for (const char* config : {"client_id=concurrency-lab-kit", "client_id=concurrency-lab-kit\nclient_id=another\n",
                               "# for the lab\r\n\r\n  client_id =\tconcurrency-lab-kit  # mine\r\n",
                               "client_secret=a=b\nclient_id=concurrency-lab-kit\n"}) {
        const Said said = run(config, {{"--host", server.url() + "/"}, {"--album", "nowhere"}});
        CAPTURE(config);
        CHECK(said.ending == Ending{false, 1});
        CHECK(said.errors.find("Unable to find an album with the id, nowhere") != std::string::npos);
    }
}

TEST_CASE("a file that does not say who asks is refused, with its name and the line") {
    CHECK(refuses(run("# nobody\n\nclient_id=\n"), "config.txt:3: client_id is empty"));
    CHECK(refuses(run("client_id =  # to be filled in\n"), "config.txt:1: client_id is empty"));
    CHECK(refuses(run("\nconcurrency-lab-kit\n"), "config.txt:2: 'concurrency-lab-kit' is not accepted"));
    CHECK(refuses(run(""), "config.txt: there is no line client_id="));
    CHECK(refuses(run("#client_id=concurrency-lab-kit\nid=5\n"), "config.txt: there is no line client_id="));
    CHECK(refuses(run(good, {{"--config", "nowhere.txt"}}), "nowhere.txt cannot be read"));
    CHECK(refuses(run(good, {{"--config", "/"}}), "/"));
}

TEST_CASE("flags out of their range are refused, and what lies in it is taken") {
    for (const char* flag : {"--width", "--connections", "--workers"})
        for (const char* value : {"0", "-1", "16385", "many", ""}) CHECK(refuses(run(good, {{flag, value}}), flag));
    CHECK(refuses(run(good, {{"--connections", "65"}}), "--connections"));
    CHECK(refuses(run(good, {{"--workers", "65"}}), "--workers"));
    CHECK(refuses(run(good, {{"--queue", "4"}}), "--queue"));  // who has no queue
    CHECK(refuses(run(good, {{"--host", "127.0.0.1:8060"}}), "--host: '127.0.0.1:8060' is not a URL"));
    CHECK(refuses(run(good, {{"--out", "config.txt"}}), "--out: config.txt is no folder"));
    CHECK(refuses(run(good, {{"--out", "/dev/null/out"}}), "--out: /dev/null/out is no folder"));
    const Said said = run(good, {{"--width", "16384"}, {"--connections", "64"}, {"--workers", "64"}, {"--out", "a/b"}});
    CHECK(said.ending == Ending{false, 1});
    CHECK(said.errors == "thumbnails_sequential: http://127.0.0.1:1: connection refused\n");
}
