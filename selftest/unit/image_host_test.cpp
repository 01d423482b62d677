// The host of pictures, and the clients' half of it: albums, faults, and who is asked again.
#include <filesystem>
#include <fstream>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "ground/file.hpp"
#include "support/album.hpp"
#include "support/decode.hpp"
#include "support/server.hpp"
#include "support/thumbnail.hpp"

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
