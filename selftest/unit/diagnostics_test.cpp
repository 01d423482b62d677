// Why a compiler made no program is told by its own words, never by those of the program that it quotes.
#include "grader/compile/diagnostics.hpp"

#include <csignal>

#include "bench/catch.hpp"

namespace {

const std::string name = "labs/ch01_unit/exercise.cpp";

CompilerFailure explained(const std::string& messages, const CompilerLimits& limits = {},
                          const std::optional<Ending>& ending = Ending{false, 1}) {
    return explain_failure(ending, false, messages, limits);
}

std::string error_of(const std::string& messages) {
    const CompilerFailure failure = explained(messages);
    CHECK(failure.of_the_program);
    return failure.reason;
}

std::string failure_of(const std::string& messages, const CompilerLimits& limits = {}) {
    const CompilerFailure failure = explained(messages, limits);
    CHECK_FALSE(failure.of_the_program);
    return failure.reason;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the first error is quoted, whatever words the line of the program has") {
    for (const char* line : {"catch (const std::bad_alloc&) { return 1 }", "puts(\"out of memory\")",
                             "puts(\"virtual memory exhausted\")", "// CPU time limit exceeded", "// g++: Killed"}) {
        const std::string error = name + ":3:7: error: expected ‘;’ before ‘}’ token\n    3 | " + line + "\n      |  ^";
        CHECK(error_of(error + "\n" + name + ":9:1: error: another\n") == error);
    }
}

TEST_CASE("a warning that quotes an error is none") {
    const std::string warning = name + ":3:7: warning: odd\n    3 | // x.cpp:1:1: error: out of memory\n";
    const std::string error = name + ":8:1: error: expected ‘}’ at end of input";
    CHECK(error_of(warning + error + "\n") == error);
    CHECK(has(failure_of(warning), "not because of the program"));
}

TEST_CASE("an error in a library that the program uses is the program's") {
    const std::string error = "/usr/include/c++/12/bits/std_thread.h:129:72: error: static assertion failed";
    CHECK(error_of("In file included from x:1:\n" + error + "\n") == error);
}

TEST_CASE("the linker's and the assembler's words about a program are its errors") {
    const std::string place = "/usr/bin/ld: /tmp/ccX.o: in function `main':\n";
    CHECK(error_of(place +
                   "x.cpp:(.text+0xa): undefined reference to `f()'\ncollect2: error: ld returned 1 exit status\n") ==
          "x.cpp:(.text+0xa): undefined reference to `f()'\ncollect2: error: ld returned 1 exit status");
    CHECK(has(error_of("/usr/bin/ld: x.o: in function `f':\nx.cpp:1: multiple definition of `f'; y.o: first\n"),
              "multiple"));
    CHECK(has(error_of("ld.lld: error: undefined symbol: f()\n"), "undefined symbol: f()"));
    CHECK(
        has(error_of(name + ": Assembler messages:\n" + name + ":1: Error: no such instruction: `foo'\n"), "no such"));
}

TEST_CASE("a program that is too much for the compiler is told so by how the compiler ended") {
    CHECK(error_of("g++: internal compiler error: CPU time limit exceeded signal terminated program cc1plus\n") ==
          "does not compile within 60 s of processor time");
    CHECK(error_of("clang: error: unable to execute command: CPU time limit exceeded\n") ==
          "does not compile within 60 s of processor time");
    CHECK(explained("", {}, Ending{true, SIGXCPU}).reason == "does not compile within 60 s of processor time");
    CHECK(error_of("virtual memory exhausted: Cannot allocate memory\n") == "does not compile within 2 GiB of memory");
    CHECK(error_of("cc1plus: out of memory allocating 65536 bytes after a total of 1234567 bytes\n") ==
          "does not compile within 2 GiB of memory");
    CHECK(error_of("LLVM ERROR: out of memory\nAllocation failed\n") == "does not compile within 2 GiB of memory");
    CHECK(error_of("g++: internal compiler error: File size limit exceeded signal terminated program as\n") ==
          "compiles to more than 256 MiB");
    CHECK(error_of("collect2: fatal error: ld terminated with signal 25 [File size limit exceeded]\n") ==
          "compiles to more than 256 MiB");
    CHECK(has(error_of(name + ":1:1: internal compiler error: in build_call, at cp/call.cc:1\n"),
              "compiler itself crashes"));
    CHECK(has(error_of("g++: internal compiler error: Segmentation fault signal terminated program cc1plus\n"),
              "crashes"));
    CHECK(has(explain_failure(std::nullopt, true, "", {}).reason, "floods"));
}

TEST_CASE("a limit of the system's that is lower than ours is no fault of the program") {
    CompilerLimits lower;
    lower.seconds.hard = 3;
    lower.memory.hard = 100 << 20;
    lower.file.hard = 1 << 20;
    CHECK(has(
        failure_of("g++: internal compiler error: CPU time limit exceeded signal terminated program cc1plus\n", lower),
        "3 s of processor time"));
    CHECK(has(failure_of("g++: fatal error: Killed signal terminated program cc1plus\n", lower), "ulimit -Ht"));
    CHECK(has(failure_of("virtual memory exhausted: Cannot allocate memory\n", lower), "100 MiB of memory"));
    CHECK(has(failure_of("g++: internal compiler error: Segmentation fault signal terminated program cc1plus\n", lower),
              "ulimit -Hv"));
    CHECK(
        has(failure_of("g++: internal compiler error: File size limit exceeded signal terminated program as\n", lower),
            "ulimit -Hf"));
}

TEST_CASE("what the system refuses the compiler is told with a remedy, and is no fault of the program") {
    CHECK(has(failure_of(name + ":4:97: fatal error: error writing to /tmp/ccMt485g.s: No space left on device\n"
                                "    4 | int main() {}\n      |             ^\ncompilation terminated.\n"),
              "make room"));
    CHECK(has(failure_of("/usr/bin/ld: final link failed: No space left on device\n"
                         "collect2: error: ld returned 1 exit status\n"),
              "make room"));
    CHECK(has(failure_of("g++: fatal error: Killed signal terminated program cc1plus\ncompilation terminated.\n"),
              "more memory"));
    CHECK(has(failure_of("collect2: fatal error: ld terminated with signal 9 [Killed]\n"), "more memory"));
    CHECK(has(explained("", {}, Ending{true, SIGKILL}).reason, "more memory"));
    CHECK(has(failure_of("g++: fatal error: cannot execute ‘cc1plus’: vfork: Resource temporarily unavailable\n"),
              "ulimit -u"));
    CHECK(has(failure_of("cc1plus: fatal error: /usr/include/c++/12/tbb/tbb.h: Too many open files\n"), "ulimit -n"));
    CHECK(has(failure_of("/usr/bin/ld: cannot find -lcurl: No such file or directory\n"), "cannot find -lcurl"));
    CHECK_FALSE(explain_failure(std::nullopt, false, "", {}).of_the_program);
}

TEST_CASE("a program that names what the system refuses is not taken for the system") {
    CHECK(has(error_of(name + ":1:2: error: #error No space left on device\n"), "#error"));
    CHECK(has(error_of(name + ":1:10: fatal error: No space left on device: No such file or directory\n"), "No such"));
}
