#include "support/servers/faults.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <stdexcept>

void Faults::add(const std::string& words) {
    constexpr const char* always[] = {"truncate", "empty", "404", "html"};
    constexpr const char* countable[] = {"429", "500", "drop"};
    const auto is_one_of = [](const auto& all, const std::string& what) {
        return std::find(std::begin(all), std::end(all), what) != std::end(all);
    };
    const std::size_t equals = words.find('='), star = words.find('*', equals == std::string::npos ? 0 : equals);
    const std::string name = words.substr(0, equals);
    const std::string what = equals == std::string::npos ? "" : words.substr(equals + 1, star - equals - 1);
    long times = -1;
    bool good = !name.empty() && (is_one_of(countable, what) || (is_one_of(always, what) && star == std::string::npos));
    if (good && star != std::string::npos) {
        const char* const end = words.data() + words.size();
        const auto [stop, error] = std::from_chars(words.data() + star + 1, end, times);
        good = error == std::errc() && stop == end && times > 0;
    }
    if (!good)
        throw std::invalid_argument(
            "give NAME=truncate, empty, 404, html, 429, 500 or drop, the last three also as "
            "429*2 for the first two times");
    faults_[name] = {what, times};
}

std::string Faults::next(const std::string& name) {
    const auto found = faults_.find(name);
    if (found == faults_.end() || found->second.left == 0) return "";
    if (found->second.left > 0) --found->second.left;
    return found->second.what;
}
