#include "grader/compile/diagnostics.hpp"

#include <algorithm>
#include <cctype>
#include <csignal>
#include <iterator>
#include <sstream>
#include <string_view>
#include <vector>

namespace {

using Lines = std::vector<std::string>;

Lines lines_of(const std::string& text) {
    Lines lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

// FILE:LINE or FILE:LINE:COLUMN, and no code that happens to look like it.
bool is_place(const std::string& text) {
    const std::size_t last = text.rfind(':');
    if (last == std::string::npos || !is_number(text.substr(last + 1))) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        const bool sign = std::string_view("_-+./<>: ").find(c) != std::string_view::npos;
        return sign || std::isalnum(static_cast<unsigned char>(c));
    });
}

// A message about a place in a file that begins this line: what it is, and what it says. g++ and clang++
// indent the lines that they quote, or put a number before them.
struct Located {
    enum Kind { none, error, fatal_error, crash, remark } kind = none;
    std::string text;
};

Located located(const std::string& line) {
    struct Word {
        const char* written;
        Located::Kind kind;
    };
    constexpr Word words[] = {{": error: ", Located::error},
                              {": fatal error: ", Located::fatal_error},
                              {": Error: ", Located::error},  // the assembler's
                              {": internal compiler error: ", Located::crash},
                              {": warning: ", Located::remark},
                              {": note: ", Located::remark}};
    Located found;
    std::size_t first = std::string::npos;
    if (line.empty() || std::isspace(static_cast<unsigned char>(line[0]))) return found;
    for (const Word& word : words) {
        const std::size_t at = line.find(word.written);
        if (at >= first || !is_place(line.substr(0, at))) continue;
        first = at;
        found = {word.kind, line.substr(at + std::string(word.written).size())};
    }
    return found;
}

// g++ names the program's last line where it cannot write its own files.
bool is_of_the_system(const Located& message) {
    if (message.kind != Located::fatal_error) return false;
    if (message.text.rfind("error writing to ", 0) == 0) return true;
    for (const char* refusal : {"No space left on device", "Disk quota exceeded", "Input/output error",
                                "Too many open files", "Too many open files in system", "Cannot allocate memory",
                                "Resource temporarily unavailable", "Read-only file system"})
        if (message.text.ends_with(std::string(": ") + refusal)) return true;
    return false;
}

bool is_an_error(const std::string& line) {
    const Located message = located(line);
    return (message.kind == Located::error || message.kind == Located::fatal_error) && !is_of_the_system(message);
}

// About no place in the program, and no quotation: the driver's, the linker's, the loader's.
bool is_own(const std::string& line) {
    if (line.empty() || std::isspace(static_cast<unsigned char>(line[0]))) return false;
    const Located message = located(line);
    return message.kind == Located::none || is_of_the_system(message);
}

// What only the program itself can be blamed for, in the words of ld, lld and mold.
bool is_of_the_linker(const std::string& line) {
    if (!is_own(line)) return false;
    for (const char* words :
         {": undefined reference to ", ": multiple definition of ",
          ": relocation truncated to fit: ", "error: undefined symbol: ", "error: duplicate symbol: "})
        if (has(line, words)) return true;
    return false;
}

// The compiler's word on itself, or its driver's on it.
bool is_a_crash(const std::string& line) {
    if (located(line).kind == Located::crash) return true;
    if (!is_own(line)) return false;
    for (const char* signal : {": Segmentation fault", ": Aborted", ": Illegal instruction", ": Bus error"})
        if (has(line, signal)) return true;
    return false;
}

// That line and those that show it, without the notes after it.
std::string quoted_from(const Lines& lines, std::size_t first) {
    constexpr std::size_t most = 6;
    std::string quoted = lines[first];
    for (std::size_t i = first + 1; i < lines.size() && i < first + most; ++i) {
        if (located(lines[i]).kind != Located::none || is_of_the_linker(lines[i])) break;
        quoted += "\n" + lines[i];
    }
    return quoted;
}

std::optional<std::size_t> first_line(const Lines& lines, bool (*wanted)(const std::string&)) {
    const auto found = std::find_if(lines.begin(), lines.end(), wanted);
    if (found == lines.end()) return std::nullopt;
    return static_cast<std::size_t>(found - lines.begin());
}

