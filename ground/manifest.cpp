#include "ground/manifest.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "ground/text.hpp"

namespace {

using nlohmann::json;

// A JSON object, and where it stands: every complaint says so.
class Entry {
  public:
    Entry(const json& value, std::string where) : value_(value), where_(std::move(where)) {
        if (!value.is_object()) fail("must be an object, not " + std::string(value.type_name()));
    }

    [[noreturn]] void fail(const std::string& what) const { throw std::runtime_error(where_ + ": " + what); }

    bool has(const char* key) const { return value_.contains(key); }

    std::string text(const char* key) const {
        const json& found = need(key, "text", &json::is_string);
        if (found.get<std::string>().empty()) fail("\"" + std::string(key) + "\" is empty");
        return found.get<std::string>();
    }
    int points() const {
        const json& found = need("points", "a whole number", &json::is_number_integer);
        const auto points = found.get<long long>();
        if (points < 1 || points > 1000) fail("\"points\" must be from 1 to 1000, not " + found.dump());
        return static_cast<int>(points);
    }
    double number(const char* key) const {
        const double number = need(key, "a number", &json::is_number).get<double>();
        if (number <= 0) fail("\"" + std::string(key) + "\" must be above 0");
        return number;
    }
    bool flag(const char* key) const { return has(key) && need(key, "true or false", &json::is_boolean).get<bool>(); }

    // A list of texts; none where there is no such key.
    std::vector<std::string> texts(const char* key) const {
        std::vector<std::string> result;
        if (!has(key)) return result;
        for (const json& item : need(key, "a list of texts", &json::is_array)) {
            if (!item.is_string()) fail("\"" + std::string(key) + "\" must hold texts alone, not " + item.dump());
            result.push_back(item.get<std::string>());
        }
        return result;
    }

    // An object of texts.
    std::map<std::string, std::string> named_texts(const char* key) const {
        const Entry object = entry(key);
        std::map<std::string, std::string> result;
        for (const auto& item : object.value_.items()) result[item.key()] = object.text(item.key().c_str());
        return result;
    }

    // A list of objects, each told apart by its `key` or, where that is missing, by its place.
    std::vector<Entry> entries(const char* list, const char* noun, const char* key) const {
        std::vector<Entry> result;
        for (const json& item : need(list, "a list", &json::is_array)) {
            std::string name = std::to_string(result.size() + 1);
            if (item.is_object() && item.contains(key) && item[key].is_string()) {
                name = "\"" + item[key].get<std::string>() + "\"";
            }
            result.emplace_back(item, where_ + ", " + noun + " " + name);
        }
        return result;
    }
    Entry entry(const char* key) const { return {need(key, "an object", &json::is_object), where_ + ", " + key}; }

  private:
    const json& need(const char* key, const char* kind, bool (json::*is_kind)() const noexcept) const {
        if (!has(key)) fail("\"" + std::string(key) + "\" is missing");
        const json& found = value_[key];
        if (!(found.*is_kind)()) {
            fail("\"" + std::string(key) + "\" must be " + kind + ", not " + found.dump());
        }
        return found;
    }

    const json& value_;
    std::string where_;
};

// Names become file names, targets and arguments.
std::string name_of(const Entry& entry, const char* key) {
    const std::string name = entry.text(key);
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos) {
        entry.fail("\"" + std::string(key) + "\" must be of a-z, 0-9 and _ alone, not \"" + name + "\"");
    }
    return name;
}

DemoEntry read_demo(const Entry& entry) {
    DemoEntry demo;
    demo.arguments = entry.texts("arguments");
    demo.fast_arguments = entry.texts("fast_arguments");
    if (entry.has("ideal")) {
        demo.ideal = entry.number("ideal");
        demo.fast_ideal = entry.number("fast_ideal");
    }
    if (entry.has("ideal_speedup")) demo.ideal_speedup = static_cast<int>(entry.number("ideal_speedup"));
    demo.actors = entry.texts("actors");
    demo.step = entry.has("step") ? entry.text("step") : "step";
    if (entry.has("why")) demo.why = entry.text("why");
    if (entry.has("exit_code")) demo.exit_code = static_cast<int>(entry.number("exit_code"));
    return demo;
}

ChartEntry read_chart(const Entry& entry) {
    ChartEntry chart;
    const std::string kind = entry.has("kind") ? entry.text("kind") : "bars";
    if (kind != "bars" && kind != "speedup")
        entry.fail("\"kind\" must be \"bars\" or \"speedup\", not \"" + kind + "\"");
    chart.is_speedup = kind == "speedup";
    chart.program = name_of(entry, "program");
    chart.arguments = entry.texts("arguments");
    chart.title = entry.text("title");
    chart.unit = entry.text("unit");
    chart.label = entry.text("label");
    chart.value = entry.text("value");
    if (entry.has("per")) chart.per = entry.text("per");
    if (entry.has("scale")) chart.scale = entry.number("scale");
    if (entry.has("error")) chart.error = entry.text("error");
    if (entry.has("why")) chart.why = entry.named_texts("why");
    return chart;
}

CrossoverEntry read_crossover(const Entry& entry) {
    CrossoverEntry crossover;
    crossover.server = name_of(entry, "server");
    crossover.arguments = entry.texts("arguments");
    crossover.rates = entry.texts("rates");
    crossover.fast_rates = entry.texts("fast_rates");
    crossover.slowdown = static_cast<int>(entry.number("slowdown"));
    crossover.image = entry.text("image");
    return crossover;
}

