// The manifest: that it finds every chapter, what it selects, and that a mistake is told with file and entry.
#include <map>
#include <stdexcept>
#include <string>

#include "bench/catch.hpp"
#include "engine.hpp"
#include "ground/manifest.hpp"

namespace {

// A kit's folder with these chapters in it, as long as the object lives.
class Chapters {
  public:
    explicit Chapters(const std::map<std::string, std::string>& texts) {
        for (const auto& [id, text] : texts) folder_.write("labs/" + id + "/chapter.json", text);
    }
    Manifest read() const { return read_manifest(folder_.path()); }

  private:
    Folder folder_;
};

Manifest read(const std::string& text) {
    return Chapters({{"ch01_countdown", text}}).read();
}

// What read_manifest complains about; empty where it does not.
std::string complaint(const std::map<std::string, std::string>& texts) {
    try {
        Chapters(texts).read();
        return "";
    } catch (const std::runtime_error& error) {
        return error.what();
    }
}

std::string complaint(const std::string& text) {
    return complaint(std::map<std::string, std::string>{{"ch01_countdown", text}});
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// `more` is what the chapter has beside its programs: R"("tools": [], )".
std::string with_programs(const std::string& programs, const std::string& more = "") {
    return R"({"title": "Countdown", "libraries": [], )" + more + R"("programs": [)" + programs +
           R"(], "questions": [{"number": "1", "points": 2}]})";
}

std::string exercise(const std::string& name, const std::string& criteria) {
    return R"({"name": ")" + name + R"(", "kind": "exercise", "summary": "s", "criteria": [)" + criteria + "]}";
}

const std::string given = R"({"name": "in_turn", "kind": "given", "summary": "one after the other"})";
const std::string together = exercise("together", R"({"name": "both count", "points": 3, "gate": true},
                                                    {"name": "joins", "points": 2})");
const std::string whole = with_programs(given + "," + together);

std::string with_plot(const std::string& plot) {
    return with_programs(given + "," + together, R"("plot": )" + plot + ", ");
}

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

TEST_CASE("a question that asks for measured numbers names the columns and the rows of its table") {
    const std::string plain = R"({"number": "1", "points": 2)";
    const auto with = [&](const std::string& more) {
        std::string text = whole;
        return text.replace(text.find(plain), plain.size(), plain + more);
    };
    REQUIRE(whole.find(plain) != std::string::npos);
    const QuestionEntry question =
        read(with(R"(, "measured": ["time"], "rows": ["ping", "pong"])")).chapters.at(0).questions.at(0);
    CHECK(question.measured == std::vector<std::string>{"time"});
    CHECK(question.rows == std::vector<std::string>{"ping", "pong"});
    for (const std::string more :
         {R"(, "measured": ["time"])", R"(, "rows": ["ping"])", R"(, "measured": [], "rows": [])"})
        CHECK(contains(complaint(with(more)),
                       "needs \"measured\", columns of its table, and \"rows\" of it, or neither"));
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

TEST_CASE("a chapter whose folder is merely added is found, in order") {
    const Chapters chapters(
        {{"ch09_added", with_programs(exercise("added", R"({"name": "a", "points": 1})"))}, {"ch01_countdown", whole}});
    const Manifest manifest = chapters.read();
    REQUIRE(manifest.chapters.size() == 2);
    CHECK(manifest.chapters[0].id == "ch01_countdown");
    CHECK(manifest.chapters[1].id == "ch09_added");
    CHECK(manifest.select("ch09").size() == 1);
    CHECK(manifest.select("added")[0].source_of(manifest.chapters[1].programs[0]) == "labs/ch09_added/added.cpp");
}

TEST_CASE("arguments are put together from what a chapter's programs share and what is their own") {
    const std::string shared = R"("arguments": ["URL?sleep={900|180}"], "servers": ["server"],
                                  "server_arguments": ["--latency", "{100ms|30ms}"],
                                  "demo": {"arguments": ["Bob"], "faster": 5, "exit_code": 1, "actors": ["Bob"]}, )";
    const std::string program = R"({"name": "pool", "kind": "given", "summary": "s", "arguments": ["--workers", "2"],
                                    "servers": ["its_own"],
                                    "demo": {"arguments": ["{|--samples}", "{|3}"], "ideal": 2, "exit_code": 2}})";
    const ProgramEntry pool = read(with_programs(program, shared)).chapters[0].programs[0];
    using Words = std::vector<std::string>;
    REQUIRE(pool.servers.size() == 2);
    CHECK(pool.servers[0].name == "server");
    CHECK(pool.servers[0].arguments == Words{"--latency", "100ms"});
    CHECK(pool.servers[0].fast_arguments == Words{"--latency", "30ms"});
    CHECK(pool.servers[1].name == "its_own");
    CHECK(pool.servers[1].arguments.empty());
    CHECK(pool.arguments == Words{"--workers", "2", "URL?sleep=900"});
    REQUIRE(pool.demo);
    CHECK(pool.demo->arguments == Words{"--workers", "2", "URL?sleep=900", "Bob"});
    CHECK(pool.demo->fast_arguments == Words{"--workers", "2", "URL?sleep=180", "--samples", "3", "Bob"});
    CHECK(pool.demo->actors == Words{"Bob"});
    CHECK(pool.demo->exit_code == 2);
    CHECK(pool.demo->ideal / pool.demo->fast_ideal > 4.99);
    CHECK(pool.demo->ideal / pool.demo->fast_ideal < 5.01);
}

