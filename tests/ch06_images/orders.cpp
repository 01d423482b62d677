// Chapter 6: small albums, in every order in which the threads can take their steps. Each test case is one criterion, run by
// itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/explored.hpp"
#include "bench/lines.hpp"
#include "ch06_images/thumbnailer.hpp"

namespace {

struct SmallAlbum {
    int pictures = 3, connections = 2, workers = 1, queue = 1;
};

// The pictures are those of doubles/album.cpp.
SmallPlan resizing(const SmallAlbum& album, unsigned long budget) {
    SmallPlan plan{.budget = budget, .exit_code = album.pictures > 1 ? 1 : 0};
    plan.arguments = {"--album", std::to_string(album.pictures), "--connections", std::to_string(album.connections)};
    if (is_pipeline()) {
        for (const std::string& word : {std::string("--workers"), std::to_string(album.workers), std::string("--queue"),
                                        std::to_string(album.queue)})
            plan.arguments.push_back(word);
    }
    Words expected;
    for (int i = 1; i <= album.pictures; ++i)
        expected.push_back(std::to_string(i) + (i == 2 ? ": failed: 404 Not Found" : ": 800x600 -> 256x192"));
    const std::string last =
        std::to_string(album.pictures - plan.exit_code) + " of " + std::to_string(album.pictures) + " pictures, ";
    plan.wrong = [expected, last](Words lines) {
        if (lines.empty() || lines.back().rfind(last, 0) != 0)
            return (lines.empty() ? "nothing is printed" : "the last line is " + in_quotes(lines.back())) + ", not \"" +
                   last + "S s\" at the end";
        lines.pop_back();
        return missing_or_extra(lines, expected);
    };
    return plan;
}

}  // namespace

TEST_CASE("is right in whatever order its threads are moved") {
    if (is_pipeline())
        judge_orders({resizing({.pictures = 1, .connections = 1}, 200),
                      resizing({.pictures = 3, .connections = 2, .workers = 1}, 400),
                      resizing({.pictures = 3, .connections = 1, .workers = 2}, 400),
                      resizing({.pictures = 5, .connections = 2, .workers = 1}, 400)},
                     readme_of(0, 0, 6));
    else
        judge_orders(
            {resizing({.pictures = 2, .connections = 2}, 400), resizing({.pictures = 3, .connections = 2}, 400)},
            readme_of(3, 0, 0));
}
