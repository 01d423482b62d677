// Program::describe: who is left of a program, and what they wait for.
#include <algorithm>
#include <sstream>

#include "grader/stage/program.hpp"
#include "ground/some_of.hpp"

namespace {

// Those who wait for the same, as a person would count them.
struct Group {
    std::string name;
    std::vector<int> numbers;  // none: it has no number
    std::string what;
    std::size_t size = 0;
};

// "3", "3 and 4", "1 to 16", "1, 3 and 7", "1, 3, 5, 7, 9, 11, 13, 15 and 40 more"
std::string listed(const std::vector<int>& numbers) {
    const std::string first = std::to_string(numbers.front()), last = std::to_string(numbers.back());
    const bool in_a_row = numbers.back() - numbers.front() + 1 == static_cast<int>(numbers.size());
    if (in_a_row && numbers.size() > 2) return first + " to " + last;
    std::vector<std::string> words;
    for (const int number : numbers) words.push_back(std::to_string(number));
    const std::string some = some_of(words);
    const std::size_t comma = some.rfind(", ");
    if (comma == std::string::npos || some.ends_with("more")) return some;
    return some.substr(0, comma) + " and " + some.substr(comma + 2);
}

std::string in_words(const Group& group) {
    const bool several = group.size > 1;
    if (group.numbers.empty()) {
        if (!several) return group.name + " " + group.what;
        return "each of " + std::to_string(group.size) + " threads of child processes " + group.what;
    }
    const std::string plural = group.name == "thread" ? "threads " : "child processes ";
    return (several ? "each of its " + plural : "its " + group.name + " ") + listed(group.numbers) + " " + group.what;
}

}  // namespace

std::string Program::describe() const {
    if (!stage_->excess().empty()) return "it " + stage_->excess();
    std::vector<Group> groups;
    const auto add = [&groups](const std::string& name, int number, const std::string& what) {
        auto same = std::find_if(groups.begin(), groups.end(),
                                 [&](const Group& group) { return group.name == name && group.what == what; });
        if (same == groups.end()) same = groups.insert(groups.end(), {name, {}, what});
        if (number > 0) same->numbers.push_back(number);
        ++same->size;
    };
    int next_process = 1, next_thread = 1;
    for (const Task& task : tasks()) {
        std::string what = describe_wait(task);
        for (const Held& held : stage_->held(Held::Kind::sleep))
            if (held.thread == task.thread)
                what = (waits_for_descriptors(task) ? "waits for one of its descriptors (select, poll), for at most "
                                                    : "is asleep for ") +
                       in_words(held.asked);
        for (const Held::Kind end : {Held::Kind::thread_end, Held::Kind::process_end})
            for (const Held& held : stage_->held(end))
                if (held.thread == task.thread) what = "is about to end";
        for (const Held& held : stage_->held(Held::Kind::pipe_write))
            if (held.thread == task.thread) what = "is about to write into its pipe or socket";
        for (const Held& held : stage_->held(Held::Kind::rename))
            if (held.thread == task.thread) what = "is about to rename a file";
        for (const Held& held : stage_->held(Held::Kind::processor_clock))
            if (held.thread == task.thread) what = "reads its processor time";
        if (task.thread == process()) add("the program's main thread", 0, what);
        else if (task.process == process()) add("thread", next_thread++, what);
        else if (task.thread == task.process) add("child process", next_process++, what);
        else add("a thread of a child process", 0, what);
    }
    std::vector<std::string> sentences;
    for (const Group& group : groups) sentences.push_back(in_words(group));
    return sentences.empty() ? "the program has ended" : some_of(sentences, "; ");
}

std::string in_words(Nanoseconds duration) {
    const double seconds = std::chrono::duration<double>(duration).count();
    std::ostringstream text;
    if (seconds >= 1 || seconds == 0) text << seconds << " s";
    else if (seconds >= 1e-3) text << seconds * 1e3 << " ms";
    else text << seconds * 1e6 << " us";
    return text.str();
}