TEST_CASE("a program may have the last word in a demo") {
    const auto with = [](const std::string& epilogue) {
        return with_programs(given + R"(, {"name": "x", "kind": "given", "summary": "s", "demo": {"epilogue":
                             {"program": ")" +
                                 epilogue + R"(", "arguments": ["{table}", "{|fast}"]}}})",
                             R"("arguments": ["usual"], )");
    };
    const ExtraEntry epilogue = *read(with("in_turn")).chapters[0].programs[1].demo->epilogue;
    CHECK(epilogue.arguments == std::vector<std::string>{"usual", "{table}"});
    CHECK(epilogue.fast_arguments == std::vector<std::string>{"usual", "{table}", "fast"});
    CHECK(contains(complaint(with("nobody")), "nobody, which is no program of the chapter"));
}

TEST_CASE("a chapter may have its bounds measured before its demo, and the last word after it") {
    const std::string more = R"("arguments": ["usual"], "demo": {
        "bounds": {"program": "measure"}, "epilogue": {"program": "draw", "arguments": ["{table}", "{|fast}"]}}, )";
    const ChapterEntry chapter = read(with_programs(given, more)).chapters[0];
    REQUIRE(chapter.bounds);
    CHECK(chapter.bounds->program == "measure");
    CHECK(chapter.bounds->arguments == std::vector<std::string>{"usual"});
    REQUIRE(chapter.epilogue);
    CHECK(chapter.epilogue->program == "draw");
    CHECK(chapter.epilogue->arguments == std::vector<std::string>{"{table}"});
    CHECK(chapter.epilogue->fast_arguments == std::vector<std::string>{"{table}", "fast"});
    CHECK_FALSE(read(whole).chapters[0].bounds);
}

TEST_CASE("a given program may need more libraries than its chapter") {
    const std::string more = R"(, "libraries": ["tbb"], "summary": "s")";
    const Manifest manifest = read(with_programs(R"({"name": "x", "kind": "given")" + more + "}"));
    CHECK(manifest.chapters[0].programs[0].libraries == std::vector<std::string>{"tbb"});
    CHECK(contains(complaint(with_programs(R"({"name": "x", "kind": "exercise")" + more +
                                           R"(, "criteria": [{"name": "a", "points": 1}]})")),
                   "program \"x\": an exercise has the \"libraries\" of its chapter"));
}

