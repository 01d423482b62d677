// What the given code of chapter 6 owes a host of pictures, and what it does not believe it: thumbnails_sequential on the
// stage, where pauses are held, not slept.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "ground/file.hpp"
#include "support/encode.hpp"

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

const std::string wholly = "HTTP/1.1 200 OK\r\nContent-Length: ";

std::string small_picture() {
    return png_of({1, 1, 1, {77}});
}

bool is_for_album(const HttpRequest& request) {
    return request.path.rfind("/3/", 0) == 0;
}

// Whatever the host says of the status, with further header lines.
std::string refusal(int status, const std::string& headers = "") {
    return "HTTP/1.1 " + std::to_string(status) + " No\r\nContent-Length: 0\r\n" + headers + "\r\n";
}

// The program, its host and its folders. Pictures have these links, those that begin with / at the host itself; it
// answers with what `picture` says, or, for "", hangs up.
class Sequential {
  public:
    using Answering = std::function<std::string(const HttpRequest&)>;

    Sequential(const std::vector<std::string>& links, Answering picture) {
        std::string data;
        for (const std::string& link : links)
            data += (data.empty() ? "" : ",") + std::string(R"({"link":")") +
                    (link.rfind('/', 0) == 0 ? world.url(link) : link) + R"("})";
        const std::string list = R"({"data":[)" + data + "]}";
        const Answering album = [list](const HttpRequest&) {
            return wholly + std::to_string(list.size()) + "\r\n\r\n" + list;
        };
        start(album, std::move(picture));
    }
    explicit Sequential(Answering album) { start(std::move(album), {}); }

    // How long each pause was to be, to the program's end.
    std::vector<Nanoseconds> pauses() {
        std::vector<Nanoseconds> all;
        while (program->settle() == Rest::standstill && !program->asleep().empty()) {
            all.push_back(program->asleep().front().asked);
            program->wake(program->asleep().front());
        }
        return all;
    }
    std::size_t times_asked(const std::string& path) const {
        const auto& requests = world.requests();
        return static_cast<std::size_t>(std::count_if(
            requests.begin(), requests.end(), [&](const HttpRequest& request) { return request.path == path; }));
    }
    std::set<std::string> thumbnails() const {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(out())) names.insert(entry.path().filename().string());
        return names;
    }
    fs::path out() const { return folder.path() / "within" / "out"; }

    Folder folder;
    World world;
    std::optional<Program> program;

  private:
    void start(Answering album, Answering picture) {
        folder.write("in/config.txt", "client_id=a-client\n");
        fs::create_directories(out());
        world.serve([album = std::move(album), picture = std::move(picture)](World& host, const HttpRequest& request) {
            const std::string bytes = is_for_album(request) ? album(request) : picture(request);
            if (bytes.empty()) return host.reset(request);
            host.send(request, bytes);
            host.finish(request);
        });
        const Shared in{folder.path() / "in", "/in"}, within{folder.path() / "within", "/within", true};
        const Lines arguments = {"--host",   world.url(""),
                                 "--album",  "an-album",
                                 "--config", place_of(in) + "/config.txt",
                                 "--out",    place_of(within) + "/out"};
        program.emplace(fs::path(kit_build) / "labs/ch06_images/thumbnails_sequential", arguments,
                        Setting{.shared = {in, within}, .world = &world});
    }
};

std::string whole_picture(const HttpRequest&) {
    const std::string picture = small_picture();
    return wholly + std::to_string(picture.size()) + "\r\n\r\n" + picture;
}

// Of a picture that is answered in this way each time.
std::vector<Nanoseconds> pauses_after(const std::string& answer) {
    Sequential asking({"/i/a.png"}, [&](const HttpRequest&) { return answer; });
    return asking.pauses();
}

bool are_usual(const std::vector<Nanoseconds>& pauses) {
    if (pauses.size() != 3) return false;
    Nanoseconds usual = 250ms;
    for (const Nanoseconds pause : pauses) {
        if (pause < usual / 2 || pause > usual * 3 / 2) return false;
        usual *= 2;
    }
    return true;
}

}  // namespace

