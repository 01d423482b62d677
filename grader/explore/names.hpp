// What the threads of an order are called: by a criterion that knows who is who, else by their order of birth.
#pragma once

#include <string>
#include <vector>

namespace explore {

// By order of birth; main is the first. Threads that are not named here are main, T1, T2 ...
using Names = std::vector<std::string>;

// "main", "T1" or "P1": as a picture and a schedule say it.
std::string short_name(const Names& names, int thread);

// "main", "thread 1" or "P1": as a sentence says it.
std::string name_in_words(const Names& names, int thread);

// The thread of that name; "1" and "T1" are thread 1, whatever else it is called. -1 where `name` is none.
int thread_named(const Names& names, const std::string& name);

}  // namespace explore
