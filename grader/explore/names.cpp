#include "grader/explore/names.hpp"

#include <algorithm>
#include <cctype>

#include "grader/explore/shared_order.hpp"

namespace explore {

namespace {

std::string given(const Names& names, int thread) {
    const auto place = static_cast<std::size_t>(thread);
    if (place < names.size() && !names[place].empty()) return names[place];
    return thread == 0 ? "main" : "";
}

}  // namespace

std::string short_name(const Names& names, int thread) {
    const std::string name = given(names, thread);
    return name.empty() ? "T" + std::to_string(thread) : name;
}

std::string name_in_words(const Names& names, int thread) {
    const std::string name = given(names, thread);
    return name.empty() ? "thread " + std::to_string(thread) : name;
}

int thread_named(const Names& names, const std::string& name) {
    for (int thread = 0; thread < most_threads; ++thread)
        if (name == short_name(names, thread)) return thread;
    const std::string number = name.substr(name.rfind('T', 0) == 0 ? 1 : 0);
    const bool is_number = !number.empty() && number.size() < 3 &&
                           std::all_of(number.begin(), number.end(),
                                       [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
    const int thread = is_number ? std::stoi(number) : -1;
    return thread < most_threads ? thread : -1;
}

}  // namespace explore
