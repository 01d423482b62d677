#include "ground/chapter.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "ground/entry.hpp"
#include "ground/file.hpp"

namespace {

using nlohmann::json;
using Words = std::vector<std::string>;

void append(Words& words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
}

// {slow|fast} becomes one of the two; a word of which nothing is left is none.
Words chosen(const Words& words, bool fast) {
    Words result;
    for (std::string word : words) {
        for (std::size_t open = 0; (open = word.find('{', open)) != std::string::npos; ++open) {
            const std::size_t bar = word.find('|', open), close = word.find('}', open);
            if (bar > close || close == std::string::npos) continue;
            word = word.substr(0, open) +
                   (fast ? word.substr(bar + 1, close - bar - 1) : word.substr(open + 1, bar - open - 1)) +
                   word.substr(close + 1);
        }
        if (!word.empty()) result.push_back(word);
    }
    return result;
}

// What the programs of a chapter share.
struct Common {
    Words arguments;
    std::vector<ServerEntry> servers;
    const Entry* demo = nullptr;
};

std::vector<ServerEntry> read_servers(const Entry& entry, const Words& arguments) {
    std::vector<ServerEntry> servers;
    for (const std::string& name : entry.texts("servers"))
        servers.push_back({name, chosen(arguments, false), chosen(arguments, true)});
    return servers;
}

// `usual` arguments, and its own after them.
std::optional<ExtraEntry> read_extra(const Entry& entry, const char* key, Words usual) {
    if (!entry.has(key)) return std::nullopt;
    const Entry extra = entry.entry(key);
    extra.allow({"program", "arguments"});
    append(usual, extra.texts("arguments"));
    return ExtraEntry{extra.name("program"), chosen(usual, false), chosen(usual, true)};
}

BrokenEntry read_broken(const Entry& entry) {
    entry.allow({"program", "source", "title", "why", "threads", "arguments"});
    return {entry.name("program"), entry.text("source"),   entry.text("title"),
            entry.text("why"),     entry.texts("threads"), entry.texts("arguments")};
}

// The program's own where it has one, else the chapter's.
const Entry* holder(const Entry& own, const Entry* shared, const char* key) {
    if (own.has(key)) return &own;
    return shared && shared->has(key) ? shared : nullptr;
}

DemoEntry read_demo(const Entry& own, const Entry* shared, Words arguments) {
    own.allow({"arguments", "ideal", "ideal_speedup", "faster", "actors", "step", "exit_code", "why", "epilogue"});
    append(arguments, own.texts("arguments"));
    if (shared) append(arguments, shared->texts("arguments"));
    DemoEntry demo;
    demo.arguments = chosen(arguments, false);
    demo.fast_arguments = chosen(arguments, true);
    const Entry* from = nullptr;
    if (own.has("ideal")) {
        demo.ideal = own.number("ideal");
        from = holder(own, shared, "faster");
        demo.fast_ideal = demo.ideal / (from ? from->number("faster") : 1);
    }
    if (own.has("ideal_speedup")) demo.ideal_speedup = static_cast<int>(own.number("ideal_speedup"));
    if ((from = holder(own, shared, "actors"))) demo.actors = from->texts("actors");
    demo.step = (from = holder(own, shared, "step")) ? from->text("step") : "step";
    if ((from = holder(own, shared, "exit_code"))) demo.exit_code = static_cast<int>(from->number("exit_code"));
    if (own.has("why")) demo.why = own.text("why");
    return demo;
}

ChartEntry read_chart(const Entry& entry) {
    entry.allow({"kind", "program", "arguments", "title", "unit", "label", "value", "per", "scale", "error", "why"});
    ChartEntry chart;
    chart.is_speedup = entry.has("kind") && entry.one_of("kind", {"bars", "speedup"}) == "speedup";
    chart.program = entry.name("program");
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

std::vector<CriterionEntry> read_criteria(const Entry& program) {
    std::vector<CriterionEntry> criteria;
    std::set<std::string> names;
    for (const Entry& criterion : program.entries("criteria", "criterion", "name")) {
        criterion.allow({"name", "points", "gate", "build", "builds_on"});
        CriterionEntry read{criterion.text("name"), criterion.points(), criterion.flag("gate")};
        if (criterion.has("build"))
            read.build =
                criterion.one_of("build", {"plain", "thread", "address", "trial", "explored", "explored trial"});
        if (criterion.has("builds_on")) read.builds_on = criterion.text("builds_on");
        if (!read.builds_on.empty() && names.count(read.builds_on) == 0)  // so none waits for itself in the end
            criterion.fail("builds on \"" + read.builds_on + "\", which does not stand before it");
        criteria.push_back(read);
        if (!names.insert(criteria.back().name).second) criterion.fail("stands there twice");
    }
    if (criteria.empty()) program.fail("an exercise needs at least one criterion");
    return criteria;
}

ProgramEntry read_program(const Entry& entry, const Common& common) {
    entry.allow(
        {"name", "kind", "libraries", "summary", "servers", "starts", "arguments", "small_plan", "demo", "criteria"});
    ProgramEntry program;
    program.name = entry.name("name");
    program.summary = entry.text("summary");
    program.exercise = entry.one_of("kind", {"given", "exercise"}) == "exercise";
    program.libraries = entry.texts("libraries");
    program.servers = common.servers;
    for (const ServerEntry& server : read_servers(entry, {})) program.servers.push_back(server);
    program.starts = entry.texts("starts");
    Words arguments = entry.texts("arguments");
    append(arguments, common.arguments);
    program.arguments = chosen(arguments, false);
    program.small_plan = entry.texts("small_plan");
    if (entry.has("demo")) program.demo = read_demo(entry.entry("demo"), common.demo, arguments);
    if (program.exercise && entry.has("libraries")) entry.fail("an exercise has the \"libraries\" of its chapter");
    if (!program.exercise && entry.has("criteria")) entry.fail("a given program has no \"criteria\"");
    if (program.exercise) program.criteria = read_criteria(entry);
    return program;
}

std::vector<QuestionEntry> read_questions(const Entry& chapter) {
    std::vector<QuestionEntry> questions;
    if (!chapter.has("questions")) return questions;
    std::set<std::string> numbers;
    for (const Entry& question : chapter.entries("questions", "question", "number")) {
        question.allow({"number", "points", "measured", "rows"});
        questions.push_back(
            {question.text("number"), question.points(), question.texts("measured"), question.texts("rows")});
        const QuestionEntry& read = questions.back();
        const bool wants_numbers = question.has("measured") || question.has("rows");
        if (wants_numbers && (read.measured.empty() || read.rows.empty()))
            question.fail("needs \"measured\", columns of its table, and \"rows\" of it, or neither");
        if (!numbers.insert(questions.back().number).second) question.fail("stands there twice");
    }
    return questions;
}

void require_id(const std::string& id, const Entry& entry) {
    const auto digit = [&](std::size_t i) { return id[i] >= '0' && id[i] <= '9'; };
    if (id.size() < 6 || id.substr(0, 2) != "ch" || !digit(2) || !digit(3) || id[4] != '_' ||
        id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        entry.fail("a chapter's folder must have a name like ch01_topic, not \"" + id + "\"");
}

// The epilogue of a program is another one of the chapter, run with its usual arguments before its own.
void read_epilogues(ChapterEntry& chapter, const std::vector<Entry>& written, const Words& shared) {
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (!written[i].has("demo")) continue;
        const Entry demo = written[i].entry("demo");
        if (!demo.has("epilogue")) continue;
        const std::string name = demo.entry("epilogue").name("program");
        const auto is_it = [&](const Entry& other) { return other.text("name") == name; };
        const auto other = std::find_if(written.begin(), written.end(), is_it);
        if (other == written.end()) demo.fail("\"epilogue\" is " + name + ", which is no program of the chapter");
        Words usual = other->texts("arguments");
        append(usual, shared);
        chapter.programs[i].demo->epilogue = read_extra(demo, "epilogue", usual);
    }
}

// The same arguments as in the demo, or as usual: what a program measures is drawn as it was shown.
void complete_plot(ChapterEntry& chapter, const Entry& entry) {
    ChartEntry& plot = *chapter.plot;
    const ProgramEntry* program = chapter.find(plot.program);
    if (!program) entry.fail("\"plot\" is of " + plot.program + ", which is no program of it");
    Words arguments = program->demo ? program->demo->arguments : program->arguments;
    append(arguments, plot.arguments);
    plot.arguments = chosen(arguments, false);
}

ChapterEntry read(const Entry& entry, const std::string& id) {
    require_id(id, entry);
    entry.allow({"title", "libraries", "libraries_if_found", "tools", "servers", "server_arguments", "arguments",
                 "demo", "programs", "plot", "questions"});
    ChapterEntry chapter;
    chapter.id = id;
    chapter.title = entry.text("title");
    if (!entry.has("libraries")) entry.fail("\"libraries\" is missing: [] where the plain one is enough");
    chapter.libraries = entry.texts("libraries");
    chapter.libraries_if_found = entry.texts("libraries_if_found");
    chapter.tools = entry.texts("tools");

    chapter.servers = read_servers(entry, entry.texts("server_arguments"));
    Common common{entry.texts("arguments"), chapter.servers, nullptr};
    std::optional<Entry> demo;
    if (entry.has("demo")) {
        demo.emplace(entry.entry("demo"));
        demo->allow({"arguments", "faster", "actors", "step", "exit_code", "bounds", "epilogue"});
        common.demo = &*demo;
        chapter.bounds = read_extra(*demo, "bounds", common.arguments);
        chapter.epilogue = read_extra(*demo, "epilogue", {});
    }
    const std::vector<Entry> written = entry.entries("programs", "program", "name");
    for (const Entry& program : written) {
        if (chapter.find(program.name("name"))) program.fail("there is a program of that name already");
        chapter.programs.push_back(read_program(program, common));
    }
    if (chapter.programs.empty()) entry.fail("a chapter needs at least one program");
    read_epilogues(chapter, written, common.arguments);
    if (entry.has("plot")) {
        chapter.plot = read_chart(entry.entry("plot"));
        complete_plot(chapter, entry);
    }
    chapter.questions = read_questions(entry);
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

ChapterEntry read_chapter(const std::filesystem::path& folder) {
    const auto document_in = [](const std::filesystem::path& file) {
        try {
            return json::parse(read_file(file));
        } catch (const json::exception& error) {
            throw std::runtime_error(file.string() + ": is not JSON: " + error.what());
        }
    };
    const std::filesystem::path file = folder / "chapter.json";
    const json document = document_in(file);
    const std::string id = folder.filename().string();
    ChapterEntry chapter = read(Entry(document, file.string()), id);
    const std::filesystem::path broken = folder.parent_path().parent_path() / chapter.broken_file();
    if (std::filesystem::exists(broken)) {
        const json entry = document_in(broken);
        chapter.broken = read_broken(Entry(entry, broken.string()));
    }
    return chapter;
}
