// What a host says of an album, and the names that come of it.
#include "support/album_json.hpp"

#include <stdexcept>

#include "bench/catch.hpp"

TEST_CASE("links are read in order, and what has none has an empty one") {
    CHECK(links_in(R"({"data": [{"link": "a"}, {"id": "x"}, {"link": "b"}, 5], "success": true})") ==
          std::vector<std::string>{"a", "", "b", ""});
    CHECK(links_in(R"({"data": []})").empty());
}

TEST_CASE("what is no album is refused") {
    for (const char* text : {"", "<html>", "{}", R"({"data": {}})", R"({"data": {"error": "no"}})", "[1]", "null"}) {
        CAPTURE(text);
        CHECK_THROWS_AS(links_in(text), std::runtime_error);
    }
}

TEST_CASE("errors are read in both of the service's shapes") {
    CHECK(error_in(R"({"data": {"error": "no such album", "request": "/3", "method": "GET"}})") == "no such album");
    CHECK(error_in(R"({"data": {"error": {"message": "slow down", "code": 5}}})") == "slow down");
    CHECK(error_in(R"({"errors": [{"id": "1", "code": "429", "status": "Too Many", "detail": "later"}]})") == "later");
    CHECK(error_in(R"({"errors": [{"status": "Too Many"}]})") == "Too Many");
    CHECK(error_in("{\"data\": {\"error\": \"two\\nlines\"}}") == "two?lines");
    for (const char* text : {"", "<html>", "[]", R"({"errors": []})", R"({"errors": {}})", R"({"data": 5})"}) {
        CAPTURE(text);
        CHECK(error_in(text).empty());
    }
}
