// Text for people: as wide as a terminal shows it, wrapped, coloured, and harmless.
// Plain functions without state: safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Takes one code point off the front of `text`, which is not empty; what is not UTF-8 costs one byte and is U+FFFD.
char32_t take_code_point(std::string_view& text);

// The columns that UTF-8 text takes in a terminal.
std::size_t columns(std::string_view text);

// `text` in lines of at most `width` columns, broken at spaces (inside a word that is longer than a
// line) and at each '\n'. At least one line, which may be empty.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

// The longest part at the front of `word` that fits into `width` columns; at least one code point.
std::string_view front_of(std::string_view word, std::size_t width);

// `text` with blanks after it, up to `width` columns.
std::string pad(std::string_view text, std::size_t width);

// "Alice", "Alice and Bob", "Alice, Bob and Carol".
std::string list_of(const std::vector<std::string>& names, const std::string& last = "and");

// ASCII letters alone: what names and English words need.
std::string in_lower_case(std::string text);

// "0.86", "29.4", "1234": three digits at least, and no more than tell something.
std::string amount_text(double amount);

// Text that a student's program may have chosen, safe to print: what could move the cursor, hide,
// or pass for white space is spelled out (\x1b, \u{200b}), invalid UTF-8 becomes U+FFFD, a tab a
// space. Line feeds stay.
std::string printable(std::string_view text);

// GitHub's runner takes a line that starts with "::" after white space, and "##[" anywhere in a
// line, for a command to itself. Here is a backslash in between, so that it is text.
std::string without_commands(std::string_view text);

// As the text of an XML element or attribute. Characters that XML does not have at all are spelled out by printable.
std::string as_xml(std::string_view text);

// A code block of Markdown that its text cannot end: nothing in it is Markdown, a link or a mention.
std::string code_block(std::string_view text);

// A short name for a text: another text has another one, but for a chance of one in 2^64. It proves nothing.
std::string digest_of(std::string_view text);

// ANSI colours, or none: paint("31", "no") is red on a terminal.
struct Paint {
    bool on = false;

    std::string operator()(std::string_view code, std::string_view text) const;
};
