// Comes after send_pool.cpp, in place of its main, and tries its ThreadPool alone. Every line that it prints has the word
// that the criterion gave it.
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <iostream>
#include <latch>
#include <map>
#include <string>
#include <thread>

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

// What follows is played, in whatever order the pool's threads and main are moved.

void returns(const std::string& word) {
    ThreadPool pool(Range<int>{2, 2});
    auto one = pool.submit([] { return 1; });
    auto two = pool.submit([] { return 2; });
    auto four = pool.submit([] { return 4; });
    print_line(word, " ", one.get() + two.get() + four.get());
}

// The first task is one that throws.
void throws(const std::string& word) {
    ThreadPool pool(Range<int>{2, 2});
    auto thrown = pool.submit([word]() -> int { throw std::runtime_error(word); });
    auto returned = pool.submit([] { return 2; });
    try {
        thrown.get();
    } catch (const std::runtime_error& error) {
        print_line("caught ", error.what(), " ", returned.get());
    }
}

void ends(const std::string& word, int tasks) {
    std::atomic<int> done = 0;
    {
        ThreadPool pool(Range<int>{2, 2});
        for (int i = 0; i < tasks; ++i) pool.submit([&done] { ++done; });
    }
    print_line(word, " ", done.load());
}

// Each of two threads submits a task, and waits for it.
void two_submit(const std::string& word) {
    ThreadPool pool(Range<int>{2, 2});
    int results[2] = {};
    const auto submit = [&](int i) { results[i] = pool.submit([i] { return i + 1; }).get(); };
    std::thread other(submit, 1);
    submit(0);
    other.join();
    print_line(word, " ", results[0] + results[1]);
}

void grows(const std::string& word) {
    ThreadPool pool(Range<int>{1, 2});
    auto one = pool.submit([] { return 1; });
    auto two = pool.submit([] { return 2; });
    const int sum = one.get() + two.get();
    print_line(word, " ", sum + pool.submit([] { return 4; }).get());
}

// Another thread shuts the pool down while main submits a task: it is refused, or done.
void submits_meanwhile(const std::string& word) {
    ThreadPool pool(Range<int>{2, 2});
    int seven = pool.submit([] { return 7; }).get();  // both workers are there then
    std::thread other([&pool] { pool.shutdown(); });
    try {
        seven = pool.submit([] { return 7; }).get();
    } catch (const std::exception&) {
    }
    other.join();
    print_line(word, " ", seven);
}

// One worker is at a task, and the other one idle; then come two tasks that wait for each other.
void meets(const std::string& word) {
    std::promise<void> begun, gate;
    std::latch both(2);
    ThreadPool pool(Range<int>{2, 2});
    pool.submit([&] {
        begun.set_value();
        gate.get_future().wait();
    });
    begun.get_future().wait();
    gate.set_value();
    const auto meet = [&both] { both.arrive_and_wait(); };
    auto one = pool.submit(meet);
    auto other = pool.submit(meet);
    one.get();
    other.get();
    print_line(word, " met");
}

}  // namespace

int main(int argc, char** argv) {
    const std::map<std::string, std::function<void(const std::string&)>> trials = {
        {"exceptions", exceptions},
        {"end_at_work", end_at_work},
        {"late", late},
        {"returns", returns},
        {"throws", throws},
        {"ends_idle", [](const std::string& word) { ends(word, 0); }},
        {"ends", [](const std::string& word) { ends(word, 2); }},
        {"two_submit", two_submit},
        {"grows", grows},
        {"submits_meanwhile", submits_meanwhile},
        {"meets", meets}};
    if (argc != 3 || !trials.contains(argv[1])) return 2;
    trials.at(argv[1])(argv[2]);
    return 0;
}
