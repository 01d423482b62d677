// ./kit demo: the solutions of a chapter, live, each against its sequential twin.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <map>
#include <thread>
#include <utility>

#include "ground/file.hpp"
#include "ground/given_code.hpp"
#include "ground/text.hpp"
#include "support/bars.hpp"
#include "support/figure.hpp"
#include "tools/chart.hpp"
#include "tools/demo_words.hpp"
#include "tools/marks.hpp"
#include "tools/run_to_end.hpp"
#include "tools/servers.hpp"
#include "tools/timeline.hpp"
#include "tools/tool.hpp"

namespace {

namespace fs = std::filesystem;

struct Act {
    const ProgramEntry* program;
    Performance performance;
    double ideal;   // seconds; 0: nobody can say
    bool is_chart;  // prints a table of measurements: its own time says nothing

    bool has_actors() const { return !program->demo->actors.empty(); }
};

// What to type for the same. Usual arguments need not be typed; addresses of servers are too long to read.
std::string command_of(const ProgramEntry& program, const std::vector<std::string>& arguments) {
    std::string command = "./kit run " + std::string(program.exercise ? "--solution " : "") + program.name;
    if (arguments == program.arguments) return command;
    bool urls = false;
    for (const std::string& argument : as_typed(arguments)) {
        if (argument.front() != '{') command += " " + argument;
        else if (!std::exchange(urls, true)) command += " URL...";
    }
    return command;
}

// In parts that fit a terminal of 80 columns: a long row of a table is broken at a comma, and other text at a space.
std::vector<std::string> folded(std::string text, std::size_t width) {
    std::vector<std::string> parts;
    while (columns(text) > width) {
        const std::size_t end = text.find_last_of(", ", width - 1);
        if (end == std::string::npos) break;
        parts.push_back(text.substr(0, end + 1));
        text.erase(0, end + 1);
    }
    parts.push_back(text);
    return parts;
}

// Each actor has a colour and a lane of its own: who interleaves with whom shows at a glance.
void show_line(const Line& line, std::size_t actors, double scale, const Style& style) {
    const std::size_t lane =
        line.actor > 0 && actors > 1 ? 34 / (actors - 1) * static_cast<std::size_t>(line.actor) : 0;
    const std::string time = seconds_text(line.at, scale);
    std::string lead = style.paint("2", std::string(time.size() < 8 ? 8 - time.size() : 0, ' ') + time);
    for (const std::string& part : folded(line.text, 70 - lane)) {
        std::cout << lead << "  " << std::string(lane, ' ') << style.actor(line.actor, part) << std::endl;
        lead = std::string(8, ' ');
    }
}

void explain(const std::string& label, const std::string& text, const Style& style) {
    std::string lead = style.paint("1", pad(label, 6));
    for (const std::string& line : wrap(text, 72)) {
        std::cout << lead << line << '\n';
        lead = std::string(6, ' ');
    }
}

std::string table_of(const Performance& performance, const ChartEntry& chart) {
    std::string text;
    for (const Line& line : performance.lines) text += line.text + '\n';
    return table_in(text, chart);
}

// The table that the program printed, as bars, and what their lengths come from.
void show_chart(const std::string& table, const ProgramEntry& program, const ChartEntry& chart, const Style& style) {
    const Csv csv = read_csv(table, program.name);
    const std::vector<Bar> bars = bars_of(csv, chart);
    std::cout << style.paint("1", chart.title) << ", " << chart.unit << "\n\n" << bar_rows(bars, style) << '\n';
    if (chart.is_speedup) {
        explain("Seen", seen(points_of(csv, chart)), style);
        explain("Why", program.demo->why, style);
        return;
    }
    explain("Seen", seen(bars, chart), style);
    std::string label = "Why";
    for (const Bar& bar : bars) {
        const auto why = chart.why.find(bar.label);
        if (why == chart.why.end()) continue;
        explain(label, bar.label + ": " + why->second, style);
        label.clear();
    }
}

// A program that has the last word: it gets the table that was just shown.
void show_epilogue(const ChapterEntry& chapter, const ExtraEntry& epilogue, const fs::path& program,
                   const std::string& table, const std::string& table_name, bool fast) {
    const fs::path folder = kit_root() / "build/demo";
    fs::create_directories(folder);
    const fs::path file = folder / (table_name + ".csv");
    write_file(file, table);
    std::vector<std::string> arguments = fast ? epilogue.fast_arguments : epilogue.arguments;
    replace_mark(arguments, "table", file.string());
    put_folders(arguments, chapter, /*solution=*/true);
    std::cout << std::flush;
    const int code = run_to_end(program, arguments);
    if (code != 0) throw std::runtime_error(epilogue.program + " ended with exit code " + std::to_string(code));
}

fs::path file_of(const ChapterEntry& chapter, const ProgramEntry& program) {
    return kit_root() / "build" / (program.exercise ? "solutions" : "labs") / chapter.id / program.name;
}

fs::path given_tool(const ExtraEntry& extra) {
    return kit_root() / "build/labs/support" / extra.program;
}

// What it took, and how that compares with the first program of the chapter.
void show_speed(const Act& act, const std::vector<Act>& before, const Style& style) {
    std::string text = "it took " + seconds_text(act.performance.took, 1);
    if (!before.empty()) {
        text += ", " + amount_text(before.front().performance.took / act.performance.took) + " times as fast as " +
                before.front().program->name;
    }
    explain("Seen", text + ".", style);
    if (!act.program->demo->why.empty()) explain("Why", act.program->demo->why, style);
}

// The least that each program can take here, in seconds, by its name.
using Bounds = std::map<std::string, double>;

// Measured by a program, which says in lines before its table what it found.
Bounds measured_bounds(const ChapterEntry& chapter, bool fast, const Style& style) {
    const ExtraEntry& measuring = *chapter.bounds;
    std::cout << '\n' << style.paint("1", "What bounds the programs") << "\n\n" << std::flush;
    std::vector<std::string> arguments = fast ? measuring.fast_arguments : measuring.arguments;
    put_folders(arguments, chapter, /*solution=*/true);
    const auto servers =
        start_servers(chapter, chapter.servers, arguments, /*usual_alone=*/false, /*solution=*/true, fast);
    std::string table;
    const Performance performance = perform(given_tool(measuring), arguments, {}, [&](const Line& line) {
        if (table.empty() && line.text.rfind("program,", 0) != 0) std::cout << "  " << line.text << std::endl;
        else table += line.text + '\n';
    });
    if (!performance.ended.empty()) throw std::runtime_error(measuring.program + " " + performance.ended);
    const Csv csv = read_csv(table, measuring.program);
    const std::size_t program = column_of(csv, "program"), seconds = column_of(csv, "seconds");
    Bounds bounds;
    for (std::size_t row = 0; row < csv.rows.size(); ++row)
        bounds[csv.rows[row][program]] = number_at(csv, row, seconds);
    return bounds;
}

// The seconds of a run that loses nothing; 0 where nobody can say.
double ideal_of(const ProgramEntry& program, bool fast, const std::vector<Act>& before, const Bounds& bounds) {
    if (const auto bound = bounds.find(program.name); bound != bounds.end()) return bound->second;
    const DemoEntry& demo = *program.demo;
    if (demo.ideal_speedup == 0 || before.empty()) return fast ? demo.fast_ideal : demo.ideal;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    return before.front().performance.took / std::min<double>(demo.ideal_speedup, cores);
}

Act perform_act(const ChapterEntry& chapter, const ProgramEntry& program, bool fast, double ideal,
                const std::vector<Act>& before, const Style& style) {
    const DemoEntry& demo = *program.demo;
    std::vector<std::string> arguments = fast ? demo.fast_arguments : demo.arguments;
    std::cout << '\n'
              << style.paint("1", program.name) << "  " << program.summary << '\n'
              << "$ " << command_of(program, arguments) << "\n\n"
              << std::flush;

    put_folders(arguments, chapter, /*solution=*/true);
    auto servers = start_servers(chapter, program.servers, arguments, /*usual_alone=*/false, /*solution=*/true, fast);
    const auto show = [&](const Line& line) { show_line(line, demo.actors.size(), ideal, style); };
    Act act{&program, perform(file_of(chapter, program), arguments, demo.actors, show, demo.exit_code), ideal,
            chapter.plot && chapter.plot->program == program.name};

    std::cout << '\n';
    if (!act.performance.ended.empty()) {
        std::cout << style.paint("1;31", program.name + " " + act.performance.ended) << '\n';
    }
    if (act.is_chart) {
        if (act.performance.ended.empty()) {
            const std::string table = table_of(act.performance, *chapter.plot);
            show_chart(table, program, *chapter.plot, style);
            servers.clear();
            if (demo.epilogue)
                show_epilogue(chapter, *demo.epilogue, file_of(chapter, *chapter.find(demo.epilogue->program)), table,
                              program.name, fast);
        }
    } else if (act.has_actors()) {
        explain("Seen", seen(act.performance, demo), style);
        explain("Why", why(act.performance, demo, ideal), style);
    } else {
        show_speed(act, before, style);
    }
    std::cout << std::flush;
    return act;
}

template <class Choice>
std::vector<Act> those(const std::vector<Act>& acts, const Choice& choice) {
    std::vector<Act> chosen;
    std::copy_if(acts.begin(), acts.end(), std::back_inserter(chosen), choice);
    return chosen;
}

double longest_of(const std::vector<Act>& acts) {
    double longest = 0;
    for (const Act& act : acts) longest = std::max(longest, act.performance.took);
    return longest;
}

void show_timelines(const std::vector<Act>& acts, const Style& style) {
    if (acts.empty()) return;
    std::cout << '\n' << style.paint("1", "Who was at work when") << "\n\n";
    for (const Act& act : acts) {
        std::cout << act.program->name << '\n'
                  << timeline(act.performance, act.program->demo->actors, longest_of(acts), style);
    }
    std::cout << style.paint("2", time_axis(acts.front().program->demo->actors, longest_of(acts)));
}

void show_table(const std::vector<Act>& acts, const Style& style) {
    const auto row = [](const std::string& name, const std::string& took, const std::string& ideal,
                        const std::string& speedup) {
        char text[160];
        std::snprintf(text, sizeof text, "%-32s %11s %11s %11s", name.c_str(), took.c_str(), ideal.c_str(),
                      speedup.c_str());
        return std::string(text);
    };
    if (acts.empty()) return;
    std::cout << '\n' << style.paint("1", row("Program", "took", "ideal", "speed-up")) << '\n';
    for (const Act& act : acts) {
        char speedup[32];
        std::snprintf(speedup, sizeof speedup, "%.1fx", acts.front().performance.took / act.performance.took);
        std::cout << row(act.program->name, seconds_text(act.performance.took, act.ideal),
                         act.ideal > 0 ? seconds_text(act.ideal, act.ideal) : "", speedup)
                  << '\n';
    }
}

// The chapter's last word: what each program took and could have taken, in pictures.
void show_chapter_epilogue(const ChapterEntry& chapter, const std::vector<Act>& acts, bool fast, const Style& style) {
    std::string table = "program,seconds,bound\n";
    std::vector<Bar> bars;
    for (const Act& act : acts) {
        if (!act.performance.ended.empty()) continue;
        bars.push_back({act.program->name, act.performance.took});
        table += act.program->name + "," + figure(act.performance.took) + "," + figure(act.ideal) + "\n";
    }
    std::cout << '\n';
    if (!has_gnuplot()) std::cout << bar_rows(bars, style) << '\n';
    show_epilogue(chapter, *chapter.epilogue, given_tool(*chapter.epilogue), table, chapter.number(), fast);
}

// A wrong program: an order that breaks it is looked for live.
void show_broken(const ChapterEntry& chapter, const BrokenEntry& broken, const Style& style) {
    const fs::path replay = kit_root() / "build/tools/replay";
    std::cout << '\n' << style.paint("1", broken.title) << "\n\n" << std::flush;
    if (!fs::exists(replay)) {
        std::cout << "Not shown: the grader is not built here.\n";
        return;
    }
    std::string names;
    for (const std::string& name : broken.threads) names += (names.empty() ? "" : " ") + name;
    std::vector<std::string> words = {
        broken.program, "--search", "--source", (kit_root() / "solutions" / chapter.id / broken.source).string(),
        "--threads",    names,      "--"};
    words.insert(words.end(), broken.arguments.begin(), broken.arguments.end());
    run_to_end(replay, words);
    std::cout << '\n';
    explain("Why", broken.why, style);
}

void show_heading(const ChapterEntry& chapter, const Style& style) {
    std::cout << style.rule() << '\n' << style.paint("1", chapter.heading()) << '\n' << style.rule() << '\n';
}

// False where a program did not end well.
bool show_chapter(const ChapterEntry& chapter, bool fast, const Style& style) {
    show_heading(chapter, style);
    const Bounds bounds = chapter.bounds ? measured_bounds(chapter, fast, style) : Bounds();
    std::vector<Act> acts;
    for (const ProgramEntry& program : chapter.programs) {
        if (!program.demo) continue;
        if (const std::string missing = missing_for(kit_root() / "build", program.name); !missing.empty()) {
            std::cout << "\nNot shown: " << missing << ".\n";
            continue;
        }
        acts.push_back(perform_act(chapter, program, fast, ideal_of(program, fast, acts, bounds), acts, style));
    }
    if (acts.empty()) {
        std::cout << "\nNothing to show in this chapter yet.\n";
        return true;
    }
    show_timelines(those(acts, [](const Act& act) { return act.has_actors(); }), style);
    show_table(those(acts, [](const Act& act) { return !act.is_chart; }), style);
    if (chapter.epilogue) show_chapter_epilogue(chapter, acts, fast, style);
    if (chapter.broken) show_broken(chapter, *chapter.broken, style);
    return std::all_of(acts.begin(), acts.end(), [](const Act& act) { return act.performance.ended.empty(); });
}

int demo(int argc, char** argv) {
    std::string name;
    bool fast = false;
    CommandLine line("usage: ./kit demo [chNN] [--fast]");
    line.name("chapter", name);
    line.flag("--fast", fast);
    line.parse(argc, argv);

    const Manifest manifest = kit_manifest();
    const std::vector<ChapterEntry> chapters = manifest.select(name);
    if (chapters.empty() ||
        manifest.select(chapters.front().id).front().programs.size() != chapters.front().programs.size()) {
        std::vector<std::string> numbers;
        for (const ChapterEntry& chapter : manifest.chapters) numbers.push_back(chapter.number());
        throw UsageError("there is no chapter " + name + "; there are " + list_of(numbers));
    }
    if (!std::filesystem::exists(kit_root() / "solutions")) {
        throw std::runtime_error("this copy has no solutions to show; ./kit run PROGRAM runs your own programs");
    }
    const Style style{terminal_paint(), reads_utf8()};
    if (chapters.size() == 1) require_built(chapters.front());
    bool all_well = true, all_there = true;
    for (const ChapterEntry& chapter : chapters) {
        const std::string missing = missing_for(kit_root() / "build", chapter.id);
        if (missing.empty()) {
            all_well = show_chapter(chapter, fast, style) && all_well;
            continue;
        }
        show_heading(chapter, style);
        std::cout << "\nNot shown: " << missing << ".\n";
        all_there = false;
    }
    return !all_there ? 3 : all_well ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("demo", demo, argc, argv);
}
