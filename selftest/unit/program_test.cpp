// A program from its start to its end: what it prints, how it ends, that nothing of it is left.
#include "grader/stage/program.hpp"

#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "bench/catch.hpp"
#include "bench/ends.hpp"
#include "bench/words.hpp"
#include "engine.hpp"
#include "grader/contain/scratch.hpp"
#include "ground/file.hpp"

namespace {

Program prints(const std::string& way, const Setting& setting = {}) {
    return Program(small_program("prints"), {way}, setting);
}

Ending ending_of(const std::vector<std::string>& arguments) {
    Program program(small_program("ends"), arguments);
    CHECK(program.settle() == Rest::ended);
    CHECK(program.describe() == "the program has ended");
    return program.ending().value();
}

}  // namespace

TEST_CASE("an exit code is told as it was given") {
    CHECK(ending_of({"exit", "0"}) == Ending{false, 0});
    CHECK(ending_of({"exit", "3"}) == Ending{false, 3});
    CHECK(ending_of({"exit", "255"}) == Ending{false, 255});
    CHECK(ending_of({"thread", "5"}) == Ending{false, 5});
}

TEST_CASE("an end by a signal is told from an exit code that looks like one") {
    CHECK(ending_of({"signal", std::to_string(SIGKILL)}) == Ending{true, SIGKILL});
    CHECK(ending_of({"signal", std::to_string(SIGSEGV)}) == Ending{true, SIGSEGV});
    CHECK(ending_of({"signal", std::to_string(SIGTERM)}) == Ending{true, SIGTERM});
    CHECK(ending_of({"exit", "137"}) == Ending{false, 137});
    CHECK(ending_of({"exit", "139"}) == Ending{false, 139});
}

TEST_CASE("an ending reads as words") {
    CHECK(describe(Ending{false, 3}) == "exits with 3");
    CHECK(describe(Ending{true, SIGSEGV}) == "was ended by signal 11 (Segmentation fault)");
}

TEST_CASE("a program that cannot be started is the grader's trouble, and told by its name") {
    try {
        Program program("/nonexistent/program", {});
        FAIL("nothing was told");
    } catch (const std::runtime_error& error) {
        CHECK(std::string(error.what()).find("/nonexistent/program") != std::string::npos);
    }
    // There, and no executable: a build that was cut short by a full disk.
    const Scratch folder(std::filesystem::temp_directory_path(), scratch_prefix);
    write_file(folder.path() / "program", "");
    try {
        Program program(folder.path() / "program", {});
        FAIL("nothing was told");
    } catch (const std::runtime_error& error) {
        CHECK(std::string(error.what()).find("Permission denied") != std::string::npos);
    }
}

TEST_CASE("bytes of any value are taken as they are") {
    Program program = prints("bytes");
    CHECK(program.settle() == Rest::ended);
    CHECK(program.output() == std::string("a\0b\xff\x1b[31m\r\n::error::x\n", 22));
    REQUIRE(program.lines().size() == 2);
    CHECK(program.lines()[1] == "::error::x");
}

TEST_CASE("a line may be a million characters long") {
    Program program = prints("long");
    CHECK(program.settle() == Rest::ended);
    REQUIRE(program.lines().size() == 1);
    CHECK(program.lines().front() == std::string(1'000'000, 'y'));
    CHECK_FALSE(program.flooded());
}

TEST_CASE("what stands behind the last whole line is no line") {
    Program program = prints("unfinished");
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"whole"});
    CHECK(program.unfinished() == "part");
}

TEST_CASE("stderr is kept apart from stdout") {
    Program program = prints("errors");
    CHECK(program.settle() == Rest::ended);
    CHECK(program.output().empty());
    CHECK(program.errors() == "to stderr\n");
}

TEST_CASE("a flood of output is cut off, and ends the wait") {
    Program program = prints("flood");
    CHECK(program.settle() == Rest::spinning);
    CHECK(program.flooded());
    CHECK(program.output().size() == 16u << 20);
}

TEST_CASE("a line printed in pieces shows as one write or as many, as the criterion likes") {
    const auto writes = [](bool pieces) {
        Setting setting;
        setting.pieces = pieces;
        Program program = prints("pieces", setting);
        CHECK(program.settle() == Rest::ended);
        CHECK(program.lines() == Lines{"one 2 three"});
        const std::vector<Event>& events = program.stage().trace.events;
        return std::count_if(events.begin(), events.end(), [](const Event& event) {
            return event.kind == Event::Kind::writes && !event.text.empty();
        });
    };
    CHECK(writes(false) == 1);
    CHECK(writes(true) > 1);
}

