// Albums over TLS: from a real server, with a certificate made for the test.
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "grader/contain/child.hpp"
#include "ground/file.hpp"
#include "support/album.hpp"
#include "support/thumbnail.hpp"

namespace {

const std::string picture = std::string(kit_root) + "/assets/albums/harbour/harbour_08.jpg";

std::vector<std::string> environment() {
    const char* const path = std::getenv("PATH");
    return {std::string("PATH=") + (path ? path : "/usr/bin:/bin")};
}

bool openssl(const std::vector<std::string>& arguments, const std::string& folder = "") {
    std::vector<std::string> command = {"openssl"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    try {
        Child child(command, environment(), Child::Out::pipe, -1, folder);
        return child.wait() == Ending{false, 0};
    } catch (const std::system_error&) {
        return false;  // it is not there
    }
}

std::string answer(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

// Who says that it is 127.0.0.1, and nobody vouches for it. Its answers lie in files.
class Host {
  public:
    Host() {
        REQUIRE(openssl({"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=a host", "-days", "2",
                         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "certificate.pem"},
                        folder_.path().string()));
        server_.emplace(std::vector<std::string>{"openssl", "s_server", "-accept", "127.0.0.1:0", "-HTTP", "-key",
                                                 "key.pem", "-cert", "certificate.pem"},
                        environment(), Child::Out::pipe, -1, folder_.path().string());
        const std::string greeting = "ACCEPT 127.0.0.1:";
        while (port_.empty()) {
            REQUIRE_FALSE(server_->ended().has_value());
            if (!server_->read_output()) usleep(1000);
            const std::string& out = server_->out();
            const std::size_t begin = out.find(greeting), end = out.find('\n', begin);
            if (end < out.size()) port_ = out.substr(begin + greeting.size(), end - begin - greeting.size());
        }
        folder_.write("3/album/harbour/images",
                      answer(R"({"data": [{"link": ")" + url("127.0.0.1") + R"(/i/one.jpg"}], "success": true})"));
        folder_.write("i/one.jpg", answer(read_file(picture)));
    }
    std::string url(const std::string& name) const { return "https://" + name + ":" + port_; }
    std::string certificate() const { return (folder_.path() / "certificate.pem").string(); }
    std::string out() const { return folder_.path().string(); }

  private:
    Folder folder_;
    std::optional<Child> server_;
    std::string port_;
};

// For as long as the object lives; no other thread may look at the environment then.
class Trusting {
  public:
    explicit Trusting(const std::string& file) { setenv("SSL_CERT_FILE", file.c_str(), 1); }
    ~Trusting() { unsetenv("SSL_CERT_FILE"); }
    Trusting(const Trusting&) = delete;
    Trusting& operator=(const Trusting&) = delete;
};

ThumbnailOptions asking(const std::string& url) {
    ThumbnailOptions options;
    options.host = url;
    options.client_id = "somebody";
    return options;
}

bool has_openssl() {
    if (openssl({"version"})) return true;
    WARN("there is no command openssl here: https is not tested");
    return false;
}

}  // namespace

TEST_CASE("an album comes over https from a host whose certificate is trusted") {
    if (!has_openssl()) return;
    const Host host;
    const Trusting trusting(host.certificate());
    ThumbnailOptions options = asking(host.url("127.0.0.1"));
    options.out = host.out();
    const std::vector<Listed> album = list_album(options);
    REQUIRE(album.size() == 1);
    CHECK(album[0].url == host.url("127.0.0.1") + "/i/one.jpg");
    const Downloaded downloaded = download(album[0]);
    CAPTURE(downloaded.why);
    CHECK(downloaded.bytes == read_file(picture));
    CHECK(make_thumbnail(album[0], downloaded, options).ok);
}

TEST_CASE("a host whose certificate nobody trusts is refused, and so is one under another's name") {
    if (!has_openssl()) return;
    const Host host;
    const auto refusal = [](const std::string& url) -> std::string {
        try {
            list_album(asking(url));
        } catch (const NoAlbum& why) {
            return why.what();
        }
        return "none";
    };
    const std::string untrusted = "its certificate is not trusted";
    CHECK(refusal(host.url("127.0.0.1")) == host.url("127.0.0.1") + ": " + untrusted);
    const Downloaded downloaded = download({"one", host.url("127.0.0.1") + "/i/one.jpg", ""});
    CHECK_FALSE(downloaded.ok);
    CHECK(downloaded.why == untrusted);

    const Trusting trusting(host.certificate());
    CHECK(refusal(host.url("localhost")) == host.url("localhost") + ": " + untrusted);
}
