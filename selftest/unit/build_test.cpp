// One exercise is compiled by itself, contained, and whatever it does costs it alone.
#include "grader/compile/build.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "bench/catch.hpp"
#include "grader/compile/kept.hpp"
#include "grader/contain/container.hpp"
#include "ground/file.hpp"
#include "small_kit.hpp"

namespace {

namespace fs = std::filesystem;

const std::string name = "labs/ch01_unit/exercise.cpp";

Built build_plain(const SmallKit& small, const std::string& source) {
    return build(small.kit(), name, source, Flavour::plain);
}

std::string error_of(const SmallKit& small, const std::string& source) {
    const Built built = build_plain(small, source);
    CHECK_FALSE(built.ok);
    return built.error;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a program is built with the given code, and runs") {
    const SmallKit small;
    const Built built = build_plain(small,
                                    "#include \"support/print.hpp\"\n"
                                    "int main() { print_line(\"Thread \", \"Ann\", ' ', 3); }\n");
    REQUIRE(built.ok);
    CHECK(built.error.empty());
    CHECK(built.warnings.empty());
    CHECK(built.silenced.empty());
    Program program(built.executable, {});
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"Thread Ann 3"});
}

TEST_CASE("a program is built with ThreadSanitizer, which sees its race on the stage") {
    const SmallKit small;
    const Built built = build(small.kit(), name,
                              "#include <thread>\n"
                              "int shared = 0;\n"
                              "int main() { std::jthread other([] { ++shared; }); ++shared; }\n",
                              Flavour::thread_sanitizer);
    REQUIRE(built.ok);
    Setting setting;
    setting.sanitized = true;
    Program program(built.executable, {}, setting);
    CHECK(run_in_turn(program) == Rest::ended);
    CHECK(has(program.errors(), "ThreadSanitizer: data race"));
    CHECK(program.ending() == Ending{false, 66});
}

TEST_CASE("a program is built with AddressSanitizer, which sees its mistake on the stage") {
    const SmallKit small;
    const Built built = build(small.kit(), name,
                              "int main(int count, char**) {\n"
                              "    int* volatile gone = new int(count);\n"
                              "    delete gone;\n"
                              "    return *gone;\n"
                              "}\n",
                              Flavour::address_sanitizer);
    REQUIRE(built.ok);
    Setting setting;
    setting.sanitized = true;
    setting.environment = {"ASAN_OPTIONS=verify_asan_link_order=0"};  // the stage's library comes first
    Program program(built.executable, {}, setting);
    CHECK(run_in_turn(program) == Rest::ended);
    CHECK(has(program.errors(), "heap-use-after-free"));
    CHECK_FALSE(program.ending() == Ending{false, 0});
}

TEST_CASE("the compiler's first error is quoted, with the student's file and line") {
    const SmallKit small;
    const std::string error = error_of(small, "int main() {\n    return nothing;\n    more;\n}\n");
    CHECK(error.rfind(name + ":2:12: error:", 0) == 0);
    CHECK(has(error, "return nothing;"));
    CHECK_FALSE(has(error, "more"));
}

TEST_CASE("a missing main is told by the linker") {
    const SmallKit small;
    const std::string error = error_of(small, "int f() { return 1; }\n");
    CHECK(has(error, "undefined reference to"));  // linkers quote in different ways
    CHECK(has(error, "main'"));
}

TEST_CASE("warnings are kept, and cost nothing") {
    const SmallKit small;
    const Built built = build_plain(small, "int main() { int unused = 1; }\n");
    CHECK(built.ok);
    CHECK(has(built.warnings, "unused"));
}

TEST_CASE("what was built once is not built again") {
    const SmallKit small;
    const std::string source = "int main() { return 1; }\n";
    const Built first = build_plain(small, source), second = build_plain(small, source);
    REQUIRE(first.ok);
    CHECK(first.executable == second.executable);
    CHECK(fs::exists(second.executable));
    CHECK(build_plain(small, source + "\n").executable != first.executable);

    int left = 0;  // of the folders that were worked in
    for (const auto& entry : fs::directory_iterator(small.folder().path() / "grade/cache"))
        left += entry.path().filename().string().rfind("work-", 0) == 0;
    CHECK(left == 0);
}

TEST_CASE("what another text made is never taken for its own, whatever their names") {
    const SmallKit small;
    const fs::path cache = small.folder().path() / "cache";
    const auto made_of = [&](const std::string& text) {
        Recipe recipe;
        recipe.add(text);
        return recipe;
    };
    const auto made = [&](const std::string& result) {
        small.folder().write("made/result", result);
        return small.folder().path() / "made";
    };
    fs::create_directories(cache);
    const fs::path first = keep(cache, made_of("one"), made("1"));
    // As if both had the same hash: the other one's recipe lies where this one's would.
    write_file(first / "recipe", made_of("other").text());
    CHECK_FALSE(kept(cache, made_of("one")));
    const fs::path second = keep(cache, made_of("one"), made("2"));
    CHECK(second != first);
    CHECK(kept(cache, made_of("one")) == second);
    CHECK(read_file(second / "result") == "2");
    CHECK(keep(cache, made_of("one"), made("3")) == second);  // who comes later finds it
    CHECK(read_file(second / "result") == "2");

    Recipe ab_c, a_bc;
    for (const char* part : {"ab", "c"}) ab_c.add(part);
    for (const char* part : {"a", "bc"}) a_bc.add(part);
    CHECK(ab_c.text() != a_bc.text());
}

