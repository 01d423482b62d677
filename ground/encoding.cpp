#include "ground/encoding.hpp"

#include <algorithm>
#include <string_view>

#include "ground/text.hpp"

namespace {

constexpr const char* byte_order_mark = "\xef\xbb\xbf";
constexpr const char* is_utf16 = "the file is in UTF-16: it was read as that; save it as UTF-8";
constexpr const char* has_nul = "a NUL byte is here: all of them were left out; save the file as UTF-8";
constexpr const char* not_utf8 = "this is not UTF-8: the file was read as Windows-1252; save it as UTF-8";
constexpr const char* compiled_as_is = "this is not UTF-8: it was compiled as it is; save the file as UTF-8";

// Of the bytes from 0x80 to 0x9f, in Windows-1252; all others are what they are in Latin-1.
constexpr char32_t windows_1252[] = {
    0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
};

void append(std::string& text, char32_t point) {
    const auto add = [&text](char32_t byte) { text += static_cast<char>(byte); };
    const auto add_more = [&](int shift) { add(0x80 | (point >> shift & 0x3f)); };
    if (point < 0x80) {
        add(point);
    } else if (point < 0x800) {
        add(0xc0 | point >> 6);
        add_more(0);
    } else if (point < 0x10000) {
        add(0xe0 | point >> 12);
        add_more(6);
        add_more(0);
    } else {
        add(0xf0 | point >> 18);
        add_more(12);
        add_more(6);
        add_more(0);
    }
}

// The first byte that is not UTF-8; npos where all is.
std::size_t first_not_utf8(const std::string& bytes) {
    std::string_view rest = bytes;
    while (!rest.empty()) {
        const std::size_t before = rest.size();
        if (take_code_point(rest) == 0xfffd && before - rest.size() == 1) return bytes.size() - before;
    }
    return std::string::npos;
}

enum class Wide { no, little_endian, big_endian };

// A mark at the beginning says so. Without one, every other byte of a text in Latin letters is 0.
Wide width_of(const std::string& bytes) {
    const std::string first = bytes.substr(0, 2);
    if (first == "\xff\xfe") return Wide::little_endian;
    if (first == "\xfe\xff") return Wide::big_endian;
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\0') ++zeros[i % 2];
    const std::size_t most_letters = bytes.size() / 4;
    if (zeros[1] > most_letters && zeros[0] < zeros[1] / 8) return Wide::little_endian;
    if (zeros[0] > most_letters && zeros[1] < zeros[0] / 8) return Wide::big_endian;
    return Wide::no;
}

std::string from_utf16(const std::string& bytes, Wide width) {
    const auto unit = [&](std::size_t at) -> char32_t {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
        const unsigned low = byte(at + (width == Wide::big_endian ? 1 : 0));
        const unsigned high = byte(at + (width == Wide::big_endian ? 0 : 1));
        return high << 8 | low;
    };
    std::string text;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        char32_t point = unit(at);
        if (at == 0 && point == 0xfeff) continue;
        const bool leads = point >= 0xd800 && point < 0xdc00 && at + 3 < bytes.size();
        const char32_t next = leads ? unit(at + 2) : 0;
        if (next >= 0xdc00 && next < 0xe000) {
            point = 0x10000 + ((point - 0xd800) << 10) + (next - 0xdc00);
            at += 2;
        } else if (point >= 0xd800 && point < 0xe000) {
            point = 0xfffd;  // half of a pair
        }
        append(text, point);
    }
    return text;
}

std::string from_windows_1252(const std::string& bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append(text, byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte);
    }
    return text;
}

std::string without_mark(const std::string& bytes) {
    return bytes.rfind(byte_order_mark, 0) == 0 ? bytes.substr(3) : bytes;
}

}  // namespace

Decoded decoded(const std::string& bytes) {
    if (const Wide width = width_of(bytes); width != Wide::no)
        return {from_utf16(bytes, width), "line 1: " + std::string(is_utf16)};
    Decoded file{without_mark(bytes), ""};
    if (const std::size_t nul = file.text.find('\0'); nul != std::string::npos) {
        file.remark = at_line(file.text, nul, has_nul);
        file.text.erase(std::remove(file.text.begin(), file.text.end(), '\0'), file.text.end());
    }
    const std::size_t wrong = first_not_utf8(file.text);
    if (wrong == std::string::npos) return file;
    return {from_windows_1252(file.text), at_line(file.text, wrong, not_utf8)};
}

Decoded decoded_source(const std::string& bytes) {
    if (const Wide width = width_of(bytes); width != Wide::no)
        return {from_utf16(bytes, width), "line 1: " + std::string(is_utf16)};
    const std::string text = without_mark(bytes);
    const std::size_t wrong = first_not_utf8(text);
    return {text, wrong == std::string::npos ? "" : at_line(text, wrong, compiled_as_is)};
}

std::string with_plain_line_ends(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') plain += text[i];
        else if (i + 1 == text.size() || text[i + 1] != '\n') plain += '\n';
    }
    return plain;
}

std::string with_compilers_line_ends(const std::string& source) {
    if (source.find('\n') == std::string::npos) return with_plain_line_ends(source);
    std::string plain;
    for (std::size_t i = 0; i < source.size(); ++i)
        if (source[i] != '\r' || i + 1 == source.size() || source[i + 1] != '\n') plain += source[i];
    return plain;
}

std::string at_line(const std::string& text, std::size_t byte, const std::string& what) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size()));
    std::size_t line = 1;
    for (auto at = text.begin(); at != end; ++at)
        if (*at == '\n' || (*at == '\r' && (at + 1 == text.end() || at[1] != '\n'))) ++line;
    return "line " + std::to_string(line) + ": " + what;
}
