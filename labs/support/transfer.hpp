// What every HTTP request of the kit begins and ends with: libcurl set up once, a URL checked, a failure
// put in words. Programs include http.hpp or fetch.hpp instead.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "support/duration.hpp"

namespace transfer {

// Sets libcurl up, and asks for as many descriptors as there may be. Every request does so itself, once;
// whoever forks does it before.
void prepare();

struct Closer {
    void operator()(CURL* transfer) const { curl_easy_cleanup(transfer); }
};
using Handle = std::unique_ptr<CURL, Closer>;

// Over HTTP/1.1, through no proxy, by no signals. Over TLS whoever the system trusts is trusted; or, as OpenSSL has it,
// the certificates in the file that SSL_CERT_FILE names. Throws std::bad_alloc.
Handle start(const std::string& url);

constexpr const char* no_url = "not a URL: give http://host[:port][/path]";
bool is_url(const std::string& text);

// What has been seen of the answer's head.
struct Head {
    int status = 0;  // 0: no status line yet
    std::string reason;
    bool complete = false;                        // the empty line behind the last header has come
    std::map<std::string, std::string> fields{};  // headers, their names in small letters

    // "404 Not Found", or "Not Found" alone: the registry's words where the server sends none.
    std::string phrase() const;
    std::string status_and_phrase() const { return std::to_string(status) + " " + phrase(); }
};

// Takes one line of a head as libcurl hands them over. False: that is no HTTP.
bool read_header(Head& head, const char* text, std::size_t size);

// Why a transfer came to nothing, in a few words on one line.
std::string why(CURL* transfer, CURLcode code);

// An answer to its end.
struct Whole {
    bool ok = false;       // 2xx, and the body is all there
    std::string body;      // where the answer came to its end, ok or not
    std::string why;       // where not ok: "404 Not Found", "connection refused"
    Head head{};           // as far as it came
    bool dropped = false;  // there was a connection, and it broke
};

// Makes the transfer, and blocks until it is done. A body of more than `most` bytes is not waited for, and not ok.
Whole receive(CURL* transfer, std::size_t most = SIZE_MAX);

// As libcurl takes time-outs: rounded up, and never more than it can hold.
long milliseconds(Duration timeout);

}  // namespace transfer
