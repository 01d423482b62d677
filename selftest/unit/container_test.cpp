// What a program can see, reach and change from where it runs.
#include "grader/contain/container.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/contain/loopback.hpp"

namespace {

Lines look(const std::vector<std::string>& arguments) {
    Program program(small_program("looks"), arguments);
    CHECK(program.settle() == Rest::ended);
    CHECK(program.ending() == Ending{false, 0});
    return program.lines();
}

bool has(const Lines& lines, const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

bool in_namespaces() {
    if (containment() != "bubblewrap") WARN("namespaces are refused here: limits alone are tested");
    return containment() == "bubblewrap";
}

}  // namespace

TEST_CASE("a program inherits three descriptors and nothing of the grader's environment") {
    CHECK(look({"descriptors"}) == Lines{"0", "1", "2"});
    setenv("KIT_SECRET", "42", 1);
    Lines expected = plain_environment();
    for (const std::string& variable : look({"environment"})) {
        const bool ours = variable.rfind("LD_PRELOAD=", 0) == 0 || variable.rfind("PWD=", 0) == 0;
        CAPTURE(variable);
        CHECK((ours || has(expected, variable)));
    }
}

TEST_CASE("a program works in a scratch folder of its own") {
    CHECK(look({"write", "something"}) == Lines{"written"});
    CHECK(look({"path", "something"}) == Lines{"invisible"});
}

TEST_CASE("a program sees no process but its own") {
    if (!in_namespaces()) return;
    for (const std::string& name : look({"processes"})) {
        CAPTURE(name);
        CHECK((name == "looks" || name == "bwrap"));  // itself, and the container's first process
    }
}

TEST_CASE("a program has no network but its own loopback") {
    if (!in_namespaces()) return;
    CHECK(look({"network"}) == Lines{"lo"});

    int port = 0;
    const int server = listen_on_loopback(port);
    REQUIRE(server >= 0);
    CHECK(look({"connect", std::to_string(port)}) == Lines{"refused"});
    close(server);
}

TEST_CASE("a program sees neither the kit nor the results, and cannot change what it was given") {
    if (!in_namespaces()) return;
    const std::string root = kit_root, build = kit_build;
    for (const std::string& path :
         {root, root + "/solutions", build, std::string("/etc/passwd"), std::string("/root"), std::string("/home")}) {
        CAPTURE(path);
        CHECK(look({"path", path}) == Lines{"invisible"});
    }
    for (const char* path : {"/usr/new", "/on-stage/launch", "/on-stage/looks", "/proc/sysrq-trigger"}) {
        CAPTURE(path);
        CHECK(look({"write", path}) == Lines{"refused"});
    }
    CHECK(look({"path", "/on-stage/looks"}) == Lines{"visible"});
}

TEST_CASE("a shared file is found under its inside name in a container, else where it is") {
    const Shared shared{"/some/where", "/in/side"};
    CHECK(place_of(shared) == (containment() == "bubblewrap" ? "/in/side" : "/some/where"));
    const std::vector<std::string> command = confined({{shared}, ""}, {"true"});
    CHECK(command.back() == "true");
    if (containment() != "bubblewrap") CHECK(command.size() == 1);
}
