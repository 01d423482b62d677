// Long lists in a sentence: nobody reads the 501st of them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

// "a, b and 499 more" for more than `most` words, else all of them.
inline std::string some_of(const std::vector<std::string>& words, const std::string& between = ", ",
                           std::size_t most = 8) {
    // "and 1 more" is no shorter than the one.
    const std::size_t told = words.size() <= most + 1 ? words.size() : most;
    std::string text;
    for (std::size_t i = 0; i < told; ++i) text += (i == 0 ? "" : between) + words[i];
    return told == words.size() ? text : text + " and " + std::to_string(words.size() - told) + " more";
}

// Those that are the same stand there once: "a child is about to write (3 of them)".
inline std::vector<std::string> each_once(const std::vector<std::string>& words) {
    std::vector<std::string> once;
    for (const std::string& word : words)
        if (std::find(once.begin(), once.end(), word) == once.end()) once.push_back(word);
    for (std::string& word : once) {
        const auto times = std::count(words.begin(), words.end(), word);
        if (times > 1) word += " (" + std::to_string(times) + " of them)";
    }
    return once;
}