Lines own_lines(const Lines& lines) {
    Lines own;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(own), is_own);
    return own;
}

bool one_has(const Lines& lines, std::initializer_list<const char*> words) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return std::any_of(words.begin(), words.end(), [&](const char* word) { return has(line, word); });
    });
}

std::string seconds(std::uint64_t number) {
    return std::to_string(number) + " s of processor time";
}

std::string bytes(std::uint64_t number) {
    constexpr std::uint64_t kibi = 1024, mebi = kibi * 1024, gibi = mebi * 1024;
    if (number < mebi) return std::to_string(number / kibi) + " KiB";
    if (number % gibi == 0) return std::to_string(number / gibi) + " GiB";
    return std::to_string(number / mebi) + " MiB";
}

// A limit that was reached is the program's fault, if it was ours.
CompilerFailure reached(const Limit& limit, std::string (*amount)(std::uint64_t), const std::string& too_much,
                        const std::string& of_what, const std::string& command) {
    if (!limit.lowered()) return {true, too_much + " " + amount(limit.ours) + of_what};
    return {false, "a hard limit of the system leaves the compiler no more than " + amount(limit.in_force()) + of_what +
                       ", and that is too little: grade where the limit is higher (" + command + ")"};
}

std::string remedy_of(const Lines& own, bool killed) {
    if (killed)
        return "the compiler was killed, as the system does where memory runs out: give the container more memory, "
               "2 GiB or more";
    if (one_has(own, {"No space left on device", "Disk quota exceeded"}))
        return "the compiler found no room to write: make room in the build folder and in /tmp";
    if (one_has(own, {"Too many open files", "out of file descriptors"}))
        return "the compiler may not open enough files: raise the limit (ulimit -n), 64 or more";
    if (one_has(own, {"Resource temporarily unavailable"}))
        return "the compiler may not start its parts: raise the limit on processes (ulimit -u, or the container's)";
    return "";
}

}  // namespace

CompilerFailure explain_failure(const std::optional<Ending>& ending, bool flooded, const std::string& messages,
                                const CompilerLimits& limits) {
    const Lines lines = lines_of(messages);
    if (const auto error = first_line(lines, is_an_error)) return {true, quoted_from(lines, *error)};
    if (flooded) return {true, "does not compile: the compiler floods its output"};
    if (const auto error = first_line(lines, is_of_the_linker)) return {true, quoted_from(lines, *error)};
    if (!ending) return {false, "the compiler did not come to an end: something in this system keeps it from going on"};

    const Lines own = own_lines(lines);
    if (*ending == Ending{true, SIGXCPU} || one_has(own, {"CPU time limit exceeded"}))
        return reached(limits.seconds, seconds, "does not compile within", "", "ulimit -Ht");
    if (*ending == Ending{true, SIGXFSZ} || one_has(own, {"File size limit exceeded", "File too large"}))
        return reached(limits.file, bytes, "compiles to more than", "", "ulimit -Hf");
    if (one_has(own, {"out of memory", "memory exhausted", "std::bad_alloc", "Cannot allocate memory",
                      "failed to map segment"}))
        return reached(limits.memory, bytes, "does not compile within", " of memory", "ulimit -Hv");

    const bool killed = *ending == Ending{true, SIGKILL} || one_has(own, {": Killed", "[Killed]"});
    // A limit of a second leaves no room for a signal beforehand.
    if (killed && limits.seconds.lowered()) return reached(limits.seconds, seconds, "", "", "ulimit -Ht");
    const auto crash = first_line(lines, is_a_crash);
    if (!killed && crash) {
        if (limits.memory.lowered()) return reached(limits.memory, bytes, "", " of memory", "ulimit -Hv");
        if (limits.stack.lowered()) return reached(limits.stack, bytes, "", " of stack", "ulimit -Hs");
        return {true, "the compiler itself crashes on it: " + quoted_from(lines, *crash)};
    }
    const std::string remedy = remedy_of(own, killed);
    std::string said = own.empty() ? describe(*ending) : own.front();
    for (std::size_t i = 1; i < own.size() && i < 3; ++i) said += "; " + own[i];
    return {false, (remedy.empty() ? "the compiler failed, and not because of the program" : remedy) +
                       ". It says: " + said.substr(0, 400)};
}