TEST_CASE("a name of its own that is in the preamble's way costs a program nothing") {
    const SmallKit small;
    const std::string source =
        "#include <cstdio>\nusing namespace std;\nint byte = 1;\nint main() { return byte - 1; }\n";
    CHECK(build(small.kit(), name, source, Flavour::address_sanitizer).ok);
    CHECK(build(small.kit(), name, source, Flavour::thread_sanitizer).ok);
}

TEST_CASE("where the preamble cannot be precompiled, a program is built without it") {
    const SmallKit small(SmallKit::Preambles::none);
    const pid_t child = fork();
    if (child == 0) {
        const rlimit low{20 << 20, 20 << 20};  // more than a program, less than the preamble
        setrlimit(RLIMIT_FSIZE, &low);
        try {
            _exit(build(small.kit(), name, "#include <thread>\nint main() {}\n", Flavour::address_sanitizer).ok ? 3
                                                                                                                : 4);
        } catch (const std::exception&) {
            _exit(5);
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 3));
}

TEST_CASE("a reason is the compiler's first error, whatever words the program has") {
    const SmallKit small;
    const std::string conflict =
        "<<<<<<< HEAD\nvoid f(); // out of memory\n=======\nvoid g();\n>>>>>>> other\nint main() {}\n";
    CHECK(error_of(small, conflict).rfind(name + ":1:1: error:", 0) == 0);
    const std::string handler =
        "#include <new>\nint main() {\n    try {} catch (const std::bad_alloc&) { return 1 }\n}\n";
    CHECK(error_of(small, handler).rfind(name + ":3:", 0) == 0);
    const std::string words = "#include <cstdio>\nint main() {\n    puts(\"out of memory\")\n}\n";
    CHECK(has(error_of(small, words), "expected"));
}

TEST_CASE("a plain program is the one that is run: an unused loop is gone, and assertions are") {
    const SmallKit small;
    const std::string source =
        "#include <cassert>\n"
        "int main() {\n"
        "    assert(false);\n"
        "    for (long n = 1'000'000'000'000'000; n > 0; --n) {}\n"
        "}\n";
    const Built built = build_plain(small, source);
    REQUIRE(built.ok);
    Program program(built.executable, {});
    CHECK(program.settle() == Rest::ended);
    CHECK(program.ending() == Ending{false, 0});
}

TEST_CASE("where a hard limit is too low for the compiler the kit says so, and keeps nothing") {
    const SmallKit small;
    REQUIRE(build_plain(small, "int main() {}\n").ok);  // what is larger than the limit below is kept by now
    const auto build_with = [&](rlim_t most) {
        const pid_t child = fork();
        if (child == 0) {
            const rlimit low{most, most};
            setrlimit(RLIMIT_FSIZE, &low);
            try {
                build_plain(small, "#include <thread>\nint main() {}\n");
            } catch (const CompilerFailed& failed) {
                _exit(has(failed.what(), "ulimit -Hf") ? 3 : 4);
            }
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    };
    CHECK(build_with(2'000) == 3);
    CHECK(build_with(100 << 20) == 0);
    CHECK(build_plain(small, "#include <thread>\nint main() {}\n").ok);
}

TEST_CASE("the compiler sees neither the system's secrets nor the solutions") {
    if (containment() != "bubblewrap") return;
    const SmallKit small;
    const std::string solutions = kit_root + std::string("/solutions/ch01_countdown/countdown_threads_v1.cpp");
    CHECK(has(error_of(small, "#include \"/etc/passwd\"\nint main() {}\n"), "No such file"));
    CHECK(has(error_of(small, "#include \"" + solutions + "\"\n"), "No such file"));
    CHECK(has(error_of(small, "asm(\".incbin \\\"/etc/passwd\\\"\");\nint main() {}\n"), "file not found"));
}

TEST_CASE("a program that would fill the disk costs itself alone") {
    const SmallKit small;
    CHECK(error_of(small, "char big[1u << 30] = {1};\nint main() { return big[5]; }\n") ==
          "compiles to more than 256 MiB");
}

TEST_CASE("a program that takes too much memory to compile costs itself alone") {
    const SmallKit small;
    const std::string error = error_of(small,
                                       "#define A B B B B B B B B\n#define B C C C C C C C C\n"
                                       "#define C D D D D D D D D\n#define D E E E E E E E E\n"
                                       "#define E F F F F F F F F\n#define F G G G G G G G G\n"
                                       "#define G 1,1,1,1,1,1,1,1,\nint all[] = {A A A A A A A A};\nint main() {}\n");
    CHECK(has(error, "2 GiB of memory"));
}

TEST_CASE("a kit that is not built itself says so") {
    const Folder empty;
    CHECK_THROWS_WITH(build({kit_root, empty.path()}, name, "int main() {}\n", Flavour::plain),
                      "the kit's own libsupport.a is not built");
}
