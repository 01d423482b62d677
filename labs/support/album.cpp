#include "support/album.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <new>
#include <optional>
#include <set>
#include <thread>

#include "support/album_json.hpp"
#include "support/growing_pause.hpp"
#include "support/one_line.hpp"
#include "support/transfer.hpp"

namespace {

using std::chrono::milliseconds;

constexpr int most_tries_again = 3;
constexpr milliseconds first_pause(250), longest_pause(30'000);
constexpr std::size_t largest_picture = 64 << 20, largest_list = 16 << 20;  // bytes

struct Closer {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

transfer::Whole ask(const std::string& url, const std::string& client_id, std::size_t most) {
    const transfer::Handle handle = transfer::start(url);
    const std::unique_ptr<curl_slist, Closer> headers(
        client_id.empty() ? nullptr : curl_slist_append(nullptr, ("Authorization: Client-ID " + client_id).c_str()));
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    return transfer::receive(handle.get(), most);
}

bool helps_to_try_again(const transfer::Whole& answer) {
    return answer.dropped || answer.head.status == 429 || answer.head.status >= 500;
}

// In seconds, by the header of that name.
std::optional<milliseconds> asked_for(const transfer::Whole& answer, const char* header) {
    const auto found = answer.head.fields.find(header);
    if (found == answer.head.fields.end()) return std::nullopt;
    char* end = nullptr;
    const double seconds = std::strtod(found->second.c_str(), &end);
    if (end == found->second.c_str() || !(seconds >= 0)) return std::nullopt;  // it may be "nan"
    const double longest = std::chrono::duration<double>(longest_pause).count();
    return std::chrono::ceil<milliseconds>(std::chrono::duration<double>(std::min(seconds, longest)));
}

Duration pause_before(int again, const transfer::Whole& answer) {
    for (const char* header : {"retry-after", "x-ratelimit-userreset"})
        if (const std::optional<milliseconds> pause = asked_for(answer, header)) return *pause;
    return growing_pause(again, first_pause, longest_pause);
}

transfer::Whole ask_patiently(const std::string& url, const std::string& client_id, std::size_t most) {
    transfer::Whole answer = ask(url, client_id, most);
    for (int again = 1; again <= most_tries_again && !answer.ok && helps_to_try_again(answer); ++again) {
        std::this_thread::sleep_for(pause_before(again, answer));
        answer = ask(url, client_id, most);
    }
    return answer;
}

std::string without_percents(const std::string& text) {
    int size = 0;
    char* const plain = curl_easy_unescape(nullptr, text.c_str(), static_cast<int>(text.size()), &size);
    if (!plain) return text;
    const std::string found(plain, static_cast<std::size_t>(size));
    curl_free(plain);
    return found;
}

// What is between the last slash and the last dot, without a query.
std::string name_in(const std::string& link) {
    const std::string path = link.substr(0, link.find_first_of("?#"));
    const std::string file = without_percents(path.substr(path.find_last_of('/') + 1));
    const std::size_t dot = file.rfind('.');
    return dot == std::string::npos || dot == 0 ? file : file.substr(0, dot);
}

std::string objection_to(const std::string& name, const std::string& link) {
    if (!transfer::is_url(link)) return std::string("its link is ") + transfer::no_url;
    if (name.empty() || name == "." || name == ".." || name.find('/') != std::string::npos ||
        std::any_of(name.begin(), name.end(), is_control))
        return "its name is no file's name";
    return name.size() > 200 ? "its name is too long" : "";
}

}  // namespace

std::vector<Listed> list_album(const ThumbnailOptions& options) {
    const std::string url = options.host + "/3/album/" + options.album + "/images";
    const transfer::Whole answer = ask_patiently(url, options.client_id, largest_list);
    if (!answer.ok) {
        const std::string error = error_in(answer.body);
        throw NoAlbum(options.host + ": " + answer.why + (error.empty() ? "" : ": " + error));
    }
    std::vector<Listed> album;
    std::set<std::string> names;
    try {
        for (const std::string& link : links_in(answer.body)) {
            const std::string name = name_in(link);
            std::string refused = objection_to(name, link);
            if (refused.empty() && !names.insert(name).second) refused = "another picture of the album has that name";
            album.push_back({one_line(name), link, std::move(refused)});
        }
    } catch (const std::runtime_error& error) {
        throw NoAlbum(options.host + ": " + error.what());
    }
    return album;
}

Downloaded download(const Listed& picture) {
    if (!picture.refused.empty()) return {false, "", picture.refused};
    try {
        transfer::Whole answer = ask_patiently(picture.url, "", largest_picture);
        return {answer.ok, answer.ok ? std::move(answer.body) : "", std::move(answer.why)};
    } catch (const std::bad_alloc&) {
        return {false, "", "there is not enough memory for it"};
    }
}
