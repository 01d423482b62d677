// The host of pictures, and the clients' half of it: albums, faults, and who is asked again.
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/contain/child.hpp"
#include "ground/file.hpp"
#include "support/album.hpp"
#include "support/decode.hpp"
#include "support/server.hpp"
#include "support/thumbnail.hpp"
#include "support/transfer.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path albums = fs::path(kit_root) / "assets/albums";

Server host(std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"--albums", albums.string(), "--more", (albums / "none").string()});
    return Server(fs::path(kit_build) / "labs/support/image_host", Server::Port::any, arguments);
}

ThumbnailOptions asking(const Server& server, const std::string& out = "") {
    ThumbnailOptions options;
    options.host = server.url();
    options.client_id = "concurrency-lab-kit";
    options.out = out;
    return options;
}

Listed at(const Server& server, const std::string& file) {
    return {"a picture", server.url() + "/i/harbour/" + file, ""};
}

// What the host answers to the client that it knows, without a second try.
transfer::Whole raw(const std::string& url) {
    const transfer::Handle handle = transfer::start(url);
    curl_slist* const headers = curl_slist_append(nullptr, "Authorization: Client-ID concurrency-lab-kit");
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers);
    transfer::Whole answer = transfer::receive(handle.get());
    curl_slist_free_all(headers);
    return answer;
}

std::string refusal(const ThumbnailOptions& options) {
    try {
        list_album(options);
    } catch (const NoAlbum& why) {
        return std::string(why.what()).substr(options.host.size());
    }
    return "none";
}

}  // namespace

TEST_CASE("an album is listed in order, and each of its pictures comes whole") {
    const Server server = host();
    const std::vector<Listed> album = list_album(asking(server));
    REQUIRE(album.size() == 42);
    CHECK(album.front().name == "harbour_01");
    for (const Listed& picture : album) {
        const Downloaded downloaded = download(picture);
        CAPTURE(picture.name, downloaded.why);
        REQUIRE(downloaded.ok);
        CHECK(decoded(downloaded.bytes, {0}).size() > 0);
    }
}

TEST_CASE("who may not have an album is told why, in the host's words") {
    const Server server = host();
    ThumbnailOptions options = asking(server);
    options.album = "nowhere";
    CHECK(refusal(options) == ": 404 Not Found: Unable to find an album with the id, nowhere");
    options.album = "../albums/harbour";
    CHECK(refusal(options).find("404 Not Found") != std::string::npos);
    options = asking(server);
    options.client_id = "somebody else";
    CHECK(refusal(options) == ": 403 Forbidden: The client_id is invalid");
    options.client_id = "";
    CHECK(refusal(options) == ": 401 Unauthorized: Authentication required");
}

TEST_CASE("an album is told in the service's form, with how many requests are left") {
    const Server server = host();
    const transfer::Whole first = raw(server.url() + "/3/album/harbour/images");
    const auto answer = nlohmann::json::parse(first.body);
    CHECK(answer.at("success") == true);
    CHECK(answer.at("status") == 200);
    const std::string bytes = read_file(albums / "harbour/harbour_32.png");
    const Picture whole = decoded(bytes);
    CHECK(answer.at("data").at(31) == nlohmann::json{{"id", "harbour_32"},
                                                     {"link", server.url() + "/i/harbour/harbour_32.png"},
                                                     {"type", "image/png"},
                                                     {"width", whole.width},
                                                     {"height", whole.height},
                                                     {"size", bytes.size()}});
    const auto number = [](const transfer::Whole& answered, const char* field) {
        return std::stoi(answered.head.fields.at(field));
    };
    CHECK(number(first, "x-ratelimit-userlimit") == number(first, "x-ratelimit-userremaining") + 1);
    CHECK(number(first, "x-ratelimit-userreset") > 0);
    const transfer::Whole second = raw(server.url() + "/3/album/harbour/images");
    CHECK(number(second, "x-ratelimit-userremaining") == number(first, "x-ratelimit-userremaining") - 1);
}

