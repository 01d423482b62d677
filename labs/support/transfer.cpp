#include "support/transfer.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <string_view>

#include "support/descriptor_limit.hpp"
#include "support/one_line.hpp"
#include "support/reason_phrase.hpp"

namespace transfer {
namespace {

// libcurl's own: once for the program, before the first thread asks, and until it ends.
struct Library {
    Library() {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        allow_many_descriptors();  // a transfer takes three
    }
    ~Library() { curl_global_cleanup(); }
};

struct UrlCloser {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
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
    head.reason = without_spaces_around(line.substr(3));
    return true;
}

std::string words_for(CURL* transfer, CURLcode code) {
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
        case CURLE_PEER_FAILED_VERIFICATION: return "its certificate is not trusted";
        default: return curl_easy_strerror(code);
    }
}

// "http://h"; libcurl takes "h" alone for one as well, which is for is_url to refuse.
bool has_two_slashes(const std::string& text) {
    const std::size_t colon = text.find(':');
    return colon != std::string::npos && text.compare(colon + 1, 2, "//") == 0 &&
           text.compare(colon + 1, 3, "///") != 0;
}

struct Arriving {
    std::size_t most;
    Head head{};
    std::string bytes{};
    bool too_long() const { return bytes.size() > most; }
};

// "Retry-After: 3"
void read_field(std::string_view line, Head& head) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return;
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
    head.fields[name] = without_spaces_around(line.substr(colon + 1));
}

bool is_dropped(CURLcode code) {
    return code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR ||
           code == CURLE_PARTIAL_FILE;
}

std::size_t on_header(char* text, std::size_t size, std::size_t count, void* to) {
    return read_header(static_cast<Arriving*>(to)->head, text, size * count) ? size * count : 0;
}

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* to) {
    Arriving& arriving = *static_cast<Arriving*>(to);
    arriving.bytes.append(bytes, size * count);
    return arriving.too_long() ? 0 : size * count;
}

}  // namespace

void prepare() {
    static const Library library;
}

Handle start(const std::string& url) {
    Handle transfer(curl_easy_init());
    if (!transfer) throw std::bad_alloc();
    curl_easy_setopt(transfer.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(transfer.get(), CURLOPT_PROXY, "");     // whatever the environment says
    curl_easy_setopt(transfer.get(), CURLOPT_NOSIGNAL, 1L);  // signals and threads do not go together
    curl_easy_setopt(transfer.get(), CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(transfer.get(), CURLOPT_USERAGENT, "concurrency-lab-kit");
    if (const char* file = std::getenv("SSL_CERT_FILE")) curl_easy_setopt(transfer.get(), CURLOPT_CAINFO, file);
    return transfer;
}

bool is_url(const std::string& text) {
    const std::unique_ptr<CURLU, UrlCloser> url(curl_url());
    // libcurl forgives what a URL may not have: spaces, and one or three slashes where there are two.
    if (text.find(' ') != std::string::npos || !has_two_slashes(text)) return false;
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return false;
    char* scheme = nullptr;
    if (curl_url_get(url.get(), CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK) return false;
    const bool known = std::strcmp(scheme, "http") == 0 || std::strcmp(scheme, "https") == 0;
    curl_free(scheme);
    return known;
}

std::string Head::phrase() const {
    return one_line(reason.empty() ? std::string(reason_phrase(status)) : reason);
}

bool read_header(Head& head, const char* text, std::size_t size) {
    std::string_view line(text, size);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    const bool is_status_line = line.substr(0, 5) == "HTTP/";
    if (is_status_line && !read_status_line(line, head)) return false;
    if (!is_status_line) read_field(line, head);
    const bool interim = head.status >= 100 && head.status < 200 && head.status != 101;
    head.complete = line.empty() && head.status != 0 && !interim;  // 100 Continue: another head follows
    return true;
}

std::string why(CURL* transfer, CURLcode code) {
    return one_line(words_for(transfer, code));
}

Whole receive(CURL* transfer, std::size_t most) {
    Arriving arriving{most};
    curl_easy_setopt(transfer, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(transfer, CURLOPT_HEADERDATA, &arriving);
    curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(transfer, CURLOPT_WRITEDATA, &arriving);

    const CURLcode code = curl_easy_perform(transfer);
    Whole whole{false, "", "", std::move(arriving.head), is_dropped(code)};
    const bool is_good = whole.head.status >= 200 && whole.head.status <= 299;
    if (!whole.head.complete) {
        whole.why = why(transfer, code);
    } else if (arriving.too_long()) {
        whole.why = "larger than " + std::to_string(most) + " bytes";
    } else if (is_good && code != CURLE_OK) {
        whole.why = "the body broke off after " + std::to_string(arriving.bytes.size()) + " bytes";
    } else {
        whole.ok = is_good;
        whole.body = std::move(arriving.bytes);
        if (!is_good) whole.why = whole.head.status_and_phrase();
    }
    return whole;
}

long milliseconds(Duration timeout) {
    const auto rounded_up = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    return static_cast<long>(std::min<std::int64_t>(rounded_up, std::numeric_limits<int>::max()));
}

}  // namespace transfer