TEST_CASE("a chapter says how to draw its table") {
    const auto with = [](const std::string& more, const std::string& program = "together") {
        return with_plot(R"({"program": ")" + program + R"(", "title": "What it costs", "unit": "ns", "label": "how",
                            "value": "seconds", "per": "count", "error": "e", "scale": 1e9,
                            "why": {"alone": "nobody else is there"})" +
                         more + "}");
    };
    REQUIRE(read(with("")).chapters[0].plot);
    const ChartEntry chart = *read(with("")).chapters[0].plot;
    CHECK(chart.per == "count");
    CHECK(chart.error == "e");
    CHECK(chart.scale > 0.99e9);
    CHECK(chart.why.at("alone") == "nobody else is there");
    CHECK_FALSE(read(whole).chapters[0].plot);

    CHECK_FALSE(chart.is_speedup);
    CHECK(read(with(R"(, "kind": "speedup")")).chapters[0].plot->is_speedup);
    CHECK(contains(complaint(with(R"(, "kind": "pie")")), R"(must be "bars" or "speedup", not "pie")"));
    CHECK(contains(complaint(with("", "alone")), "alone, which is no program"));
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
        {"{}", "", "\"title\" is missing"},
        {R"({"title": "t", "programs": []})", "", "\"libraries\" is missing"},
        {with_programs(given, R"("hints": [], )"), "", "there is no key \"hints\"; there are \"title\""},
        {with_programs(R"({"name": "x", "kind": "given", "sumary": "s"})"), "program \"x\"", "no key \"sumary\""},
        {with_programs(given, R"("demo": {"ideal": 3}, )"), "chapter.json, demo", "no key \"ideal\""},
        {with_programs(""), "", "at least one program"},
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
        {with_programs(exercise("x", R"({"name": "a", "points": 1, "builds_on": "b"}, {"name": "b", "points": 1})")),
         "criterion \"a\"", "builds on \"b\", which does not stand before it"},
    };
    for (const Mistake& mistake : mistakes) {
        INFO(mistake.text);
        const std::string said = complaint(mistake.text);
        INFO(said);
        CHECK(contains(said, "labs/ch01_countdown/chapter.json"));
        CHECK(contains(said, mistake.where));
        CHECK(contains(said, mistake.what));
    }
    CHECK(contains(complaint("{"), "chapter.json: is not JSON"));
}

TEST_CASE("chapters get in each other's way neither by number nor by a program's name") {
    const std::string other = with_programs(exercise("other", R"({"name": "a", "points": 1})"));
    CHECK(complaint(std::map<std::string, std::string>{{"ch01_a", whole}, {"ch02_b", other}}).empty());
    CHECK(complaint({{"ch01_a", whole}, {"ch01_b", other}}) ==
          "labs/ch01_b/chapter.json: has the number of labs/ch01_a/chapter.json");
    CHECK(contains(complaint({{"ch01_a", whole}, {"ch02_b", whole}}), "ch02_b/chapter.json, program \"in_turn\""));
    CHECK(contains(complaint({{"chapter_one", whole}}), "a name like ch01_topic, not \"chapter_one\""));
}

TEST_CASE("a kit without a chapter says so") {
    CHECK(contains(complaint(std::map<std::string, std::string>{}), "labs: has no chapter"));
}

TEST_CASE("a small plan belongs to a program, and what breaks in the demo is told beside the solutions") {
    const std::string program =
        R"({"name": "together", "kind": "exercise", "summary": "s", "small_plan": ["--from", "2"],
                                    "criteria": [{"name": "both count", "points": 3}]})";
    const Folder folder;
    folder.write("labs/ch01_a/chapter.json", with_programs(program));
    CHECK(!read_manifest(folder.path()).chapters[0].broken);
    folder.write("solutions/ch01_a/broken.json", R"({"program": "together", "source": "broken.cpp", "title": "t",
                                                     "why": "w", "threads": ["main", "P1"], "arguments": ["--from", "3"]})");
    const Manifest manifest = read_manifest(folder.path());
    CHECK(manifest.chapters[0].programs[0].small_plan == std::vector<std::string>{"--from", "2"});
    REQUIRE(manifest.chapters[0].broken);
    CHECK(manifest.chapters[0].broken->source == "broken.cpp");
    CHECK(manifest.chapters[0].broken->threads == std::vector<std::string>{"main", "P1"});
    folder.write("solutions/ch01_a/broken.json", R"({"program": "others"})");
    CHECK_THROWS_WITH(read_manifest(folder.path()), Catch::Matchers::Contains("source"));
}
