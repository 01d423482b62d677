#include "grader/class/times.hpp"

#include <regex>

#include "ground/usage_error.hpp"

namespace {

// Is it what was written, or was there a 31st of February?
bool is_real(const std::tm& written, std::time_t time) {
    std::tm real = {};
    gmtime_r(&time, &real);
    return real.tm_mday == written.tm_mday && real.tm_mon == written.tm_mon && real.tm_hour == written.tm_hour;
}

}  // namespace

std::time_t due_time(const std::string& text) {
    static const std::regex form(
        R"((\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):([0-5]\d)(?::([0-5]\d))?(Z|([+-])(\d\d):?([0-5]\d))?)?)");
    const auto wrong = [&] {
        return UsageError("--due '" + text + "': is no time; give one as 2026-11-28T23:59:00+01:00, or a day");
    };
    std::smatch part;
    if (!std::regex_match(text, part, form)) throw wrong();
    const auto number = [&](std::size_t i) { return std::stoi(part[i].str()); };
    std::tm written = {};
    written.tm_year = number(1) - 1900;
    written.tm_mon = number(2) - 1;
    written.tm_mday = number(3);
    written.tm_hour = part[4].matched ? number(4) : 23;
    written.tm_min = part[5].matched ? number(5) : 59;
    written.tm_sec = part[6].matched ? number(6) : part[4].matched ? 0 : 59;
    std::tm copy = written;
    const std::time_t as_utc = timegm(&copy);
    if (!is_real(written, as_utc)) throw wrong();
    if (part[8].matched) return as_utc - (part[8] == "+" ? 1 : -1) * (number(9) * 3600 + number(10) * 60);
    if (part[7].matched) return as_utc;
    written.tm_isdst = -1;
    return mktime(&written);
}

std::string in_utc(std::time_t time) {
    std::tm parts = {};
    gmtime_r(&time, &parts);
    char text[64];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}
