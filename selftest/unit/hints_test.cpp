// Hints are text for people, and read back as they were written.
#include "ground/hints.hpp"

#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

std::map<std::string, std::vector<std::string>> read(const std::string& text) {
    const Folder folder;
    folder.write("hints.txt", text);
    return read_hints(folder.path() / "hints.txt");
}

std::string complaint(const std::string& text) {
    try {
        read(text);
        return "";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

}  // namespace

TEST_CASE("hints are read by program, and the lines of each joined") {
    const auto hints =
        read("For whoever opens it.\n\n# one\n\n1. First,\n   [this] { go(); }\n\n2. Then.\n\n# two\n1. Only.\n");
    REQUIRE(hints.size() == 2);
    CHECK(hints.at("one") == std::vector<std::string>{"First, [this] { go(); }", "Then."});
    CHECK(hints.at("two") == std::vector<std::string>{"Only."});
}

TEST_CASE("a mistake in the hints is told with its file and line") {
    const auto told = [](const std::string& text, const std::string& what) {
        INFO(complaint(text));
        return complaint(text).find(what) != std::string::npos;
    };
    CHECK(told("# one\n\n2. Then.\n", "hints.txt:3: hint \"1. \" is expected"));
    CHECK(told("# one\n1. First\nline.\n", "hints.txt:3: hint \"2. \" is expected"));
    CHECK(told("# one\n   line.\n", "hints.txt:2: belongs to no hint"));
    CHECK(told("# one\n1. a\n# one\n", "hints.txt:3: there are hints for one already"));
}
