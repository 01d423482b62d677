// Stands behind send_pool.cpp, in the place of its main: tries its ThreadPool alone. What it prints has the word that the
// criterion gave it.
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "support/print.hpp"

namespace {

using namespace std::chrono_literals;

void exceptions(const std::string& word) {
    ThreadPool pool(Range<int>{2, 2});
    auto thrown = pool.submit([word] { throw std::runtime_error(word); });
    auto returned = pool.submit([word] { return word + "!"; });
    try {
        thrown.get();
    } catch (const std::runtime_error& error) {
        print_line("caught ", error.what());
    }
    print_line("returned ", returned.get());
}

// Two of its tasks are asleep when it ends, and ten have not begun.
void end_at_work(const std::string& word) {
    {
        ThreadPool pool(Range<int>{2, 2});
        for (int i = 1; i <= 12; ++i)
            pool.submit([i, word] {
                if (i <= 2) std::this_thread::sleep_for(1s);
                print_line(word, " ", i);
            });
        print_line(word, " ends");
    }
    print_line(word, " has ended");
}

// A task tries to submit another one while the pool is shut down, and main does when it has been.
void late(const std::string& word) {
    ThreadPool pool(Range<int>{1, 1});
    const auto submit = [&](const std::string& when) {
        try {
            pool.submit([] {});
            print_line(word, " taken ", when);
        } catch (const std::exception&) {
            print_line(word, " refused ", when);
        }
    };
    pool.submit([&] {
        std::this_thread::sleep_for(1s);
        submit("meanwhile");
    });
    pool.shutdown();
    submit("afterwards");
}

}  // namespace

int main(int argc, char** argv) {
    const std::map<std::string, std::function<void(const std::string&)>> trials = {
        {"exceptions", exceptions}, {"end_at_work", end_at_work}, {"late", late}};
    if (argc != 3 || !trials.contains(argv[1])) return 2;
    trials.at(argv[1])(argv[2]);
    return 0;
}
