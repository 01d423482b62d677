// A host of pictures, in the form of Imgur's API, version 3 (https://apidocs.imgur.com):
//
//   GET /3/album/harbour/images   what is in the album, for a client that says Authorization: Client-ID ...
//   GET /i/harbour/harbour_01.jpg one of its pictures, for any client
//
// It can be slow, and it can fail: --latency, --rate and --fail. One thread serves all clients (http_service.hpp).
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support/http_service.hpp"
#include "support/options.hpp"
#include "support/reason_phrase.hpp"
#include "support/servers/albums.hpp"
#include "support/servers/faults.hpp"

namespace {

using nlohmann::json;

constexpr int user_limit = 500;      // of API requests an hour, for each client
constexpr int seconds_to_reset = 2;  // told with a 429: short, for a lesson
constexpr const char* known_client = "concurrency-lab-kit";

struct Hosting {
    std::vector<std::filesystem::path> folders;
    Duration latency{0};
    std::int64_t rate = 0;
    Faults faults;
    int remaining = user_limit;
};

Reply with_json(int status, const json& content) {
    Reply reply;
    reply.status = status;
    reply.type = "application/json";
    reply.body = content.dump();
    return reply;
}

// As the service itself tells an error.
Reply refused(int status, const std::string& why, const Request& request) {
    return with_json(status, {{"data", {{"error", why}, {"request", request.path}, {"method", request.method}}},
                              {"success", false},
                              {"status", status}});
}

// As the gateway in front of it tells one.
Reply turned_away(int status, const std::string& detail) {
    const json error = {{"id", "0"},
                        {"code", std::to_string(status)},
                        {"status", std::string(reason_phrase(status))},
                        {"detail", detail}};
    return with_json(status, {{"errors", json::array({error})}});
}

Reply too_many(Hosting& hosting) {
    Reply reply = turned_away(429, "too many requests");
    reply.headers = {{"x-ratelimit-userlimit", std::to_string(user_limit)},
                     {"x-ratelimit-userremaining", "0"},
                     {"x-ratelimit-userreset", std::to_string(seconds_to_reset)}};
    hosting.remaining = user_limit;
    return reply;
}

Reply album_of(Hosting& hosting, const Request& request, const std::string& id) {
    const std::string wanted = "Client-ID ";
    if (request.authorization.rfind(wanted, 0) != 0) return refused(401, "Authentication required", request);
    if (request.authorization.substr(wanted.size()) != known_client)
        return refused(403, "The client_id is invalid", request);
    if (hosting.remaining == 0) return too_many(hosting);
    --hosting.remaining;
    const std::vector<HostedPicture> album = album_in(hosting.folders, id);
    if (album.empty()) return refused(404, "Unable to find an album with the id, " + id, request);
    json data = json::array();
    for (const HostedPicture& picture : album)
        data.push_back({{"id", picture.name},
                        {"link", "http://" + request.host + "/i/" + id + "/" + picture.file},
                        {"type", picture.type},
                        {"width", picture.width},
                        {"height", picture.height},
                        {"size", picture.size}});
    Reply reply = with_json(200, {{"data", data}, {"success", true}, {"status", 200}});
    reply.headers = {{"x-ratelimit-userlimit", std::to_string(user_limit)},
                     {"x-ratelimit-userremaining", std::to_string(hosting.remaining)},
                     {"x-ratelimit-userreset", std::to_string(seconds_to_reset)}};
    return reply;
}

Reply page(int status, const std::string& text) {
    Reply reply;
    reply.status = status;
    reply.type = "text/html; charset=utf-8";
    reply.body = "<!DOCTYPE html><title>" + text + "</title><h1>" + text + "</h1>\n";
    return reply;
}

Reply picture(Hosting& hosting, const std::string& id, const std::string& name) {
    const std::filesystem::path file = picture_in(hosting.folders, id, name);
    if (file.empty()) return page(404, "Not Found");
    const std::string fault = hosting.faults.next(file.stem().string());
    if (fault == "404") return page(404, "Not Found");
    if (fault == "500") return page(500, "Internal Server Error");
    if (fault == "html") return page(200, "Over capacity");
    if (fault == "429") return too_many(hosting);
    Reply reply;
    reply.type = type_of(file);
    reply.hang_up = fault == "drop";
    reply.body = fault == "empty" ? "" : bytes_of(file);
    if (fault == "truncate") reply.body.resize(reply.body.size() / 2);
    return reply;
}

Reply reply_to(Hosting& hosting, const Request& request) {
    const auto between = [&](const std::string& before, const std::string& behind) -> std::string {
        const std::string& path = request.path;
        const std::size_t around = before.size() + behind.size();
        const bool is_it = path.size() > around && path.rfind(before, 0) == 0 &&
                           path.compare(path.size() - behind.size(), behind.size(), behind) == 0;
        return is_it ? path.substr(before.size(), path.size() - around) : "";
    };
    if (request.method != "GET") return refused(405, "GET alone is answered", request);
    if (const std::string id = between("/3/album/", "/images"); !id.empty()) return album_of(hosting, request, id);
    const std::string rest = between("/i/", "");
    if (const std::size_t slash = rest.find('/'); slash != std::string::npos)
        return picture(hosting, rest.substr(0, slash), rest.substr(slash + 1));
    return refused(404, "Unknown request", request);
}

}  // namespace

int main(int argc, char** argv) {
    ServiceOptions service;
    service.port = 8060;
    Hosting hosting;
    std::string albums = "assets/albums", more = "build/albums";
    Options flags("serves the albums of a folder as Imgur would");
    service.add_flags(flags);
    flags.text("--albums", albums, "a folder of albums");
    flags.text("--more", more, "another such folder, whose pictures belong to the same albums");
    flags.duration("--latency", hosting.latency, {Duration(0), std::chrono::minutes(1)}, "before each answer");
    flags.count("--rate", hosting.rate, {0, 1'000'000'000}, "bytes per second for each connection; 0: no limit");
    flags.texts(
        "--fail", "NAME=FAULT", [&](const std::string& words) { hosting.faults.add(words); },
        "what goes wrong with a picture: truncate, empty, 404, html, 429, 500, drop; =429*2: the first 2 times. May be "
        "given more than once");
    flags.example("--latency 100ms --fail harbour_03=404 --fail harbour_07=429*2");
    flags.parse(argc, argv);
    hosting.folders = {albums, more};
    return run_service(service, [&](const Request& request, const Answer& answer) {
        Reply reply = reply_to(hosting, request);
        reply.delay = hosting.latency;
        if (hosting.rate > 0)
            reply.delay += Duration(static_cast<std::int64_t>(1e9 * static_cast<double>(reply.body.size()) /
                                                              static_cast<double>(hosting.rate)));
        answer(std::move(reply));
    });
}
