#include "support/line_splitter.hpp"

void LineSplitter::add(std::string_view bytes) {
    bytes_.erase(0, begin_);
    searched_ -= begin_;
    begin_ = 0;
    bytes_ += bytes;
}

std::optional<LineSplitter::Line> LineSplitter::next() {
    while (true) {
        const std::size_t end = bytes_.find('\n', searched_);
        const bool has_end = end != std::string::npos;
        std::string_view text(bytes_);
        text = text.substr(begin_, (has_end ? end : bytes_.size()) - begin_);
        if (!text.empty() && text.back() == '\r') text.remove_suffix(1);  // without an end yet: perhaps half of it

        const bool was_skipping = is_skipping_;
        const bool is_too_long = !was_skipping && text.size() > longest_;
        is_skipping_ = (was_skipping || is_too_long) && !has_end;
        if (has_end || is_skipping_) begin_ = has_end ? end + 1 : bytes_.size();
        searched_ = has_end ? begin_ : bytes_.size();

        if (is_too_long) return Line{"", true};
        if (!has_end) return std::nullopt;
        if (!was_skipping && !text.empty()) return Line{text, false};
    }
}
