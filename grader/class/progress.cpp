#include "grader/class/progress.hpp"

#include <unistd.h>

#include <cstdio>

#include "grader/class/quoted_csv.hpp"
#include "ground/text.hpp"

namespace {

constexpr std::chrono::seconds between_lines{20};

}  // namespace

Progress::Progress(std::string done, std::size_t all)
    : done_(std::move(done)), all_(all), on_terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    if (on_terminal_) std::fputs("\r\x1b[K", stderr);
}

std::string Progress::left() const {
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin_;
    if (count_ == 0 || count_ == all_) return "";
    return ", about " +
           rounded_time(passed.count() / static_cast<double>(count_) * static_cast<double>(all_ - count_)) + " left";
}

void Progress::one_more(const std::string& what) {
    const std::scoped_lock lock(critical_);
    ++count_;
    const std::string line = std::to_string(count_) + " of " + std::to_string(all_) + " " + done_ + left();
    if (on_terminal_) {
        const std::string text = line + ": " + printable_line(what);
        std::fprintf(stderr, "\r\x1b[Kkit: %s", std::string(front_of(text, 70)).c_str());
        std::fflush(stderr);
    } else if (const auto now = std::chrono::steady_clock::now(); now - told_ >= between_lines) {
        told_ = now;
        std::fprintf(stderr, "kit: %s\n", line.c_str());
    }
}

std::string rounded_time(double seconds) {
    const long whole = static_cast<long>(seconds + 0.5), minutes = (whole + 30) / 60;
    if (whole < 100) return std::to_string(whole) + " s";
    if (minutes < 100) return std::to_string(minutes) + " min";
    return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}
