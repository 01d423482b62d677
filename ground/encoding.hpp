// Files as students hand them in: whatever an editor on Windows or an old Mac made of them, as UTF-8 with plain ends
// of lines. Plain functions without state: safe from any thread.
#pragma once

#include <cstddef>
#include <string>

struct Decoded {
    std::string text;    // UTF-8 without a byte-order mark
    std::string remark;  // "line 7: ..." where the file was something else; "" where there is nothing to say
};

// Reads UTF-8, UTF-16 with a byte-order mark or without one, and, where it is neither, Windows-1252, in which every
// text in Latin-1 is written, too. Never fails.
Decoded decoded(const std::string& bytes);

// What the compiler reads: UTF-16 becomes UTF-8, a byte-order mark goes. Other bytes stay as they are, since strings
// may hold them; a remark says where the first one is that is not UTF-8.
Decoded decoded_source(const std::string& bytes);

// CRLF becomes LF, and so does a CR alone.
std::string with_plain_line_ends(const std::string& text);

// For each line end of a source the compiler's own: CRLF becomes LF, as it does there. A CR alone is a line end only in
// a file without LF; elsewhere it is a blank.
std::string with_compilers_line_ends(const std::string& source);

// "line 12: what", the line being the one with that byte.
std::string at_line(const std::string& text, std::size_t byte, const std::string& what);
