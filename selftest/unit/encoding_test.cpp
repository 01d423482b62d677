// Files as editors leave them: what encoding they are in, and how their lines end.
#include "ground/encoding.hpp"

#include "bench/catch.hpp"

namespace {

// "Grün €" and a line feed, in UTF-16.
std::string wide(bool little_endian, bool with_mark) {
    std::string bytes;
    for (const unsigned unit : {0xfeffU, 0x47U, 0x72U, 0xfcU, 0x6eU, 0x20U, 0x20acU, 0x0aU}) {
        if (unit == 0xfeff && !with_mark) continue;
        const char low = static_cast<char>(unit & 0xff), high = static_cast<char>(unit >> 8);
        bytes += little_endian ? std::string{low, high} : std::string{high, low};
    }
    return bytes;
}

const std::string green = "Gr\u00fcn \u20ac\n";

}  // namespace

TEST_CASE("UTF-8 is read as it is, without a byte-order mark, and nothing is said") {
    CHECK(decoded(green).text == green);
    CHECK(decoded("\xef\xbb\xbf" + green).text == green);
    CHECK(decoded("\xef\xbb\xbf" + green).remark == "");
    CHECK(decoded("").text == "");
    CHECK(decoded("\ufffd").remark == "");  // the character itself is in UTF-8, too
}

TEST_CASE("UTF-16 is read in either order of its bytes, with a mark or without one, and the report says so") {
    for (const bool little_endian : {true, false}) {
        CHECK(decoded(wide(little_endian, true)).text == green);
        CHECK(decoded(wide(little_endian, true)).remark ==
              "line 1: the file is in UTF-16: it was read as that; save it as UTF-8");
        const std::string letters = little_endian ? std::string("a\0b\0\n\0", 6) : std::string("\0a\0b\0\n", 6);
        CHECK(decoded(letters).text == "ab\n");
        CHECK(decoded_source(wide(little_endian, true)).text == green);
    }
    CHECK(decoded(std::string("\xff\xfe\x3d\xd8\x00\xde", 6)).text == "\U0001f600");
    CHECK(decoded(std::string("\xff\xfe\x3d\xd8", 4)).text == "\ufffd");          // half of a pair
    CHECK(decoded(std::string("\xff\xfe\x3d\xd8\x61\0x", 7)).text == "\ufffda");  // and half of a character
}

TEST_CASE("what is neither is read as Windows-1252, and the report says so once, with the line") {
    const Decoded read = decoded("One\nGr\xfcn \x80\nGr\xfcn");
    CHECK(read.text == "One\nGr\u00fcn \u20ac\nGr\u00fcn");
    CHECK(read.remark == "line 2: this is not UTF-8: the file was read as Windows-1252; save it as UTF-8");
}

TEST_CASE("NUL bytes are left out, and the report says where the first one is") {
    const Decoded read = decoded("One\nTw" + std::string(1, '\0') + "o\n");
    CHECK(read.text == "One\nTwo\n");
    CHECK(read.remark == "line 2: a NUL byte is here: all of them were left out; save the file as UTF-8");
}

TEST_CASE("the bytes of a source in Latin-1 stay as they are: strings may hold them") {
    const Decoded read = decoded_source("int a;\n// f\xfcr\n");
    CHECK(read.text == "int a;\n// f\xfcr\n");
    CHECK(read.remark == "line 2: this is not UTF-8: it was compiled as it is; save the file as UTF-8");
    CHECK(decoded_source("\xef\xbb\xbfint a;\n").text == "int a;\n");
}

TEST_CASE("lines end with LF, however they ended") {
    CHECK(with_plain_line_ends("a\r\nb\rc\n\r\n") == "a\nb\nc\n\n");
    CHECK(with_plain_line_ends("a\r") == "a\n");
    CHECK(with_compilers_line_ends("a \\\r\nb\r\n") == "a \\\nb\n");
    CHECK(with_compilers_line_ends("a\rb\r") == "a\nb\n");
    CHECK(with_compilers_line_ends("a\rb\n") == "a\rb\n");  // to the compiler this is one line
}

TEST_CASE("a line has the number that an editor gives it, whatever ends the lines before it") {
    for (const std::string end : {"\n", "\r\n", "\r"})
        CHECK(at_line("a" + end + "b" + end + "c", 1 + 2 * end.size() + 1, "here") == "line 3: here");
}
