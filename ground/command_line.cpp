#include "ground/command_line.hpp"

#include <CLI/CLI.hpp>
#include <utility>

struct CommandLine::Parser {
    CLI::App app;
    std::string what_is_right;
};

CommandLine::CommandLine(std::string what_is_right) : parser_(std::make_unique<Parser>()) {
    parser_->what_is_right = std::move(what_is_right);
    parser_->app.set_help_flag();  // ./kit COMMAND --help answers that, before anything is built
}

CommandLine::~CommandLine() = default;

void CommandLine::name(const std::string& placeholder, std::string& value) {
    parser_->app.add_option(placeholder, value);
}

void CommandLine::required(const std::string& placeholder, std::string& value) {
    parser_->app.add_option(placeholder, value)->required();
}

void CommandLine::required(const std::string& placeholder, std::string& value,
                           const std::vector<std::string>& choices) {
    parser_->app.add_option(placeholder, value)->required()->check(CLI::IsMember(choices));
}

void CommandLine::names(const std::string& placeholder, std::vector<std::string>& values) {
    parser_->app.add_option(placeholder, values);
}

void CommandLine::number(const std::string& placeholder, std::optional<int>& value) {
    parser_->app.add_option(placeholder, value);
}

void CommandLine::flag(const std::string& flag, bool& value) {
    parser_->app.add_flag(flag, value);
}

void CommandLine::text(const std::string& flag, const std::string& placeholder, std::string& value) {
    parser_->app.add_option(flag, value)->type_name(placeholder);
}

void CommandLine::count(const std::string& flag, int& value) {
    parser_->app.add_option(flag, value)->check(CLI::Range(1, 1'000'000));
}

void CommandLine::never_both(const std::string& one, const std::string& other) {
    parser_->app.get_option(one)->excludes(parser_->app.get_option(other));
}

void CommandLine::parse(int argc, char** argv) {
    try {
        parser_->app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        throw UsageError(std::string(error.what()) + "; " + parser_->what_is_right);
    }
}
