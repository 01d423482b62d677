#include "support/thumbnail_report.hpp"

#include <cstdio>

#include "support/print.hpp"

ThumbnailReport::ThumbnailReport(std::size_t pictures) : pictures_(pictures) {
    show_progress();
}

void ThumbnailReport::add(const std::string& name, const Result& result) {
    ++done_;
    if (!result.ok) ++failed_;
    progress_.hide();
    print_line(name, ": ", result.text);
    show_progress();
}

int ThumbnailReport::finish() {
    progress_.hide();
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, "%.1f", watch_.seconds());
    print_line(done_ - failed_, " of ", pictures_, " pictures, ", seconds, " s");
    return failed_ == 0 && done_ == pictures_ ? 0 : 1;
}

void ThumbnailReport::show_progress() const {
    if (done_ == pictures_) return;
    const double rate = static_cast<double>(done_) / watch_.seconds();
    char text[96];
    if (done_ == 0) std::snprintf(text, sizeof text, "0 of %zu", pictures_);
    else
        std::snprintf(text, sizeof text, "%zu of %zu, %.1f pictures a second, %.0f s left", done_, pictures_, rate,
                      static_cast<double>(pictures_ - done_) / rate);
    progress_.show(text);
}