std::string build_of(const Entry& criterion) {
    if (!criterion.has("build")) return "plain";
    const std::string build = criterion.text("build");
    if (build != "plain" && build != "thread" && build != "address") {
        criterion.fail("\"build\" must be \"plain\", \"thread\" or \"address\", not \"" + build + "\"");
    }
    return build;
}

ProgramEntry read_program(const Entry& entry) {
    ProgramEntry program;
    program.name = name_of(entry, "name");
    program.summary = entry.text("summary");
    const std::string kind = entry.text("kind");
    if (kind != "given" && kind != "exercise") {
        entry.fail("\"kind\" must be \"given\" or \"exercise\", not \"" + kind + "\"");
    }
    program.exercise = kind == "exercise";
    program.servers = entry.texts("servers");
    program.arguments = entry.texts("arguments");
    program.hints = entry.texts("hints");
    if (entry.has("demo")) program.demo = read_demo(entry.entry("demo"));
    if (!program.exercise) {
        if (entry.has("criteria")) entry.fail("a given program has no \"criteria\"");
        return program;
    }
    std::set<std::string> names;
    for (const Entry& criterion : entry.entries("criteria", "criterion", "name")) {
        program.criteria.push_back(
            {criterion.text("name"), criterion.points(), criterion.flag("gate"), build_of(criterion)});
        if (!names.insert(program.criteria.back().name).second) criterion.fail("stands there twice");
    }
    if (program.criteria.empty()) entry.fail("an exercise needs at least one criterion");
    return program;
}

ChapterEntry read_chapter(const Entry& entry, std::set<std::string>& programs) {
    ChapterEntry chapter;
    chapter.id = name_of(entry, "id");
    const auto digit = [&](std::size_t i) { return chapter.id[i] >= '0' && chapter.id[i] <= '9'; };
    if (chapter.id.size() < 6 || chapter.id.substr(0, 2) != "ch" || !digit(2) || !digit(3) || chapter.id[4] != '_') {
        entry.fail("\"id\" must be like ch01_topic, not \"" + chapter.id + "\"");
    }
    chapter.title = entry.text("title");
    for (const Entry& program : entry.entries("programs", "program", "name")) {
        chapter.programs.push_back(read_program(program));
        if (!programs.insert(chapter.programs.back().name).second)
            program.fail("there is a program of that name already");
    }
    if (chapter.programs.empty()) entry.fail("a chapter needs at least one program");
    if (entry.has("plot")) {
        chapter.plot = read_chart(entry.entry("plot"));
        if (!chapter.find(chapter.plot->program))
            entry.fail("\"plot\" is of " + chapter.plot->program + ", which is no program of it");
    }
    if (entry.has("crossover")) {
        chapter.crossover = read_crossover(entry.entry("crossover"));
        if (!chapter.plot || !chapter.find(chapter.crossover->server))
            entry.fail("\"crossover\" wants a \"plot\", and a server that is a program of the chapter");
    }
    if (!entry.has("questions")) return chapter;
    std::set<std::string> numbers;
    for (const Entry& question : entry.entries("questions", "question", "number")) {
        chapter.questions.push_back({question.text("number"), question.points()});
        if (!numbers.insert(chapter.questions.back().number).second) question.fail("stands there twice");
    }
    return chapter;
}

}  // namespace

int ProgramEntry::points() const {
    int sum = 0;
    for (const CriterionEntry& criterion : criteria) sum += criterion.points;
    return sum;
}

const ProgramEntry* ChapterEntry::find(const std::string& program) const {
    for (const ProgramEntry& entry : programs) {
        if (entry.name == program) return &entry;
    }
    return nullptr;
}

std::vector<ChapterEntry> Manifest::select(const std::string& name) const {
    if (name.empty()) return chapters;
    for (const ChapterEntry& chapter : chapters) {
        if (name == chapter.id || name == chapter.number()) return {chapter};
        if (const ProgramEntry* program = chapter.find(name)) {
            ChapterEntry alone = chapter;
            alone.programs = {*program};
            return {alone};
        }
    }
    return {};
}

std::string Manifest::known_names() const {
    std::vector<std::string> names;
    for (const ChapterEntry& chapter : chapters) {
        names.push_back(chapter.number());
        for (const ProgramEntry& program : chapter.programs) names.push_back(program.name);
    }
    return list_of(names);
}

std::vector<std::string> Manifest::program_names(bool exercises_alone) const {
    std::vector<std::string> names;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (program.exercise || !exercises_alone) names.push_back(program.name);
        }
    }
    return names;
}

Manifest read_manifest(const std::filesystem::path& file) {
    const std::string name = file.string();
    std::ifstream in(file);
    if (!in) throw std::runtime_error(name + ": cannot be read");
    json document;
    try {
        document = json::parse(in);
    } catch (const json::exception& error) {
        throw std::runtime_error(name + ": is not JSON: " + error.what());
    }
    Manifest manifest;
    std::set<std::string> ids, programs;
    for (const Entry& chapter : Entry(document, name).entries("chapters", "chapter", "id")) {
        manifest.chapters.push_back(read_chapter(chapter, programs));
        if (!ids.insert(manifest.chapters.back().number()).second)
            chapter.fail("there is a chapter of that number already");
    }
    return manifest;
}
