// ./kit replay: the order that broke a program, once more, as a picture.
#include <iostream>
#include <sstream>

#include "grader/explore/follow.hpp"
#include "grader/explore/story.hpp"
#include "grader/report/report.hpp"
#include "tools/keys.hpp"
#include "tools/played_program.hpp"
#include "tools/tool.hpp"

namespace {

using namespace explore;

constexpr const char* usage =
    "usage: ./kit replay PROGRAM [SCHEDULE | --search] [--step] [--svg FILE] [--markdown] [-- ARGUMENTS]";
constexpr unsigned long orders_to_decide = 300, orders_to_search = 2'000;

struct Request {
    std::string program, schedule, svg, source, threads;
    bool step = false, markdown = false, search = false;
    std::vector<std::string> arguments;
};

Request read_request(int argc, char** argv) {
    Request request;
    request.arguments = words_after_dashes(argc, argv);
    CommandLine line(usage);
    line.required("PROGRAM", request.program);
    line.name("SCHEDULE", request.schedule);
    line.flag("--step", request.step);
    line.flag("--markdown", request.markdown);
    line.text("--svg", "FILE", request.svg);
    line.flag("--search", request.search);
    line.text("--threads", "NAMES", request.threads);
    line.text("--source", "FILE", request.source);  // another text of the exercise: for ./kit demo
    line.never_both("--step", "--markdown");
    line.never_both("--search", "SCHEDULE");
    line.parse(argc, argv);
    return request;
}

// What is played, and what is said about it first.
struct Replay {
    BrokenOrder order;
    std::string remark;
    bool is_same = false;  // the program, and so the verdict, is what was graded
};

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

Replay choose(const Request& request, const PlayedProgram& program) {
    const std::optional<KeptOrder> kept = kept_order(program.name);
    Replay replay;
    if (kept) replay.order = kept->order;
    if (!request.arguments.empty()) {
        replay.order.arguments = request.arguments;
        replay.order.exit_code = 0;
    } else if (!kept) {
        replay.order.arguments = program.small_plan;
    }
    if (!request.threads.empty()) replay.order.names = words_of(request.threads);
    if (request.search) {
        replay.order.schedule.clear();
        return replay;
    }
    if (!request.schedule.empty()) {
        replay.order.schedule = request.schedule;
        return replay;
    }
    if (!kept)
        throw UsageError("no order is known that breaks " + program.name + ": ./kit grade " + program.name +
                         " looks for one; or give a SCHEDULE. " + usage);
    replay.is_same = request.arguments.empty() && kept->digest == digest_of(program.source);
    if (!replay.is_same) replay.remark = program.name + " has changed since this order broke it. ";
    return replay;
}

// The first order that breaks the program: its schedule stays empty where none does.
void look_for_order(const PlayedProgram& program, Replay& replay) {
    BrokenOrder& order = replay.order;
    Player player(program.executable, order.arguments);
    const Judge wrong = [&](const Player& one) { return wrong_end(one, program.name, order.names, order.exit_code); };
    const Search found = search(player, orders_to_search, wrong);
    if (found.problem.empty()) {
        replay.remark = "No order was found that breaks it, of " + covered(found) + ".";
        return;
    }
    order = broken_order(player, order.arguments, order.names, order.exit_code, found.problem, orders_to_decide, wrong);
    replay.is_same = true;
}

// The history of the order, played again. Where the program is another one, what came of it.
History played(const PlayedProgram& program, Replay& replay) {
    BrokenOrder& order = replay.order;
    Player player(program.executable, order.arguments);
    if (replay.is_same) {
        player.play(order.choices);
        replay.is_same = schedule(player, order.names) == order.schedule;
    }
    if (!replay.is_same) {
        const Choices choices = follow(player, order.schedule, order.names);
        const auto wrong = [&](const Player& one) {
            return wrong_end(one, program.name, order.names, order.exit_code);
        };
        const std::string problem = wrong(player);
        order.problem = how_it_ended(player, program, order.names, order.exit_code);
        order.decision =
            problem.empty() || beyond(player) ? Decision{} : decision_of(player, choices, orders_to_decide, wrong);
        player.prune(false);
        player.play(choices);
    }
    return history_of(player, {program.name, program.source, order.names, order.problem, order.decision});
}

void show_step_by_step(const History& history, const Drawing& drawing) {
    std::cout << "A key, or Enter, shows the next step; q ends.\n\n" << picture_head(history, drawing);
    for (std::size_t row = 0; row < history.rows.size(); ++row) {
        std::cout << picture_row(history, row, drawing);
        const std::optional<std::string> answer = next_answer();
        if (!answer || *answer == "q") return;
    }
    std::cout << picture_end(history, drawing);
}

int replay(int argc, char** argv) {
    const Request request = read_request(argc, argv);
    if (!request.svg.empty()) {
        const std::string problem = why_not_writable(request.svg);
        if (!problem.empty()) throw UsageError("--svg '" + request.svg + "': " + problem);
    }
    const PlayedProgram program = played_program(request.program, request.source);
    Replay replay = choose(request, program);
    if (request.search) look_for_order(program, replay);
    if (replay.order.schedule.empty()) {
        std::cout << replay.remark << '\n';
        return 0;
    }
    History history;
    try {
        history = played(program, replay);
    } catch (const UsageError& error) {
        if (!request.schedule.empty()) throw;
        for (const std::string& line :
             wrap(replay.remark + "It does not follow that order any more: " + error.what() + ".", screen_columns))
            std::cout << line << '\n';
        return 1;
    }
    const std::string command = command_of(program, replay.order.arguments);
    if (request.markdown) {
        std::cout << markdown_picture(history, command);
    } else {
        const Drawing drawing = terminal_drawing();
        std::cout << drawing.style.paint("1", command) << '\n';
        for (const std::string& line : wrap("Order: " + history.schedule, screen_columns)) std::cout << line << '\n';
        if (!replay.remark.empty()) std::cout << replay.remark << "In that order it does this now:\n";
        std::cout << '\n';
        if (request.step) show_step_by_step(history, drawing);
        else std::cout << picture(history, drawing);
    }
    if (!request.svg.empty()) {
        write_report(request.svg, svg_picture(history, command + ", one order of its steps"));
        std::cerr << "kit: wrote " << request.svg << '\n';
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return run_kept("replay", replay, argc, argv);
}