TEST_CASE("a terminal shows whole lines at once, a pipe shows unflushed ones twice after a fork") {
    Setting setting;
    setting.out = Child::Out::pipe;
    Program program = prints("unflushed", setting);
    CHECK(program.settle() == Rest::ended);
    CHECK(program.output() == "before the fork, before the fork, ");

    Program on_pipe(small_program("sleeps"), {"usleep"}, setting);
    REQUIRE(on_pipe.settle() == Rest::standstill);
    CHECK(on_pipe.output().empty());

    Program on_terminal(small_program("sleeps"), {"usleep"});
    REQUIRE(on_terminal.settle() == Rest::standstill);
    CHECK(on_terminal.lines() == Lines{"asleep"});
}

TEST_CASE("a program that closes all its descriptors is still held and seen to end") {
    Program program = prints("closed");
    CHECK(program.settle() == Rest::standstill);
    REQUIRE(program.asleep().size() == 1);
    program.wake(program.asleep().front());
    CHECK(program.settle() == Rest::ended);
    CHECK(program.ending() == Ending{false, 0});
    CHECK(program.output().empty());
}

TEST_CASE("what a program leaves behind is gone when it has ended") {
    const std::string marker = new_marker();
    Program program(small_program("outlives"), {marker});
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"daemons started"});
    CHECK(program.ending() == Ending{false, 0});
    CHECK(processes_with(marker) == 0);
}

TEST_CASE("a program's whole tree is gone when the Program is") {
    const std::string marker = new_marker();
    {
        Program program(small_program("outlives"), {marker, "and stays"});
        CHECK(program.settle() == Rest::standstill);
        CHECK(processes_with(marker) >= 4);
        CHECK(program.tasks().size() == 7);  // the first three children are zombies
        CHECK(program.zombies().size() == 3);
    }
    CHECK(processes_with(marker) == 0);
}

TEST_CASE("more threads or processes than any lesson needs are refused, and that is told at once, by name") {
    for (const char* what : {"processes", "threads"}) {
        CAPTURE(what);
        const std::string marker = new_marker();
        {
            Program program(small_program("bomb"), {marker, what});
            CHECK(program.settle() == Rest::too_many);
            CHECK(program.settle() == Rest::too_many);  // and it stays so
            CHECK(program.describe() == "it starts more than 700 processes and threads at once");
            CHECK(wrong_end(program, Rest::too_many) ==
                  "the program starts more than 700 processes and threads at once");
            const Trace& trace = program.stage().trace;
            const long made = trace.count(Event::Kind::process_created) + trace.count(Event::Kind::thread_created);
            CHECK(made > 200);
            CHECK(made < 1000);
        }
        CHECK(processes_with(marker) == 0);
    }
}

TEST_CASE("a fork bomb is told by name, and goes with its Program") {
    const std::string marker = new_marker();
    {
        Program program(small_program("fork_bomb"), {marker});
        CHECK(program.settle() == Rest::too_many);
        CHECK(program.tasks().size() < 1000);
    }
    CHECK(processes_with(marker) == 0);
}

TEST_CASE("threads that have ended do not count against the limit, however fast they come and go") {
    Program program(small_program("short_lived"), {"5000"});
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"done"});
}

TEST_CASE("those who wait for the same are told together, and of many lists a part") {
    Program program(small_program("crowd"), {"12", "3"});
    CHECK(program.settle() == Rest::standstill);
    CHECK(program.describe() ==
          "the program's main thread waits for a signal; each of its child processes 1 to 12 waits for a signal; "
          "each of 36 threads of child processes waits for a signal");

    CHECK(each_once({"a writes", "b reads", "a writes"}) == Lines{"a writes (2 of them)", "b reads"});
    CHECK(some_of({"a", "b", "c"}) == "a, b, c");
    CHECK(some_of(Lines(9, "x"), " ") == "x x x x x x x x x");
    CHECK(some_of(Lines(501, "http://a"), " ", 3) == "http://a http://a http://a and 498 more");
}

TEST_CASE("a container that is killed from outside is the kit's failure, not the program's") {
    if (containment() != "bubblewrap") return;
    Program program(small_program("sleeps"), {"usleep"});
    REQUIRE(program.settle() == Rest::standstill);
    for (const pid_t monitor : children_of(getpid())) kill(monitor, SIGKILL);
    try {
        Rest rest = Rest::standstill;
        while (rest == Rest::standstill) rest = program.settle();  // until it has taken its effect
        CAPTURE(static_cast<int>(rest), program.ending().has_value());
        FAIL("nothing was told");
    } catch (const std::runtime_error& error) {
        CHECK(std::string(error.what()) ==
              "what runs the program was ended by signal 9 (Killed) from outside: where memory ran out, give it more "
              "memory");
    }
}

TEST_CASE("files, descriptors, memory and processor time have limits") {
    const auto line = [](const std::string& what) {
        Program program(small_program("limits"), {what});
        CHECK(program.settle() == Rest::ended);
        return program.lines().empty() ? "" : program.lines().front();
    };
    CHECK(line("descriptors") == "Too many open files after 4093");
    CHECK(line("files") == "File too large after 64 MiB");
    CHECK(line("memory").rfind("Cannot allocate memory after ", 0) == 0);
    CHECK(line("processor") == "60 s");
}