TEST_CASE("a host is told who asks for an album, and nobody is who asks for a picture") {
    Sequential asking({"/i/a.png"}, whole_picture);
    CHECK(asking.pauses().empty());
    CHECK(asking.program->ending() == Ending{false, 0});
    REQUIRE(asking.world.requests().size() == 2);
    const HttpRequest &album = asking.world.requests()[0], &picture = asking.world.requests()[1];
    CHECK(album.path == "/3/album/an-album/images");
    CHECK(album.head.find("\r\nAuthorization: Client-ID a-client\r\n") != std::string::npos);
    CHECK(picture.path == "/i/a.png");
    CHECK(picture.head.find("Authorization") == std::string::npos);
}

TEST_CASE("a picture's name is its link's file without the ending, where that is a file's name") {
    const std::string long_one(200, 'x');
    Sequential asking({"/i/a.b.png?size=9.9#c/d", "/i/.hidden", "/i/J%C3%A4ger%20und%20Hund.jpeg", "/i/plain",
                       "/i/" + long_one + ".png", "/other/a.b.jpg"},
                      whole_picture);
    asking.pauses();
    const Lines lines = asking.program->lines();
    REQUIRE(lines.size() == 7);
    CHECK(lines[0] == "a.b: 1x1 -> 1x1");
    CHECK(lines[5] == "a.b: failed: another picture of the album has that name");
    CHECK(lines[6].rfind("5 of 6 pictures, ", 0) == 0);
    CHECK(asking.thumbnails() ==
          std::set<std::string>{"a.b.png", ".hidden.png", "J\xc3\xa4ger und Hund.png", "plain.png", long_one + ".png"});
    CHECK(asking.times_asked("/other/a.b.jpg") == 0);
    CHECK(asking.program->ending() == Ending{false, 1});
}

TEST_CASE("what is no file's name, or no link, is not asked for, and nothing is written elsewhere") {
    const Lines bad = {"/i/..%2F..%2Fout.png",
                       "/i/%2Fetc%2Fpasswd.png",
                       "/i/..",
                       "/i/...",
                       "/i/.",
                       "/i/%2E%2E",
                       "/i/",
                       "/i/?x=a.png",
                       "/i/a%00b.png",
                       "/i/a%0Ab.png",
                       "/i/" + std::string(201, 'x'),
                       "",
                       "ftp://127.0.0.1/a.png",
                       "file:///etc/passwd",
                       "nonsense"};
    Sequential asking(bad, whole_picture);
    asking.pauses();
    const Lines lines = asking.program->lines();
    REQUIRE(lines.size() == bad.size() + 1);
    for (std::size_t i = 0; i < bad.size(); ++i) {
        CAPTURE(bad[i], lines[i]);
        CHECK(lines[i].find(": failed: its ") != std::string::npos);
    }
    CHECK(asking.world.requests().size() == 1);  // for the album
    CHECK(asking.thumbnails().empty());
    CHECK(std::distance(fs::directory_iterator(asking.out().parent_path()), fs::directory_iterator()) == 1);
    CHECK(asking.program->ending() == Ending{false, 1});
}

TEST_CASE("a host that does not say how long to pause is given more time each time, and never the same") {
    const std::vector<Nanoseconds> once = pauses_after(refusal(503)), again = pauses_after(refusal(503));
    CHECK(are_usual(once));
    CHECK(are_usual(again));
    CHECK(once != again);
}

TEST_CASE("a pause is as long as the host asks, up to 30 s, where it says so in seconds") {
    const auto thrice = [](Nanoseconds pause) { return std::vector<Nanoseconds>(3, pause); };
    CHECK(pauses_after(refusal(429, "Retry-After: 3\r\n")) == thrice(3s));
    CHECK(pauses_after(refusal(503, "retry-after:0.5\r\n")) == thrice(500ms));
    CHECK(pauses_after(refusal(429, "X-RateLimit-UserReset: 2\r\n")) == thrice(2s));
    CHECK(pauses_after(refusal(429, "x-ratelimit-userreset: 9\r\nRetry-After: 4\r\n")) == thrice(4s));
    CHECK(pauses_after(refusal(429, "Retry-After: 86400\r\n")) == thrice(30s));
    for (const char* nonsense : {"soon", "Fri, 31 Dec 1999 23:59:59 GMT", "-5", "nan", ""}) {
        CAPTURE(nonsense);
        CHECK(are_usual(pauses_after(refusal(429, std::string("Retry-After: ") + nonsense + "\r\n"))));
    }
}

