// Chapter 8's given code: messages, pictures, both functions, statistics, how a thread is slowed down.
#include "support/processing.hpp"

#include <cmath>

#include "bench/catch.hpp"
#include "config.hpp"
#include "support/processing_json.hpp"
#include "support/slowed.hpp"
#include "support/statistics.hpp"

namespace {

Picture pattern(int width, int height, int channels) {
    Picture picture{width, height, channels, {}};
    for (int i = 0; i < width * height * channels; ++i)
        picture.pixels.push_back(static_cast<std::uint8_t>(i * 37 + i / 7));
    return picture;
}

template <class Read>
std::string complaint(const Read& read) {
    try {
        read();
    } catch (const BadMessage& bad) {
        return bad.what();
    }
    return "";
}

std::string complaint_about(const std::string& request) {
    return complaint([&] { picture_in(request); });
}

bool is_near(double value, double wanted) {
    return std::abs(value - wanted) < 1e-12;
}

}  // namespace

TEST_CASE("a picture that was sent is read back, whatever its size leaves of three bytes") {
    for (const int width : {1, 2, 3, 4, 5, 255}) {
        for (const int channels : {1, 3}) {
            const Picture sent = pattern(width, 3, channels);
            const Picture read = picture_in(request_of(sent));
            CHECK(read.width == width);
            CHECK(read.height == 3);
            CHECK(read.channels == channels);
            CHECK(read.pixels == sent.pixels);
        }
    }
}

TEST_CASE("a number that was sent is read back to the last digit") {
    for (const double result : {0.0, 0.1, 45.3184, 1.0 / 3, 254.99999999999997, 1e-300})
        CHECK(result_in(reply_of(result)) == result);
    CHECK(complaint([] { result_in("{\"result\": \"5\"}"); }) == "result is not a number");
    CHECK(complaint([] { result_in("{\"results\": 5}"); }) == "result is missing");
    CHECK(complaint([] { result_in("<html>"); }) == "not JSON");
    CHECK(complaint([] { result_in("5"); }) == "not a JSON object, but a JSON number");
    CHECK(why_in(error_of("no \"reason\"\n")) == "no \"reason\"?");
    CHECK(why_in("<html>").empty());
    CHECK(why_in("[1]").empty());
}

TEST_CASE("what is wrong with a request is told") {
    const auto request = [](const std::string& width, const std::string& pixels) {
        return "{\"width\": " + width + ", \"height\": 1, \"channels\": 1, \"pixels\": " + pixels + "}";
    };
    CHECK(complaint_about(request("3", "\"AAAA\"")).empty());
    CHECK(complaint_about("") == "not JSON");
    CHECK(complaint_about("{\"width\": 1") == "not JSON");
    CHECK(complaint_about("{\"width\": \"\xff\"}") == "not JSON");
    CHECK(complaint_about("[]") == "not a JSON object, but a JSON array");
    CHECK(complaint_about("{}") == "width is missing");
    CHECK(complaint_about("{\"width\": 1}") == "height is missing");
    for (const char* width : {"0", "-1", "1.5", "16385", "99999999999999999999", "\"3\"", "null", "true"})
        CHECK(complaint_about(request(width, "\"AAAA\"")) == "width is not a whole number from 1 to 16384");
    CHECK(complaint_about("{\"width\": 1, \"height\": 1}") == "channels is missing");
    CHECK(complaint_about("{\"width\": 1, \"height\": 1, \"channels\": 2}") == "channels is neither 1 nor 3");
    CHECK(complaint_about("{\"width\": 1, \"height\": 1, \"channels\": 1}") == "pixels is missing");
    CHECK(complaint_about(request("3", "[1, 2, 3]")) == "pixels is not a text");
    for (const char* pixels : {"\"AAA\"", "\"AA A\"", "\"A=AA\"", "\"!!!!\"", "\"AAAA\\n\""})
        CHECK(complaint_about(request("3", pixels)) == "pixels is not base64");
    CHECK(complaint_about(request("4", "\"AAAA\"")) == "pixels holds 3 bytes, and width x height x channels are 4");
}

TEST_CASE("a picture without edges has none, and is as bright as it is") {
    Picture grey{40, 30, 1, std::vector<std::uint8_t>(1200, 200)};
    CHECK(process1(grey) == 0);
    CHECK(process2(grey) == 200);
    for (int i = 0; i < 600; ++i) grey.pixels[static_cast<std::size_t>(i)] = 0;
    CHECK(process1(grey) > 0);
    CHECK(process2(grey) == 100);
    CHECK(process2({1, 1, 3, {255, 255, 255}}) == 255);
    CHECK(process1({1, 1, 1, {7}}) == 0);
}

TEST_CASE("both functions give the same on every machine, to the last digit") {
    const Picture harbour = read_picture(std::string(kit_root) + "/assets/pictures/harbour_small.png");
    REQUIRE(harbour.width == 320);
    REQUIRE(harbour.height == 240);
    const Picture small = small_grey(harbour);
    CHECK(small.width == 256);
    CHECK(small.height == 192);
    CHECK(small.channels == 1);
    CHECK(process1(small) == 45.6369);
    CHECK(process2(harbour) == 123.284);
}

TEST_CASE("a small picture is never enlarged, a thin one keeps a pixel") {
    CHECK(small_grey(pattern(10, 20, 3)).width == 10);
    CHECK(small_grey(pattern(10, 20, 1)).pixels == pattern(10, 20, 1).pixels);
    const Picture thin = small_grey(pattern(1000, 2, 1));
    CHECK(thin.width == 256);
    CHECK(thin.height == 1);
    CHECK_THROWS_AS(read_picture(kit_root + std::string("/README.md")), std::runtime_error);
    CHECK_THROWS_AS(read_picture("/nowhere.png"), std::runtime_error);
}

TEST_CASE("the deviation is that of a sample, and of one sample it is 0") {
    CHECK(is_near(mean({2, 4, 4, 4, 5, 5, 7, 9}), 5));
    CHECK(is_near(deviation({2, 4, 4, 4, 5, 5, 7, 9}), std::sqrt(32.0 / 7)));
    CHECK(deviation({3}) == 0);
    CHECK(deviation({3, 3, 3}) == 0);
}

// By the thread's own processor clock, so other programs do not matter.
TEST_CASE("slowed work costs so many times the processor time") {
    const double begin = processor_seconds();
    double inside = 0;
    const int result = slowed(5, [&inside] {
        const double from = processor_seconds();
        burn(0.02);
        inside = processor_seconds() - from;
        return 42;
    });
    CHECK(result == 42);
    CHECK(processor_seconds() - begin >= 5 * inside);
}
