#include "support/http.hpp"

#include <curl/curl.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>

#include "support/reason_phrase.hpp"

namespace {

// libcurl's own: once for the program, before the first thread asks, and until it ends.
struct Library {
    Library() {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        // A transfer takes three descriptors, and a shell allows 1,024 unless it is asked for more.
        rlimit limit{};
        if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
            limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65'536);
            setrlimit(RLIMIT_NOFILE, &limit);
        }
    }
    ~Library() { curl_global_cleanup(); }
};

struct Closer {
    void operator()(CURL* transfer) const { curl_easy_cleanup(transfer); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// What has been seen of the answer's head.
struct Head {
    int status = 0;  // 0: no status line yet
    std::string reason;
    bool complete = false;  // the empty line behind the last header has come
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "HTTP/1.1 404 Not Found"; the reason phrase may be missing.
bool read_status_line(std::string_view line, Head& head) {
    const std::size_t space = line.find(' ');
    if (line.substr(0, 5) != "HTTP/" || space == std::string_view::npos) return false;
    line.remove_prefix(space + 1);
    if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return false;
    if (line.size() > 3 && line[3] != ' ') return false;
    head = {};
    head.status = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    head.reason = line.size() > 4 ? line.substr(4) : "";
    return true;
}

// libcurl hands over the head line by line. 0 ends the transfer: all that is asked for is known.
std::size_t on_header(char* text, std::size_t size, std::size_t count, void* to) {
    Head& head = *static_cast<Head*>(to);
    std::string_view line(text, size * count);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    if (line.substr(0, 5) == "HTTP/" && !read_status_line(line, head)) return 0;
    const bool interim = head.status >= 100 && head.status < 200 && head.status != 101;
    head.complete = line.empty() && head.status != 0 && !interim;  // 100 Continue: another head follows
    return head.complete ? 0 : size * count;
}

std::size_t on_body(char*, std::size_t, std::size_t, void*) {
    return 0;
}

struct Body {
    Head head;
    std::string bytes;
};

std::size_t keep_header(char* text, std::size_t size, std::size_t count, void* to) {
    Head& head = static_cast<Body*>(to)->head;
    on_header(text, size, count, &head);
    return size * count;
}

std::size_t keep_body(char* bytes, std::size_t size, std::size_t count, void* to) {
    static_cast<Body*>(to)->bytes.append(bytes, size * count);
    return size * count;
}

bool is_url(const std::string& text) {
    const std::unique_ptr<CURLU, Closer> url(curl_url());
    // libcurl forgives what a URL may not have: spaces, and no host.
    if (text.find(' ') != std::string::npos || text.find(":///") != std::string::npos) return false;
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return false;
    char* scheme = nullptr;
    if (curl_url_get(url.get(), CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK) return false;
    const bool known = std::strcmp(scheme, "http") == 0 || std::strcmp(scheme, "https") == 0;
    curl_free(scheme);
    return known;
}

std::string why(CURL* transfer, CURLcode code) {
    long number = 0;
    curl_easy_getinfo(transfer, CURLINFO_OS_ERRNO, &number);
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST: return "name not found";
        case CURLE_OPERATION_TIMEDOUT: return "timed out";
        case CURLE_COULDNT_CONNECT:
            if (number == 0 || number == ECONNREFUSED) return "connection refused";
            return std::string("cannot connect: ") + std::strerror(static_cast<int>(number));
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
            return std::string("connection lost") +
                   (number == 0 ? "" : std::string(": ") + std::strerror(static_cast<int>(number)));
        case CURLE_GOT_NOTHING: return "the server hung up without an answer";
        case CURLE_OK:
        case CURLE_PARTIAL_FILE: return "malformed reply: it breaks off in its headers";
        case CURLE_WRITE_ERROR:
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY: return "malformed reply: no HTTP status line";
        case CURLE_URL_MALFORMAT: return "not a URL";
        default: return curl_easy_strerror(code);
    }
}

// A server may send what it likes; a result line shows nothing that could tear it.
std::string printable(std::string text) {
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    std::replace_if(text.begin(), text.end(), is_control, '?');
    return text;
}

long milliseconds(Duration timeout) {
    const auto rounded_up = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    return static_cast<long>(std::min<std::int64_t>(rounded_up, std::numeric_limits<int>::max()));
}

constexpr const char* no_url = "not a URL: give http://host[:port][/path]";

std::string phrase_of(const Head& head) {
    return head.reason.empty() ? std::string(reason_phrase(head.status)) : head.reason;
}

// What every request has in common.
using Transfer = std::unique_ptr<CURL, Closer>;
Transfer start(const std::string& url) {
    Transfer transfer(curl_easy_init());
    if (!transfer) throw std::bad_alloc();
    curl_easy_setopt(transfer.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(transfer.get(), CURLOPT_PROXY, "");     // whatever the environment says
    curl_easy_setopt(transfer.get(), CURLOPT_NOSIGNAL, 1L);  // signals and threads do not go together
    curl_easy_setopt(transfer.get(), CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(transfer.get(), CURLOPT_USERAGENT, "concurrency-lab-kit");
    return transfer;
}

}  // namespace

void prepare_http() {
    static const Library library;
}

Answer ask(const std::string& url, Duration timeout) {
    prepare_http();
    if (!is_url(url)) return {false, std::string("error: ") + no_url};

    Head head;
    const Transfer transfer = start(url);
    CURL* const asking = transfer.get();
    curl_easy_setopt(asking, CURLOPT_TIMEOUT_MS, milliseconds(timeout));
    curl_easy_setopt(asking, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(timeout));
    curl_easy_setopt(asking, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(asking, CURLOPT_HEADERDATA, &head);
    curl_easy_setopt(asking, CURLOPT_WRITEFUNCTION, on_body);

    const CURLcode code = curl_easy_perform(asking);
    if (!head.complete) return {false, "error: " + printable(why(asking, code))};
    return {true, printable(phrase_of(head))};
}

Fetched fetch(const std::string& url) {
    prepare_http();
    if (!is_url(url)) return {false, "", no_url};

    Body body;
    const Transfer transfer = start(url);
    CURL* const fetching = transfer.get();
    curl_easy_setopt(fetching, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::numeric_limits<int>::max()));
    curl_easy_setopt(fetching, CURLOPT_HEADERFUNCTION, keep_header);
    curl_easy_setopt(fetching, CURLOPT_HEADERDATA, &body);
    curl_easy_setopt(fetching, CURLOPT_WRITEFUNCTION, keep_body);
    curl_easy_setopt(fetching, CURLOPT_WRITEDATA, &body);

    const CURLcode code = curl_easy_perform(fetching);
    if (!body.head.complete) return {false, "", printable(why(fetching, code))};
    if (body.head.status < 200 || body.head.status > 299)
        return {false, "", std::to_string(body.head.status) + " " + printable(phrase_of(body.head))};
    if (code != CURLE_OK) return {false, "", "the body broke off after " + std::to_string(body.bytes.size()) + " bytes"};
    return {true, std::move(body.bytes), ""};
}
