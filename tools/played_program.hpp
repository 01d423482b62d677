// A program of labs/ that ./kit replay and ./kit play move: built so that it can be moved step by step.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "grader/explore/broken_order.hpp"
#include "grader/explore/picture.hpp"

struct PlayedProgram {
    std::string name;
    std::string source;
    std::filesystem::path executable;
    std::vector<std::string> small_plan;  // arguments of a plan that has few orders
};

// `file`: whose text it is; empty: the student's own. Throws UsageError where no exercise has that name, and
// std::runtime_error where it cannot be built.
PlayedProgram played_program(const std::string& name, const std::filesystem::path& file = {});

// What ./kit grade kept of it; none where no order broke it.
std::optional<explore::KeptOrder> kept_order(const std::string& program);

// The words after "--", which the other words are without then.
std::vector<std::string> words_after_dashes(int& argc, char** argv);

// As the terminal shows pictures.
explore::Drawing terminal_drawing();

// "bounded_queue --items 3"
std::string command_of(const PlayedProgram& program, const std::vector<std::string>& arguments);

// How the order just played ended, in words: what is wrong, or what it printed.
std::string how_it_ended(const explore::Player& player, const PlayedProgram& program, const explore::Names& names,
                         int exit_code);

// Runs the tool so that nothing is left of what it starts, whatever ends it.
int run_kept(const std::string& name, int (*work)(int, char**), int argc, char** argv);
