#include "support/thumbnail_report.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

#include "support/print.hpp"

namespace {

// Who reads the other end shows our lines when it likes, perhaps on the terminal that progress is on.
bool is_pipe(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 && S_ISFIFO(status.st_mode);
}

}  // namespace

ThumbnailReport::ThumbnailReport(std::size_t pictures)
    : pictures_(pictures), on_terminal_(isatty(STDERR_FILENO) == 1 && !is_pipe(STDOUT_FILENO)) {
    show_progress();
}

void ThumbnailReport::add(const std::string& name, const Result& result) {
    ++done_;
    if (!result.ok) ++failed_;
    hide_progress();
    print_line(name, ": ", result.text);
    show_progress();
}

int ThumbnailReport::finish() {
    hide_progress();
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.1f", watch_.seconds());
    print_line(done_ - failed_, " of ", pictures_, " pictures, ", seconds, " s");
    return failed_ == 0 && done_ == pictures_ ? 0 : 1;
}

void ThumbnailReport::show_progress() const {
    if (!on_terminal_ || done_ == pictures_) return;
    const double rate = static_cast<double>(done_) / watch_.seconds();
    if (done_ == 0) std::fprintf(stderr, "0 of %zu", pictures_);
    else
        std::fprintf(stderr, "%zu of %zu, %.1f pictures a second, %.0f s left", done_, pictures_, rate,
                     static_cast<double>(pictures_ - done_) / rate);
    std::fflush(stderr);
}

// To the line's beginning, and nothing on it any more.
void ThumbnailReport::hide_progress() const {
    if (on_terminal_) std::fputs("\r\x1b[K", stderr);
}
