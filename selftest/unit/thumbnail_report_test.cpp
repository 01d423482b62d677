// What chapter 6's programs print, and what they show meanwhile on a terminal.
#include "support/thumbnail_report.hpp"

#include <algorithm>
#include <string>

#include "bench/catch.hpp"
#include "shown.hpp"

namespace {

// Three pictures, one of which fails. The program's exit code.
int report_three() {
    ThumbnailReport report(3);
    report.add("a", {true, "2x2 -> 1x1"});
    report.add("b", {false, "failed: 404 Not Found"});
    report.add("c", {true, "1x1 -> 1x1"});
    return report.finish();
}

// The seconds are whatever they are.
std::string without_seconds(const std::string& lines) {
    return lines.substr(0, lines.rfind(", ") + 2);
}

const std::string three = "a: 2x2 -> 1x1\nb: failed: 404 Not Found\nc: 1x1 -> 1x1\n2 of 3 pictures, ";

}  // namespace

TEST_CASE("a line for each picture, one for all, and exit code 1 where one failed") {
    const Shown shown = shown_by(report_three, false);
    CHECK(without_seconds(shown.lines) == three);
    CHECK(shown.terminal.empty());
    CHECK(shown.exit_code == 1);
    CHECK(shown_by([] { return ThumbnailReport(0).finish(); }, false).exit_code == 0);
    CHECK(shown_by([] { return ThumbnailReport(1).finish(); }, false).exit_code == 1);
}

TEST_CASE(
    "on a terminal it is shown how many there are of how many, how fast, and for how long still; in the end nothing") {
    const Shown shown = shown_by(report_three, true);
    CHECK(without_seconds(shown.lines) == three);
    const std::string& text = shown.terminal;
    CAPTURE(text);
    const std::size_t none = text.find("0 of 3"), one = text.find("1 of 3, "), two = text.find("2 of 3, ");
    REQUIRE(two < text.size());
    CHECK(none < one);
    CHECK(one < two);
    CHECK(text.find(" pictures a second, ", two) < text.size());
    CHECK(text.find(" s left", two) < text.size());
    CHECK(text.find("3 of 3") == text.npos);
    const std::string wiped = "\r\x1b[K";
    CHECK(text.rfind(wiped) == text.size() - wiped.size());
}
