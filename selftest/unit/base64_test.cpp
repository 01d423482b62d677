// Base64 as RFC 4648 has it, section 10.
#include "support/base64.hpp"

#include "bench/catch.hpp"

TEST_CASE("the standard's examples, there and back") {
    const std::pair<const char*, const char*> examples[] = {{"", ""},
                                                            {"f", "Zg=="},
                                                            {"fo", "Zm8="},
                                                            {"foo", "Zm9v"},
                                                            {"foob", "Zm9vYg=="},
                                                            {"fooba", "Zm9vYmE="},
                                                            {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        CHECK(to_base64(bytes) == text);
        CHECK(from_base64(text) == bytes);
    }
}

TEST_CASE("bytes of any value come back") {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    CHECK(from_base64(to_base64(bytes)) == bytes);
}

TEST_CASE("what is no base64 is refused") {
    for (const char* text : {"Zg=", "Zg", "Z===", "Zm9*", "Zm 9v", "====", "Zg==Zg=="}) {
        CAPTURE(text);
        CHECK_FALSE(from_base64(text).has_value());
    }
}
