#include "support/options.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <utility>

#include "support/print.hpp"
#include "support/quantity.hpp"

namespace {

std::optional<std::int64_t> parse_count(std::string_view text) {
    static constexpr std::array<Unit, 4> units{
        {{"", 1}, {"k", 1'000}, {"M", 1'000'000}, {"G", 1'000'000'000}}};
    const std::optional<Quantity> quantity = parse_quantity(text, units);
    if (!quantity || !quantity->exact) return std::nullopt;
    return quantity->amount;
}

bool is_control(unsigned char c) {
    return c < 0x20 || c == 0x7f;
}

// A blank line, or half of one, is nothing to recognise an actor by.
bool is_name(const std::string& text) {
    return text.find_first_not_of(' ') != std::string::npos &&
           std::none_of(text.begin(), text.end(), is_control);
}

// What somebody typed, fit to stand in one line.
std::string quoted(const std::string& text) {
    constexpr std::size_t longest = 60;
    std::string shown = "'";
    for (unsigned char c : text.substr(0, longest)) {
        constexpr std::string_view digits = "0123456789abcdef";
        if (is_control(c)) {
            shown += {'\\', 'x', digits[c >> 4], digits[c & 15]};
        } else {
            shown += static_cast<char>(c);
        }
    }
    return shown + (text.size() > longest ? "...'" : "'");
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
    return text;
}

bool is_flag(const std::string& argument) {
    return argument.size() > 1 && argument[0] == '-';
}

}  // namespace

void Options::count(const std::string& flag, int& value, Range<int> range,
                    const std::string& meaning) {
    add_count(flag, value, range.least, range.most, meaning,
              [&value](std::int64_t number) { value = static_cast<int>(number); });
}

void Options::count(const std::string& flag, std::int64_t& value, Range<std::int64_t> range,
                    const std::string& meaning) {
    add_count(flag, value, range.least, range.most, meaning,
              [&value](std::int64_t number) { value = number; });
}

void Options::add_count(const std::string& flag, std::int64_t value, std::int64_t least,
                        std::int64_t most, const std::string& meaning,
                        std::function<void(std::int64_t)> assign) {
    const std::string range = std::to_string(least) + " to " + std::to_string(most);
    flags_.push_back({flag, "COUNT", "a whole number from " + range,
                      meaning + ": " + range + " (default " + std::to_string(value) + ")",
                      [=](const std::string& text) {
                          const std::optional<std::int64_t> number = parse_count(text);
                          if (!number || *number < least || *number > most) return false;
                          assign(*number);
                          return true;
                      }});
}

void Options::duration(const std::string& flag, Duration& value, Range<Duration> range,
                       const std::string& meaning) {
    const std::string bounds =
        range.most == Duration::max()
            ? "at least " + format_duration(range.least)
            : format_duration(range.least) + " to " + format_duration(range.most);
    flags_.push_back({flag, "DURATION", "a number with a unit (us, ms, s, min, h), " + bounds,
                      meaning + ": " + bounds + " (default " + format_duration(value) + ")",
                      [range, &value](const std::string& text) {
                          const std::optional<Duration> parsed = parse_duration(text);
                          if (!parsed || *parsed < range.least || *parsed > range.most)
                              return false;
                          value = *parsed;
                          return true;
                      }});
}

void Options::names(const std::string& placeholder, std::vector<std::string>& values,
                    Range<std::size_t> how_many, const std::string& meaning) {
    placeholder_ = placeholder;
    names_ = &values;
    how_many_ = how_many;
    names_help_ = meaning + ": " + how_many_names();
    if (!values.empty()) names_help_ += " (default " + joined(values, " ") + ")";
}

std::string Options::how_many_names() const {
    return std::to_string(how_many_.least) + " to " + std::to_string(how_many_.most);
}

void Options::parse(int argc, char** argv) {
    std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    if (argc > 0) program_ = argv[0];
    program_.erase(0, program_.find_last_of('/') + 1);

    // Whoever asks for help gets it, whatever else is wrong.
    const auto flags_end = std::find(arguments.begin(), arguments.end(), "--");
    for (auto argument = arguments.begin(); argument != flags_end; ++argument) {
        if (*argument == "--help" || *argument == "-h") print_help();
    }

    std::vector<std::string> names;
    for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
        if (argument == flags_end) {
            names.insert(names.end(), argument + 1, arguments.end());
            break;
        }
        if (!is_flag(*argument)) {
            names.push_back(*argument);
            continue;
        }
        const std::size_t equals = argument->find('=');
        Flag& flag = find(*argument, argument->substr(0, equals));
        if (equals != std::string::npos) {
            set(flag, argument->substr(equals + 1));
        } else if (argument + 1 == arguments.end() || argument[1].starts_with("--")) {
            refuse(flag.name + " has no value: give " + flag.accepted);
        } else {
            set(flag, *++argument);
        }
    }
    set_names(names);
}

Options::Flag& Options::find(const std::string& argument, const std::string& name) {
    for (Flag& flag : flags_) {
        if (flag.name == name) return flag;
    }
    std::vector<std::string> known;
    for (const Flag& flag : flags_) known.push_back(flag.name);
    known.push_back("--help");
    refuse("unknown flag " + quoted(argument) + ": the flags are " + joined(known, ", "));
}

void Options::set(Flag& flag, const std::string& value) {
    if (flag.given) {
        refuse(flag.name + " " + quoted(value) + " is its second value: give one, " +
               flag.accepted);
    }
    if (!flag.set(value)) {
        refuse(flag.name + " " + quoted(value) + " is not accepted: give " + flag.accepted);
    }
    flag.given = true;
}

void Options::set_names(const std::vector<std::string>& given) {
    if (!names_) {
        if (!given.empty())
            refuse("unexpected argument " + quoted(given.front()) + ": give flags alone");
        return;
    }
    if (given.empty() && !names_->empty()) return;  // the default stands

    for (const std::string& name : given) {
        if (!is_name(name)) {
            refuse(placeholder_ + " " + quoted(name) +
                   " is not accepted: give something to read, without control characters");
        }
    }
    if (given.size() < how_many_.least || given.size() > how_many_.most) {
        refuse(placeholder_ + ": " + std::to_string(given.size()) + " given, give " +
               how_many_names());
    }
    *names_ = given;
}

void Options::print_help() const {
    std::string usage = program_;
    std::vector<std::pair<std::string, std::string>> rows;
    for (const Flag& flag : flags_) {
        rows.emplace_back(flag.name + " " + flag.kind, flag.help);
        usage += " [" + rows.back().first + "]";
    }
    rows.emplace_back("--help", "print this and end");
    if (names_) {
        rows.emplace_back(placeholder_ + "...", names_help_);
        usage += names_->empty() ? " " + placeholder_ + "..." : " [" + placeholder_ + "...]";
    }

    std::size_t width = 0;
    for (const auto& [left, right] : rows) width = std::max(width, left.size());

    std::string text = program_ + ": " + purpose_ + "\n\nUsage\n  " + usage + "\n\nArguments\n";
    for (const auto& [left, right] : rows) {
        text += "  " + left + std::string(width + 2 - left.size(), ' ') + right + "\n";
    }
    text +=
        "\nA DURATION is a number with a unit: us, ms, s, min or h. A COUNT may be\n"
        "written 50k or 1.5M. Both --flag value and --flag=value will do.\n";
    if (names_) text += "After -- everything is a " + placeholder_ + ".\n";
    text += "\nExample\n  " + program_ + " " + example_;
    print_line(text);
    std::exit(0);
}

void Options::refuse(const std::string& why) const {
    print_error(program_, ": ", why);
    std::exit(2);
}
