// ./kit play: the person at the keyboard is the scheduler of a program's threads.
#include <iostream>

#include "grader/explore/standing.hpp"
#include "grader/explore/story.hpp"
#include "tools/keys.hpp"
#include "tools/played_program.hpp"
#include "tools/tool.hpp"

namespace {

using namespace explore;

constexpr unsigned long orders_to_look_at = 200;  // for each choice that is asked about

class Play {
  public:
    Play(const PlayedProgram& program, const std::vector<std::string>& arguments, const Names& names, int exit_code)
        : program_(program),
          arguments_(arguments),
          exit_code_(exit_code),
          telling_{program.name, program.source, names, "", {}},
          player_(program.executable, arguments) {}

    void run() {
        const Paint& bold = drawing_.style.paint;
        std::cout << bold("1", command_of(program_, arguments_)) << "\n\n"
                  << "Number: that thread makes a step.  Enter: the first one.  b: back.\n"
                  << "?: which choice can break it.  g: go on to the end.  q: quit.\n\n";
        for (bool goes_on = true; goes_on;) {
            player_.prune(false);
            player_.play_up_to(choices_);
            show();
            goes_on = answer();
        }
    }

  private:
    bool is_asked() const { return player_.order().end == End::halted; }
    const Point& asked() const { return player_.order().point[player_.order().points - 1]; }
    std::string name(int thread) const { return short_name(telling_.names, thread); }

    // What happened since the last time, and where all threads stand now.
    void show() {
        const History history = history_of(player_, telling_);
        if (shown_ == 0) std::cout << picture_head(history, drawing_);
        for (std::size_t i = 0; i < history.rows.size(); ++i)
            if (history.rows[i].first >= shown_ && history.rows[i].steps > 0)
                std::cout << picture_row(history, i, drawing_);
        shown_ = player_.order().events;
        std::cout << '\n';
        if (!is_asked()) {
            const std::string end = how_it_ended(player_, program_, telling_.names, exit_code_);
            for (const std::string& line : wrap("Ends: " + end, screen_columns))
                std::cout << drawing_.style.paint("1", line) << '\n';
            for (const std::string& line : wrap("Order: " + schedule(player_, telling_.names), screen_columns))
                std::cout << line << '\n';
            if (player_.order().points == 0)
                std::cout << "There was no choice: never could two threads make the next step.\n";
            std::cout << "b: back. q: quit. ";
            return;
        }
        for (const Standing& one : standing_in(player_, telling_)) show(one);
        std::cout << (asked().of_waiters ? "Which one is woken? " : "Which one moves? ");
    }

    void show(const Standing& one) const {
        const Style& style = drawing_.style;
        const bool can = one.option >= 0;
        std::string line = can ? style.paint("1", pad(std::to_string(one.option + 1), 3)) : "   ";
        line += style.actor(one.thread, pad(name(one.thread), 6)) +
                pad(one.what + (one.holds ? ", holds a lock" : ""), 34) + " ";
        const std::string at = one.line > 0 ? pad(std::to_string(one.line), 4) : "";
        std::cout << line << style.paint("2", at + style.cut(one.code, screen_columns - 44 - at.size())) << '\n';
    }

    // False where that was all.
    bool answer() {
        for (;;) {
            const std::optional<std::string> said = next_answer(!is_asked() || asked().options < 10);
            if (!said || *said == "q") return false;
            if (*said == "b") return step_back();
            if (is_asked() && *said == "?") {
                look_ahead();
                return true;
            }
            if (is_asked() && *said == "g") {
                return go_on();
            }
            if (const int option = is_asked() ? option_of(*said) : -1; option >= 0) {
                choices_.push_back(static_cast<std::uint8_t>(option));
                return true;
            }
            std::cout << (is_asked() ? "A number from 1 to " + std::to_string(asked().options) + ", b, ?, g or q: "
                                     : std::string("b or q: "));
        }
    }

    int option_of(const std::string& said) const {
        if (said.empty()) return 0;
        if (said.size() > 2 || said.find_first_not_of("0123456789") != std::string::npos) return -1;
        const int number = std::stoi(said);
        return number <= asked().options ? number - 1 : -1;
    }

    bool step_back() {
        if (choices_.empty()) std::cout << "This is the first choice.\n";
        else choices_.pop_back();
        shown_ = 0;
        return true;
    }

    bool go_on() {
        player_.play(choices_);
        choices_ = player_.choices();
        return true;
    }

    // The orders that follow each option: does one of them break?
    void look_ahead() {
        const Point here = asked();
        const Judge wrong = [&](const Player& order) {
            return wrong_end(order, program_.name, telling_.names, exit_code_);
        };
        for (std::uint8_t option = 0; option < here.options; ++option) {
            Choices first = choices_;
            first.push_back(option);
            const Search found = search(player_, orders_to_look_at, wrong, first);
            const std::string says = found.problem.empty() ? "none breaks, of " + covered(found)
                                                           : "can break: in one order " + found.problem;
            const std::string lead = std::to_string(option + 1) + "  " + name(here.who[option]) + ": ";
            for (const std::string& line : wrap(lead + says, screen_columns)) std::cout << line << '\n';
        }
    }

    const PlayedProgram& program_;
    const std::vector<std::string>& arguments_;
    const int exit_code_;
    const Telling telling_;
    const Drawing drawing_ = terminal_drawing();
    Player player_;
    Choices choices_;
    std::uint32_t shown_ = 0;  // steps
};

int play(int argc, char** argv) {
    std::string name;
    std::vector<std::string> arguments = words_after_dashes(argc, argv);
    CommandLine line("usage: ./kit play PROGRAM [-- ARGUMENTS]");
    line.required("PROGRAM", name);
    line.parse(argc, argv);
    const PlayedProgram program = played_program(name);
    if (arguments.empty()) arguments = program.small_plan;
    const std::optional<KeptOrder> kept = kept_order(name);
    const bool is_known = kept && kept->order.arguments == arguments;
    Play(program, arguments, is_known ? kept->order.names : Names(), is_known ? kept->order.exit_code : 0).run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return run_kept("play", play, argc, argv);
}
