#include "support/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <sstream>
#include <stdexcept>

#include "support/one_line.hpp"
#include "support/print.hpp"
#include "support/quantity.hpp"

namespace {

std::optional<std::int64_t> parse_count(std::string_view text) {
    static constexpr std::array<Unit, 4> units{{{"", 1}, {"k", 1'000}, {"M", 1'000'000}, {"G", 1'000'000'000}}};
    const std::optional<Quantity> quantity = parse_quantity(text, units);
    if (!quantity || !quantity->exact) return std::nullopt;
    return quantity->amount;
}

std::optional<double> parse_number(std::string_view text) {
    static constexpr std::array<Unit, 1> thousandths{{{"", 1'000}}};
    const std::optional<Quantity> quantity = parse_quantity(text, thousandths);
    if (!quantity || !quantity->exact) return std::nullopt;
    return static_cast<double>(quantity->amount) / 1'000;
}

// A blank line, or half of one, is nothing to recognise an actor by.
bool is_name(const std::string& text) {
    return text.find_first_not_of(' ') != std::string::npos && std::none_of(text.begin(), text.end(), is_control);
}

// What somebody typed, fit to stand in one line.
std::string quoted(const std::string& text) {
    constexpr std::size_t longest = 60;
    return "'" + one_line(text.substr(0, longest)) + (text.size() > longest ? "...'" : "'");
}

}  // namespace

struct Options::Parser {
    CLI::App app;
    std::map<std::string, std::string> accepted;  // what each flag takes, in words

    // CLI11's message, and what would have been right where it does not say so.
    std::string explain(const CLI::ParseError& error) const {
        const std::string what = error.what();
        const auto flag = accepted.find(what.substr(0, what.find(':')));
        const bool told = what.find("give ") != std::string::npos;
        return flag == accepted.end() || told ? what : what + ": give " + flag->second;
    }
};

Options::Options(const std::string& purpose) : parser_(std::make_unique<Parser>()) {
    parser_->app.description(purpose);
    parser_->app.set_help_flag("-h,--help", "print this and end");
}

Options::~Options() = default;

void Options::count(const std::string& flag, int& value, Range<int> range, const std::string& meaning) {
    add_count(flag, value, {range.least, range.most}, meaning,
              [&value](std::int64_t number) { value = static_cast<int>(number); });
}

void Options::count(const std::string& flag, std::int64_t& value, Range<std::int64_t> range,
                    const std::string& meaning) {
    add_count(flag, value, range, meaning, [&value](std::int64_t number) { value = number; });
}

void Options::add_count(const std::string& flag, std::int64_t value, Range<std::int64_t> range,
                        const std::string& meaning, std::function<void(std::int64_t)> assign) {
    const std::string bounds = std::to_string(range.least) + " to " + std::to_string(range.most);
    add(flag, "COUNT", "a whole number from " + bounds, meaning + ": " + bounds, std::to_string(value),
        [range, assign](const std::string& text) {
            const std::optional<std::int64_t> number = parse_count(text);
            if (!number || *number < range.least || *number > range.most) return false;
            assign(*number);
            return true;
        });
}

void Options::range(const std::string& flag, Range<int>& value, Range<int> bounds, const std::string& meaning) {
    const std::string words = std::to_string(bounds.least) + " to " + std::to_string(bounds.most);
    const std::string standard =
        std::to_string(value.least) + (value.least == value.most ? "" : ".." + std::to_string(value.most));
    add(flag, "COUNT", "a whole number from " + words + ", or two as in 2..8", meaning + ": " + words + ", or MIN..MAX",
        standard, [bounds, &value](const std::string& text) {
            const std::size_t dots = text.find("..");
            const std::optional<std::int64_t> least = parse_count(text.substr(0, dots));
            const std::optional<std::int64_t> most =
                dots == std::string::npos ? least : parse_count(std::string_view(text).substr(dots + 2));
            if (!least || !most || *least < bounds.least || *least > *most || *most > bounds.most) return false;
            value = {static_cast<int>(*least), static_cast<int>(*most)};
            return true;
        });
}

void Options::number(const std::string& flag, double& value, Range<int> range, const std::string& meaning) {
    const std::string bounds = std::to_string(range.least) + " to " + std::to_string(range.most);
    std::ostringstream standard;
    standard << value;
    add(flag, "NUMBER", "a number from " + bounds + ", with at most three decimals", meaning + ": " + bounds,
        standard.str(), [range, &value](const std::string& text) {
            const std::optional<double> number = parse_number(text);
            if (!number || *number < range.least || *number > range.most) return false;
            value = *number;
            return true;
        });
}

void Options::duration(const std::string& flag, Duration& value, Range<Duration> range, const std::string& meaning) {
    const std::string least = format_duration(range.least);
    const std::string bounds =
        range.most == Duration::max() ? "at least " + least : least + " to " + format_duration(range.most);
    add(flag, "DURATION", "a number with a unit (us, ms, s, min, h), " + bounds, meaning + ": " + bounds,
        format_duration(value), [range, &value](const std::string& text) {
            const std::optional<Duration> parsed = parse_duration(text);
            if (!parsed || *parsed < range.least || *parsed > range.most) return false;
            value = *parsed;
            return true;
        });
}

void Options::text(const std::string& flag, std::string& value, const std::string& meaning) {
    add(flag, "TEXT", "some text", meaning, value, [&value](const std::string& given) {
        value = given;
        return !given.empty();
    });
}

void Options::texts(const std::string& flag, const std::string& kind,
                    const std::function<void(const std::string&)>& take, const std::string& meaning) {
    const auto take_all = [flag, take](const std::vector<std::string>& all) {
        for (const std::string& text : all) {
            try {
                take(text);
            } catch (const std::invalid_argument& accepted) {
                throw CLI::ValidationError(flag, quoted(text) + " is not accepted: " + accepted.what());
            }
        }
    };
    parser_->accepted[flag] = kind;
    parser_->app.add_option_function<std::vector<std::string>>(flag, take_all, meaning)
        ->type_name(kind)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Options::choice(const std::string& flag, std::string& value, const std::vector<std::string>& choices,
                     const std::string& meaning) {
    std::string accepted;
    for (const std::string& choice : choices) {
        accepted += (accepted.empty() ? "" : choice == choices.back() ? " or " : ", ") + choice;
    }
    add(flag, "WORD", accepted, meaning + ": " + accepted, value, [choices, &value](const std::string& text) {
        if (std::find(choices.begin(), choices.end(), text) == choices.end()) return false;
        value = text;
        return true;
    });
}

void Options::add(const std::string& flag, const std::string& kind, const std::string& accepted,
                  const std::string& meaning, const std::string& standard, Setter set) {
    const auto assign = [flag, accepted, set](const std::string& text) {
        if (set(text)) return;
        throw CLI::ValidationError(flag, quoted(text) + " is not accepted: give " + accepted);
    };
    parser_->accepted[flag] = accepted;
    parser_->app.add_option_function<std::string>(flag, assign, meaning)->type_name(kind)->default_str(standard);
}

void Options::names(const std::string& placeholder, std::vector<std::string>& values, Range<std::size_t> how_many,
                    const std::string& meaning) {
    const auto refusal = [](const std::string& name) {
        return is_name(name) ? ""
                             : quoted(name) + " is not accepted: give something to read, without control characters";
    };
    std::string standard;
    for (const std::string& value : values) standard += (standard.empty() ? "" : " ") + value;
    CLI::Option* option = parser_->app.add_option(placeholder, values, meaning);
    option->type_name("")
        ->default_str(standard)
        ->required(values.empty() && how_many.least > 0)
        ->expected(static_cast<int>(std::max<std::size_t>(how_many.least, 1)), static_cast<int>(how_many.most))
        ->check(CLI::Validator(refusal, ""));
}

void Options::example(const std::string& arguments) {
    parser_->app.footer(arguments);
}

void Options::parse(int argc, char** argv) {
    CLI::App& app = parser_->app;
    std::string program = argc > 0 ? argv[0] : "";
    program.erase(0, program.find_last_of('/') + 1);
    app.name(program);
    app.footer(
        "A DURATION is a number with a unit: us, ms, s, min or h. A COUNT may be written\n"
        "50k or 1.5M. Both --flag value and --flag=value will do.\n\nExample\n  " +
        program + " " + app.get_footer());
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        std::string help = app.help();
        const std::size_t several = help.find("(1x)");  // CLI11's way to say that there may be more
        if (several != std::string::npos) help.replace(several, 4, "...");
        print_line(help);
        std::exit(0);
    } catch (const CLI::ExtrasError& error) {
        std::string known;
        for (const CLI::Option* option : app.get_options())
            if (!option->get_positional()) known += (known.empty() ? "" : ", ") + option->get_name();
        print_error(program, ": ", error.what(), "; the flags are ", known);
        std::exit(2);
    } catch (const CLI::ParseError& error) {
        print_error(program, ": ", parser_->explain(error));
        std::exit(2);
    }
}

void Options::refuse(const std::string& why) const {
    print_error(parser_->app.get_name(), ": ", why);
    std::exit(2);
}
