// Lines out of bytes, in whatever pieces they come.
//
//     LineSplitter lines;
//     lines.add(bytes);
//     while (const auto line = lines.next())
//         if (line->is_too_long) refuse(); else handle(line->text);
//     if (lines.has_rest()) ...  // at the end of the bytes: the last line has no end
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

class LineSplitter {
  public:
    explicit LineSplitter(std::size_t longest = 64 << 10) : longest_(longest) {}

    void add(std::string_view bytes);

    struct Line {
        std::string_view text;  // without its end, which is \n or \r\n; valid until the next call of add
        bool is_too_long;       // there is no text then; what follows, up to its end, is skipped
    };

    // The next line; none where more bytes are needed for it. Empty lines are left out. A line that is too long is
    // reported as soon as it is, for its end may never come.
    std::optional<Line> next();

    // Something came after the last line's end, and was not reported as too long.
    bool has_rest() const { return !is_skipping_ && begin_ < bytes_.size(); }

  private:
    std::size_t longest_;
    std::string bytes_;
    std::size_t begin_ = 0;     // of the line that is next
    std::size_t searched_ = 0;  // there is no \n from begin_ up to here
    bool is_skipping_ = false;
};
