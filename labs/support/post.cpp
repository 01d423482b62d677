#include "support/post.hpp"

#include <new>

#include "support/transfer.hpp"

namespace {

// Headers of our own; they have to outlive the transfer.
class Headers {
  public:
    Headers() = default;
    ~Headers() { curl_slist_free_all(list_); }
    Headers(const Headers&) = delete;
    Headers& operator=(const Headers&) = delete;
    void add(const std::string& line) {
        curl_slist* longer = curl_slist_append(list_, line.c_str());
        if (!longer) throw std::bad_alloc();
        list_ = longer;
    }
    curl_slist* list() const { return list_; }

  private:
    curl_slist* list_ = nullptr;
};

}  // namespace

Posted post(const std::string& url, const std::string& body, Duration timeout, const std::string& token) {
    transfer::prepare();
    if (!transfer::is_url(url)) return {false, "", transfer::no_url};

    Headers headers;
    headers.add("Content-Type: application/json");
    headers.add("Expect:");  // libcurl would ask whether the server wants a body, and wait a second
    if (!token.empty()) headers.add("Authorization: Bearer " + token);

    const transfer::Handle handle = transfer::start(url);
    CURL* const posting = handle.get();
    curl_easy_setopt(posting, CURLOPT_TIMEOUT_MS, transfer::milliseconds(timeout));
    curl_easy_setopt(posting, CURLOPT_CONNECTTIMEOUT_MS, transfer::milliseconds(timeout));
    curl_easy_setopt(posting, CURLOPT_HTTPHEADER, headers.list());
    curl_easy_setopt(posting, CURLOPT_POST, 1L);
    curl_easy_setopt(posting, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(posting, CURLOPT_POSTFIELDS, body.data());  // sent from where it is

    transfer::Whole answer = transfer::receive(posting);
    return {answer.ok, std::move(answer.body), std::move(answer.why)};
}
