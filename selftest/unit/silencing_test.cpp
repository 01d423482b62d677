// What silences a sanitizer is told from what the compiler makes of a program. Words are no crimes.
#include "grader/compile/silencing.hpp"

#include "bench/catch.hpp"
#include "small_kit.hpp"

namespace {

const std::string name = "labs/ch01_unit/exercise.cpp";
const std::string main_ = "int main() {}\n";

class Sanitized {
  public:
    // How it silences ThreadSanitizer, or "".
    std::string silenced(const std::string& source) const { return built(source, Flavour::thread_sanitizer).silenced; }

    Built built(const std::string& source, Flavour flavour) const {
        Built built = build(small_.kit(), name, source, flavour);
        CHECK(built.ok);
        CHECK(built.error == "");
        return built;
    }

  private:
    SmallKit small_;
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a program without a suspicious word costs no look") {
    CHECK_FALSE(
        may_silence("#include <thread>\n// # a comment, and a \\\n second line\nint main() { return 1'000; }\n"));
    CHECK(may_silence("#define JOIN(a, b) a##b\n"));
    CHECK(may_silence("__attribute__((no_san\\\nitize(\"thread\"))) int main() {}\n"));
}

TEST_CASE("words that right programs use silence nothing") {
    const Sanitized kit;
    const char* right[] = {
        "#include <cstdio>\n#define LOG(fmt, ...) std::fprintf(stderr, fmt \"\\n\", ##__VA_ARGS__)\nvoid f() { "
        "LOG(\"x\"); }\n",
        "// ############# helpers (user-defined) #############\n// #define no asm here, no no_sanitize, no "
        "__tsan_read1\n",
        "void f(long n) { for (; n > 0; --n) asm volatile(\"\" : \"+r\"(n)); }\n",
        "template <class T> void keep(T const& value) { asm volatile(\"\" : : \"g\"(&value) : \"memory\"); }\n",
        "void f() { __asm__ __volatile__(\"\" \"\" ::: \"memory\"); }\n",
        "#if defined(__x86_64__)\nvoid f() { asm volatile(\"pause\" ::: \"memory\"); asm(\"rep; nop\\n\\t\"); "
        "}\n#endif\n",
        "#if defined(_MSC_VER)\n#define QUIET __attribute__((no_sanitize(\"thread\")))\n#else\n#define QUIET\n#endif\n"
        "QUIET void f() {}\n",
        "const char* help = \"no_sanitize, __tsan_init and asm are words\" R\"(# 1 \"asm(\")\";\n",
        "#include <sys/select.h>\n#define JOIN(a, b) a##b\nvoid JOIN(f, 1)() { fd_set s; FD_ZERO(&s); FD_SET(1, &s); "
        "}\n"};
    for (const std::string source : right) {
        INFO(source);
        CHECK(kit.silenced(source + main_) == "");
    }
}

TEST_CASE("attributes that keep a sanitizer out are found, however they are put together") {
    const Sanitized kit;
    CHECK(kit.silenced("__attribute__((no_sanitize(\"thread\"))) int main() {}\n") == "the attribute no_sanitize");
    CHECK(kit.silenced("[[gnu::no_sanitize_thread]] void f() {}\n" + main_) == "the attribute no_sanitize_thread");
    CHECK(kit.silenced("[[gnu::__no_sanitize_address__]] void f() {}\n" + main_) ==
          "the attribute __no_sanitize_address__");
    CHECK(
        has(kit.silenced("#define J(a, b) a##b\n[[gnu::J(no_san, itize_thread)]] void f() {}\n" + main_), "attribute"));
    CHECK(has(kit.silenced("#define J(a, b) a%:%:b\n[[gnu::J(no_san, itize_thread)]] void f() {}\n" + main_),
              "attribute"));
    CHECK(has(kit.silenced("[[gnu::no_sanit\\\nize_thread]] void f() {}\n" + main_), "attribute"));
    CHECK(has(kit.silenced("#define explicit __attribute__((no_sanitize_thread)) explicit\n#include <mutex>\n" + main_),
              "attribute"));
}

TEST_CASE("a program that deals with the sanitizer is found") {
    const Sanitized kit;
    CHECK(kit.silenced("extern \"C\" const char* __tsan_default_options() { return \"\"; }\n" + main_) ==
          "the sanitizer's own __tsan_default_options");
    CHECK(has(
        kit.silenced("#define J(a, b) a##b\nextern \"C\" void J(__ts, an_init)();\nint main() { __tsan_init(); }\n"),
        "own"));
    CHECK(has(kit.silenced(
                  "#include <dlfcn.h>\nint main() { return dlsym(RTLD_DEFAULT, \"__ts\" \"an_init\") != nullptr; }\n"),
              "own __tsan_"));
    CHECK(has(kit.silenced(
                  "#pragma redefine_extname f __tsan_default_options\nextern \"C\" const char* f() { return \"\"; }\n" +
                  main_),
              "own __tsan_"));
}

TEST_CASE("an asm that is not empty is found, and so is a name that it gives") {
    const Sanitized kit;
    CHECK(
        has(kit.silenced("#define J(a, b) a##b\nint n;\nint main() { J(a, sm)(\"\" \"movl $1, %0\" : \"=m\"(n)); }\n"),
            "asm"));
    CHECK(has(kit.silenced("const char* f() asm(\"__tsan_default_\" \"options\");\nconst char* f() { return \"\"; }\n" +
                           main_),
              "asm"));
}

TEST_CASE("a program that is another one under the sanitizer is found") {
    const Sanitized kit;
    CHECK(has(kit.silenced("#ifdef __SANITIZE_THREAD__\nint x;\n#endif\n" + main_), "another one"));
    CHECK(has(kit.silenced("#define J(a, b) a##b\n#if J(__SANITIZE_, THREAD__)\nint x;\n#endif\n" + main_),
              "another one"));
    CHECK(has(kit.silenced("#include <cstddef>\n#ifdef _GLIBCXX_TSAN\nint x;\n#endif\n" + main_), "another one"));
    const std::string for_address = "#ifdef __SANITIZE_ADDRESS__\nint x;\n#endif\n" + main_;
    CHECK(has(kit.built(for_address, Flavour::address_sanitizer).silenced, "another one"));
    CHECK(kit.silenced("#ifdef __SANITIZE_THREAD__\n#define N 1\n#else\n#define N 1\n#endif\nint n = N;\n" + main_) ==
          "");
}

TEST_CASE("a program that says of its lines that they are a library's is found") {
    const Sanitized kit;
    for (const char* directive :
         {"# 1 \"x.hpp\" 3", "#line 1 \"x.hpp\"", "/* */ %: /* */ 1 \"x.hpp\" 3", "# \\\n1 \"x.hpp\" 3"}) {
        INFO(directive);
        CHECK(has(kit.silenced(std::string("auto* raw = R\"()\\\n\" asm)\";\n") + directive +
                               "\n[[gnu::no_sanitize_thread]] void f() {}\n" + main_),
                  "#line"));
    }
}

TEST_CASE("what ThreadSanitizer does not know is named, with what to write instead") {
    const Sanitized kit;
    const auto named = [&](const std::string& source) {
        return kit.built(source + main_, Flavour::thread_sanitizer).not_understood;
    };
    CHECK(has(named("#include <threads.h>\nvoid f(mtx_t* m) { mtx_lock(m); }\n"), "std::mutex"));
    CHECK(has(named("#include <threads.h>\nvoid f(thrd_t* t, thrd_start_t s) { thrd_create(t, s, nullptr); }\n"),
              "std::thread"));
    CHECK(has(named("#include <atomic>\nvoid f() { std::atomic_thread_fence(std::memory_order_seq_cst); }\n"),
              "acquire"));
    CHECK(named("#include <atomic>\n// no std::atomic_thread_fence\nconst char* s = \"thrd_create\";\n") == "");
}
