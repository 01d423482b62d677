// The manifest: what it selects, and that a mistake in it is told with file and entry.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "bench/catch.hpp"
#include "ground/manifest.hpp"

namespace {

namespace fs = std::filesystem;

// A manifest's file, as long as the object lives.
class File {
  public:
    explicit File(const std::string& text)
        : path_(fs::temp_directory_path() / ("manifest_test." + std::to_string(getpid()) + ".json")) {
        std::ofstream(path_) << text;
    }
    ~File() { fs::remove(path_); }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

Manifest read(const std::string& text) {
    return read_manifest(File(text).path());
}

// What read_manifest complains about; empty where it does not.
std::string complaint(const std::string& text) {
    try {
        read(text);
        return "";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string with_programs(const std::string& programs) {
    return R"({"chapters": [{"id": "ch01_countdown", "title": "Countdown", "programs": [)" + programs +
           R"(], "questions": [{"number": "1", "points": 2}]}]})";
}

std::string exercise(const std::string& name, const std::string& criteria) {
    return R"({"name": ")" + name + R"(", "kind": "exercise", "summary": "s", "criteria": [)" + criteria + "]}";
}

const std::string given = R"({"name": "in_turn", "kind": "given", "summary": "one after the other"})";
const std::string together = exercise("together", R"({"name": "both count", "points": 3, "gate": true},
                                                    {"name": "joins", "points": 2})");
const std::string whole = with_programs(given + "," + together);

}  // namespace

TEST_CASE("a manifest holds chapters, programs, criteria and questions") {
    const Manifest manifest = read(whole);
    REQUIRE(manifest.chapters.size() == 1);
    const ChapterEntry& chapter = manifest.chapters[0];
    CHECK(chapter.number() == "ch01");
    CHECK(chapter.answers() == "answers/ch01.md");
    REQUIRE(chapter.programs.size() == 2);
    CHECK_FALSE(chapter.programs[0].exercise);
    CHECK(chapter.programs[1].points() == 5);
    CHECK(chapter.programs[1].criteria[0].gate);
    CHECK(chapter.source_of(chapter.programs[1]) == "labs/ch01_countdown/together.cpp");
    CHECK(chapter.questions[0].points == 2);
}

TEST_CASE("a manifest selects all, a chapter, or a program") {
    const Manifest manifest = read(whole);
    CHECK(manifest.select("").size() == 1);
    CHECK(manifest.select("ch01")[0].programs.size() == 2);
    CHECK(manifest.select("ch01_countdown")[0].programs.size() == 2);
    REQUIRE(manifest.select("together").size() == 1);
    CHECK(manifest.select("together")[0].programs.size() == 1);
    CHECK(manifest.select("nothing").empty());
    CHECK(manifest.known_names() == "ch01, in_turn and together");
    CHECK(manifest.program_names(true) == std::vector<std::string>{"together"});
}

TEST_CASE("a manifest says how to draw a chapter's table") {
    const std::string text = whole.substr(0, whole.size() - 3) +
                             R"(, "plot": {"program": "together", "title": "What it costs",
                                "unit": "ns", "label": "how", "value": "seconds", "per": "count",
                                "scale": 1e9, "why": {"alone": "nobody else is there"}}}]})";
    const Manifest manifest = read(text);
    REQUIRE(manifest.chapters[0].plot);
    const ChartEntry& chart = *manifest.chapters[0].plot;
    CHECK(chart.per == "count");
    CHECK(chart.scale > 0.99e9);
    CHECK(chart.why.at("alone") == "nobody else is there");
    CHECK_FALSE(read(whole).chapters[0].plot);

    CHECK_FALSE(chart.is_speedup);
    const auto of_kind = [&text](const std::string& kind) {
        std::string changed = text;
        return changed.insert(changed.find(R"("title": "What)"), R"("kind": ")" + kind + R"(", )");
    };
    CHECK(read(of_kind("speedup")).chapters[0].plot->is_speedup);
    CHECK(contains(complaint(of_kind("pie")), R"(must be "bars" or "speedup", not "pie")"));

    const std::string of_nothing =
        whole.substr(0, whole.size() - 3) +
        R"(, "plot": {"program": "alone", "title": "t", "unit": "u", "label": "l", "value": "v"}}]})";
    CHECK(contains(complaint(of_nothing), "alone, which is no program"));
}

