#include "tools/check.hpp"

#include <iostream>

#include "tools/tool.hpp"

namespace {

int run(int argc, char** argv) {
    CommandLine("usage: ./kit check").parse(argc, argv);
    Check check(kit_root());
    check_all(check);

    const Paint paint = terminal_paint();
    for (const Problem& problem : check.problems()) {
        std::cout << paint("1", problem.where) << ": " << problem.what << '\n' << "    " << problem.what_to_do << '\n';
    }
    if (check.problems().empty()) {
        std::cout << "Everything is in step: " << check.counts() << ".\n";
        return 0;
    }
    const std::size_t count = check.problems().size();
    std::cout << '\n' << count << (count == 1 ? " problem.\n" : " problems.\n");
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("check", run, argc, argv);
}
