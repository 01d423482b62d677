// Program::describe: who is left of a program, and what they wait for.
#include <algorithm>
#include <sstream>

#include "grader/program.hpp"

namespace {

// Those who wait for the same, as a person would count them; 0 stands for somebody with a name.
struct Group {
    std::string name;
    std::vector<int> numbers;
    std::string what;
};

// "3", "3 and 4", "1 to 16", "1, 3 and 7"
std::string listed(const std::vector<int>& numbers) {
    const std::string first = std::to_string(numbers.front()), last = std::to_string(numbers.back());
    if (numbers.size() == 1) return first;
    const bool in_a_row = numbers.back() - numbers.front() + 1 == static_cast<int>(numbers.size());
    if (in_a_row && numbers.size() > 2) return first + " to " + last;
    std::string text = first;
    for (std::size_t i = 1; i + 1 < numbers.size(); ++i) text += ", " + std::to_string(numbers[i]);
    return text + " and " + last;
}

}  // namespace

std::string Program::describe() const {
    std::vector<Group> groups;
    const auto add = [&groups](const std::string& name, int number, const std::string& what) {
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
            return number > 0 && group.name == name && group.what == what;
        });
        if (same == groups.end()) groups.push_back({name, {number}, what});
        else same->numbers.push_back(number);
    };
    int next_process = 1, next_thread = 1;
    for (const Task& task : tasks()) {
        std::string what = describe_wait(task);
        for (const Held& held : stage_->held(Held::Kind::sleep))
            if (held.thread == task.thread)
                what = (waits_for_descriptors(task) ? "waits for one of its descriptors, for at most " : "is asleep for ") +
                       in_words(held.asked);
        for (const Held::Kind end : {Held::Kind::thread_end, Held::Kind::process_end})
            for (const Held& held : stage_->held(end))
                if (held.thread == task.thread) what = "is at its very last step";
        for (const Held& held : stage_->held(Held::Kind::pipe_write))
            if (held.thread == task.thread) what = "is about to write into its pipe";
        for (const Held& held : stage_->held(Held::Kind::processor_clock))
            if (held.thread == task.thread) what = "looks how much processor time it has used";
        if (task.thread == process()) add("the program's main thread", 0, what);
        else if (task.process == process()) add("thread", next_thread++, what);
        else if (task.thread == task.process) add("child process", next_process++, what);
        else add("a thread of a child process", 0, what);
    }
    std::string text;
    for (const auto& [name, numbers, what] : groups) {
        const bool several = numbers.size() > 1;
        const std::string plural = name == "thread" ? "threads " : "child processes ";
        const std::string who = numbers[0] == 0 ? name
                                : several       ? "each of its " + plural + listed(numbers)
                                                : "its " + name + " " + listed(numbers);
        text += (text.empty() ? "" : "; ") + who + " " + what;
    }
    return text.empty() ? "the program has ended" : text;
}

std::string in_words(Nanoseconds duration) {
    const double seconds = std::chrono::duration<double>(duration).count();
    std::ostringstream text;
    if (seconds >= 1 || seconds == 0) text << seconds << " s";
    else if (seconds >= 1e-3) text << seconds * 1e3 << " ms";
    else text << seconds * 1e6 << " us";
    return text.str();
}