TEST_CASE("a manifest says over which links a demo runs") {
    const auto with = [](const std::string& server, const std::string& plot) {
        return whole.substr(0, whole.size() - 3) + plot + R"(, "crossover": {"server": ")" + server +
               R"(", "slowdown": 4, "image": "a.png", "arguments": [], "rates": ["1M"], "fast_rates": []}}]})";
    };
    const std::string plot =
        R"(, "plot": {"program": "together", "title": "t", "unit": "u", "label": "l", "value": "v", "error": "e"})";
    const Manifest manifest = read(with("in_turn", plot));
    REQUIRE(manifest.chapters[0].crossover);
    CHECK(manifest.chapters[0].crossover->slowdown == 4);
    CHECK(manifest.chapters[0].crossover->rates == std::vector<std::string>{"1M"});
    CHECK(manifest.chapters[0].plot->error == "e");
    CHECK(contains(complaint(with("alone", plot)), "a server that is a program of the chapter"));
    CHECK(contains(complaint(with("in_turn", "")), "wants a \"plot\""));
}

TEST_CASE("a mistake in the manifest is told with its file and entry") {
    struct Mistake {
        std::string text;
        std::string where;
        std::string what;
    };
    const Mistake mistakes[] = {
        {"{", "", "is not JSON"},
        {"[]", "", "must be an object, not array"},
        {"{}", "", "\"chapters\" is missing"},
        {R"({"chapters": [{"id": "one", "title": "t", "programs": []}]})", "chapter \"one\"", "ch01_topic"},
        {R"({"chapters": [{"title": "t", "programs": []}]})", "chapter 1", "\"id\" is missing"},
        {with_programs(""), "chapter \"ch01_countdown\"", "at least one program"},
        {with_programs(given + "," + given), "program \"in_turn\"", "already"},
        {with_programs(R"({"name": "x", "kind": "gift", "summary": "s"})"), "program \"x\"", "not \"gift\""},
        {with_programs(R"({"name": "../x", "kind": "given", "summary": "s"})"), "program \"../x\"", "a-z"},
        {with_programs(R"({"name": "x", "kind": "given", "summary": 7})"), "program \"x\"", "must be text, not 7"},
        {with_programs(R"({"name": "x", "kind": "given", "summary": "s", "arguments": [1]})"), "\"x\"", "not 1"},
        {with_programs(exercise("x", "")), "program \"x\"", "at least one criterion"},
        {with_programs(exercise("x", R"({"name": "both count"})")), "criterion \"both count\"",
         "\"points\" is missing"},
        {with_programs(exercise("x", R"({"name": "both count", "points": "3"})")), "criterion \"both count\"",
         "must be a whole number"},
        {with_programs(exercise("x", R"({"name": "both count", "points": 0})")), "criterion \"both count\"", "from 1"},
        {with_programs(exercise("x", R"({"name": "a", "points": 1}, {"name": "a", "points": 1})")), "criterion \"a\"",
         "twice"},
        {with_programs(exercise("x", R"({"name": "a", "points": 1, "gate": 1})")), "criterion \"a\"", "true or false"},
    };
    for (const Mistake& mistake : mistakes) {
        INFO(mistake.text);
        const std::string said = complaint(mistake.text);
        INFO(said);
        CHECK(contains(said, "manifest_test."));
        CHECK(contains(said, mistake.where));
        CHECK(contains(said, mistake.what));
    }
    CHECK(contains(complaint("{"), ".json: is not JSON"));
}

TEST_CASE("a manifest that is not there is told by its name") {
    std::string said;
    try {
        read_manifest("/nowhere/labs.json");
    } catch (const std::runtime_error& error) {
        said = error.what();
    }
    CHECK(said == "/nowhere/labs.json: cannot be read");
}