TEST_CASE("errors have the service's two shapes") {
    const Server server = host({"--fail", "harbour_05=429"});
    const transfer::Whole away = raw(server.url() + "/3/album/nowhere/images");
    CHECK(nlohmann::json::parse(away.body) ==
          nlohmann::json::parse(R"({"data": {"error": "Unable to find an album with the id, nowhere",
                                             "request": "/3/album/nowhere/images", "method": "GET"},
                                    "success": false, "status": 404})"));
    const transfer::Whole busy = raw(at(server, "harbour_05.jpg").url);
    CHECK(busy.head.status == 429);
    CHECK(busy.head.fields.at("x-ratelimit-userremaining") == "0");
    const auto error = nlohmann::json::parse(busy.body).at("errors").at(0);
    CHECK(error.at("code") == "429");
    for (const char* field : {"id", "status", "detail"}) CHECK(error.at(field).is_string());
}

TEST_CASE("faults that there are not are refused") {
    for (const char* words : {"harbour_01", "=404", "harbour_01=", "harbour_01=418", "harbour_01=429*",
                              "harbour_01=429*0", "harbour_01=429*x", "harbour_01=404*2"}) {
        Child child({(fs::path(kit_build) / "labs/support/image_host").string(), "--port", "0", "--fail", words},
                    plain_environment(), Child::Out::pipe);
        CAPTURE(words);
        CHECK(child.wait() == Ending{false, 2});
        CHECK(child.errors().find("truncate, empty, 404, html, 429, 500 or drop") != std::string::npos);
    }
}

TEST_CASE("a picture that fails, fails with its reason") {
    const Server server = host({"--fail", "harbour_01=404", "--fail", "harbour_02=html", "--fail", "harbour_03=empty",
                                "--fail", "harbour_04=truncate", "--fail", "harbour_05=429*2", "--fail",
                                "harbour_06=500*1", "--fail", "harbour_07=drop*3", "--fail", "harbour_08=drop"});
    const Folder folder;
    const auto result = [&](const std::string& name) {
        const Listed picture{name, at(server, name + ".jpg").url, ""};
        return make_thumbnail(picture, download(picture), asking(server, folder.path().string())).text;
    };
    CHECK(result("harbour_01") == "failed: 404 Not Found");
    CHECK(result("harbour_02") == "failed: neither PNG, JPEG, BMP nor binary PPM or PGM");
    CHECK(result("harbour_03") == "failed: neither PNG, JPEG, BMP nor binary PPM or PGM");
    CHECK(result("harbour_04") == "failed: the file ends before its picture does");
    CHECK(result("harbour_05") == "768x1024 -> 256x341");
    CHECK(result("harbour_06") == "1200x800 -> 256x171");
    CHECK(result("harbour_07") == "800x1200 -> 256x384");
    CHECK(result("harbour_08") == "failed: the server hung up without an answer");
    CHECK_FALSE(fs::exists(folder.path() / "harbour_01.png"));
    CHECK(decoded(read_file(folder.path() / "harbour_05.png")).width == 256);
}

TEST_CASE("a thumbnail takes an older one's place, and leaves nothing beside it") {
    const Server server = host();
    const Folder folder;
    write_file(folder.path() / "one.png", "an older one");
    const Listed picture{"one", at(server, "harbour_40.png").url, ""};
    CHECK(make_thumbnail(picture, download(picture), asking(server, folder.path().string())).text == "1x900 -> 1x900");
    CHECK(decoded(read_file(folder.path() / "one.png")).height == 900);
    CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("a thumbnail that cannot be written fails alone") {
    const Server server = host();
    const Listed picture{"one", at(server, "harbour_01.jpg").url, ""};
    const Result result = make_thumbnail(picture, download(picture), asking(server, "/nonexistent"));
    CHECK_FALSE(result.ok);
    CHECK(result.text == "failed: cannot be written: No such file or directory");
}
