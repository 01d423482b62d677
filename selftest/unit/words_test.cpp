#include "bench/words.hpp"

#include "bench/catch.hpp"

TEST_CASE("a hang comes first in a message, and where it was seen after it") {
    CHECK(hang_first("the program hangs: main waits") == "the program hangs: main waits");
    CHECK(hang_first("mode both: the program hangs: main waits") == "the program hangs: main waits (mode both)");
    CHECK(hang_first("a child ended, and the program hangs: main waits") ==
          "the program hangs: main waits (a child ended)");
    CHECK(hang_first("\"Ann 1\" is missing; the program hangs: main waits") ==
          "the program hangs: main waits (\"Ann 1\" is missing)");
    CHECK(hang_first("nothing is printed").find("hang") == std::string::npos);
}
