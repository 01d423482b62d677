// What chapter 2's given code takes for a URL and for a reason phrase.
#include "support/transfer.hpp"

#include <string>

#include "bench/catch.hpp"

namespace {

std::string phrase_in(const std::string& line) {
    transfer::Head head;
    return transfer::read_header(head, line.data(), line.size()) ? head.phrase() : "no HTTP";
}

}  // namespace

TEST_CASE("a URL has a scheme, two slashes and a host") {
    for (const char* url : {"http://127.0.0.1/", "http://127.0.0.1:8020", "http://localhost:8020/item/1?size=7",
                            "HTTP://h/", "https://example.org", "http://h/file:///there", "http://h/a#b"}) {
        INFO(url);
        CHECK(transfer::is_url(url));
    }
    for (const char* text : {"http:/127.0.0.1/",
                             "http:127.0.0.1/",
                             "http:///127.0.0.1/",
                             "http:////127.0.0.1/",
                             "http://",
                             "http:",
                             "127.0.0.1",
                             "127.0.0.1:8020/200",
                             "//127.0.0.1/",
                             "localhost",
                             "nonsense",
                             "",
                             ":",
                             "://h/",
                             "ftp://h/",
                             "file:///etc/hosts",
                             "http:\\\\h\\",
                             "http://h h/",
                             "http://h/\n",
                             "http://h:port/"}) {
        INFO(text);
        CHECK_FALSE(transfer::is_url(text));
    }
}

TEST_CASE("the reason is the server's own; where it sends none but spaces, the registry's") {
    CHECK(phrase_in("HTTP/1.1 404 Nothing Here\r\n") == "Nothing Here");
    CHECK(phrase_in("HTTP/1.1 404  Nothing  Here \r\n") == "Nothing  Here");
    for (const char* line : {"HTTP/1.1 404\r\n", "HTTP/1.1 404 \r\n", "HTTP/1.1 404    \r\n", "HTTP/1.1 404 \t \r\n"}) {
        INFO(line);
        CHECK(phrase_in(line) == "Not Found");
    }
    CHECK(phrase_in("HTTP/1.1 299   \r\n") == "Unknown");
    for (const char* line :
         {"HTTP/1.1 4040 OK\r\n", "HTTP/1.1 40\r\n", "HTTP/1.1\r\n", "HTTP/1.1 x\r\n", "HTTP/1.1 404OK\r\n"}) {
        INFO(line);
        CHECK(phrase_in(line) == "no HTTP");
    }
}
