// What a run of a sanitized build comes to: a finding, a hang, another end, or a sanitizer that could not run.
#include "bench/sanitized.hpp"
#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

// Of a program that says these lines on stderr, as a sanitizer would.
std::string told_of(const std::vector<std::string>& lines, int exit_code = 66) {
    Program program(small_program("complains"), lines);
    return wrong_sanitized_run(program, program.settle(), exit_code);
}

const std::string race = "WARNING: ThreadSanitizer: data race (pid=7)",
                  where = "SUMMARY: ThreadSanitizer: data race work.cpp:7";

}  // namespace

TEST_CASE("a sanitizer's finding is told by its summary") {
    CHECK(told_of({race, "  Write of size 8", where}) == where);
    CHECK(told_of({race}) == race);
    CHECK(told_of({"work.cpp:7:3: runtime error: signed integer overflow"}) ==
          "runtime error: signed integer overflow");
    CHECK(told_of({"==7==ERROR: AddressSanitizer: heap-use-after-free"}) ==
          "ERROR: AddressSanitizer: heap-use-after-free");
}

TEST_CASE("a sanitized run that hangs is told as a hang, and who waits for what") {
    const std::string told = told_of({"hang"});
    INFO(told);
    CHECK(told.rfind("the program hangs: ", 0) == 0);
    CHECK(told.find("the program's main thread waits") != std::string::npos);
    CHECK(told_of({race, where, "hang"}) == where);  // what was found says more
}

TEST_CASE("a sanitized run with another end than it should have is told by that end") {
    CHECK(told_of({"nothing to report"}).empty());
    CHECK(told_of({"out of luck"}, 0) == "the program exits with 66, not with 0, and says \"out of luck\n\"");
}

TEST_CASE("a sanitizer that dies of itself is no finding: the kit cannot judge") {
    for (const char* words :
         {"FATAL: ThreadSanitizer: unexpected memory mapping 0x5a39-0x5a3a",
          "FATAL: ThreadSanitizer: encountered an incompatible memory layout but was unable to disable ASLR",
          "ThreadSanitizer: CHECK failed: tsan_rtl.cpp:241 \"((0)) != (0)\" (0x0, 0x0) (tid=7)",
          "FATAL: ThreadSanitizer CHECK failed: ../tsan_rtl.cpp:241",
          "==7==ERROR: ThreadSanitizer failed to allocate 0x1000 (4096) bytes of internal allocator (error code: 12)",
          "==7==ERROR: AddressSanitizer failed to allocate 0xdfff0001000 (15392894357504) bytes at address 2008fff7000 "
          "(errno: 12)",
          "==7==Shadow memory range interleaves with an existing memory mapping. ASan cannot proceed correctly. "
          "ABORTING."}) {
        INFO(words);
        CHECK(sanitizer_died(std::string("a line of the program's\n") + words + "\nand more\n").find(words) !=
              std::string::npos);
        CHECK_THROWS_AS(told_of({words}), std::runtime_error);
        CHECK_THROWS_AS(told_of({words, "hang"}), std::runtime_error);
    }
    CHECK(sanitizer_died("").empty());
    CHECK(sanitizer_died(race + "\n" + where + "\n").empty());
    // It had found something by then.
    CHECK(told_of({race, where, "ThreadSanitizer: CHECK failed: tsan_report.cpp:7"}) == where);
}

TEST_CASE("of a sanitizer that dies, the remedy is told") {
    CHECK(sanitizer_died("FATAL: ThreadSanitizer: unexpected memory mapping").find("personality") != std::string::npos);
    CHECK(sanitizer_died("ERROR: AddressSanitizer failed to allocate 0x1000 bytes").find("ulimit -v unlimited") !=
          std::string::npos);
}