TEST_CASE("a picture is asked for again where that may help, and then three times") {
    const std::map<std::string, std::size_t> times = {{"429", 4},  {"500", 4},  {"502", 4}, {"503", 4}, {"599", 4},
                                                      {"drop", 4}, {"part", 4}, {"301", 1}, {"400", 1}, {"401", 1},
                                                      {"403", 1},  {"404", 1},  {"410", 1}, {"html", 1}};
    Lines links;
    for (const auto& [name, count] : times) links.push_back("/" + name);
    Sequential asking(links, [](const HttpRequest& request) -> std::string {
        const std::string name = request.path.substr(1);
        if (name == "drop") return "";
        if (name == "part") return wholly + "1000\r\n\r\nabc";
        if (name == "html") return wholly + "6\r\n\r\n<html>";
        return refusal(std::stoi(name));
    });
    asking.pauses();
    for (const auto& [name, count] : times) {
        CAPTURE(name);
        CHECK(asking.times_asked("/" + name) == count);
    }
    CHECK(asking.program->lines().back().rfind("0 of 14 pictures, ", 0) == 0);
}

TEST_CASE("a picture that comes at the third try again is one") {
    std::size_t asked = 0;
    Sequential asking({"/i/a.png"},
                      [&](const HttpRequest& request) { return ++asked <= 3 ? refusal(500) : whole_picture(request); });
    CHECK(are_usual(asking.pauses()));
    CHECK(asking.program->lines().front() == "a: 1x1 -> 1x1");
    CHECK(asking.program->ending() == Ending{false, 0});
}

TEST_CASE("an album is asked for as patiently, and then told why there is none") {
    const auto failing = [](const std::string& answer) {
        auto asking = std::make_unique<Sequential>([=](const HttpRequest&) { return answer; });
        asking->pauses();
        CHECK(asking->program->ending() == Ending{false, 1});
        CHECK(asking->program->lines().empty());
        return asking;
    };
    const auto with = [](const std::string& status, const std::string& body) {
        return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    };
    const std::string path = "/3/album/an-album/images", program = "thumbnails_sequential: ";
    auto asking = failing(with("429 Too Many Requests", R"({"errors":[{"detail":"slow down","code":"429"}]})"));
    CHECK(asking->times_asked(path) == 4);
    CHECK(asking->program->errors() == program + asking->world.url("") + ": 429 Too Many Requests: slow down\n");
    asking = failing(with("403 Forbidden", R"({"data":{"error":"who are you","request":"/3","method":"GET"}})"));
    CHECK(asking->times_asked(path) == 1);
    CHECK(asking->program->errors() == program + asking->world.url("") + ": 403 Forbidden: who are you\n");
    asking = failing(with("200 OK", "<html>over capacity</html>"));
    CHECK(asking->program->errors() ==
          program + asking->world.url("") + ": the answer is no album: there is no list \"data\" in it\n");
    asking = failing("");
    CHECK(asking->times_asked(path) == 4);
}

TEST_CASE("more than 64 MiB is no picture: it fails alone, and at once") {
    constexpr std::size_t most = 64 << 20;
    Sequential asking({"/large", "/i/a.png"}, [](const HttpRequest& request) {
        return request.path == "/large" ? "HTTP/1.1 200 OK\r\n\r\n" + std::string(most + 1, 'x')
                                        : whole_picture(request);
    });
    CHECK(asking.pauses().empty());
    const Lines lines = asking.program->lines();
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == "large: failed: larger than 67108864 bytes");
    CHECK(lines[1] == "a: 1x1 -> 1x1");
    CHECK(asking.times_asked("/large") == 1);
}
