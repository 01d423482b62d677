#include "grader/report.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "grader/report_parts.hpp"
#include "text.hpp"

namespace {

constexpr std::size_t most_lines = 24;  // of one piece of evidence, or of the compiler

std::string quoted(const std::string& name) {
    return "\"" + name + "\"";
}

void shorten(std::vector<std::string>& lines) {
    if (lines.size() <= most_lines) return;
    lines.resize(most_lines - 1);
    lines.push_back("...");
}

// The first criterion that was judged and does not hold.
const CriterionGrade* first_failure(const ProgramGrade& program) {
    for (const CriterionGrade& criterion : program.criteria) {
        if (criterion.judged && !criterion.passed) return &criterion;
    }
    return nullptr;
}

[[noreturn]] void cannot_write(const std::filesystem::path& file) {
    throw std::runtime_error(file.string() + ": cannot be written: " + std::strerror(errno));
}

void write_all(int descriptor, const std::string& text, const std::filesystem::path& file) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t count = write(descriptor, text.data() + done, text.size() - done);
        if (count < 0 && errno != EINTR) cannot_write(file);
        if (count > 0) done += static_cast<std::size_t>(count);
    }
}

}  // namespace

std::vector<std::string> evidence_lines(const CriterionGrade& criterion, std::size_t width) {
    constexpr std::size_t label = 10;
    std::vector<std::string> lines;
    const auto add = [&](const char* name, const std::string& text) {
        if (text.empty()) return;
        std::vector<std::string> wrapped = wrap(printable(text), width - label);
        shorten(wrapped);
        for (std::size_t i = 0; i < wrapped.size(); ++i) {
            lines.push_back(without_commands(pad(i == 0 ? name : "", label) + wrapped[i]));
        }
    };
    add("saw", criterion.saw);
    add("expected", criterion.expected);
    add("why", criterion.why);
    add("read", criterion.read);
    return lines;
}

std::vector<std::string> build_error_lines(const ProgramGrade& program, std::size_t width) {
    if (program.built) return {};
    std::vector<std::string> lines;
    for (const std::string& line : wrap(printable(program.build_error), width - 2))
        lines.push_back(without_commands("| " + line));
    shorten(lines);
    return lines;
}

std::string waiting(const ProgramGrade& program) {
    const auto count =
        std::count_if(program.criteria.begin(), program.criteria.end(),
                      [](const CriterionGrade& criterion) { return !criterion.judged; });
    if (count == 0) return "";
    const bool one = count == 1;
    if (!program.built) {
        return one ? "Its one criterion waits until it can be built."
                   : "Its " + std::to_string(count) + " criteria wait until it can be built.";
    }
    const CriterionGrade* gate = first_failure(program);
    return std::to_string(count) + (one ? " more criterion waits" : " more criteria wait") +
           " until " + (gate ? quoted(gate->name) + " holds." : "the ones before hold.");
}

std::string explanation(const ProgramGrade& program, const CriterionGrade& criterion) {
    if (!criterion.judged && !program.built) {
        std::string text = "It cannot be built:";
        for (const std::string& line : build_error_lines(program, 100)) text += '\n' + line;
        return text;
    }
    if (!criterion.judged) {
        const CriterionGrade* gate = first_failure(program);
        return "Not judged: it waits until " +
               (gate ? quoted(gate->name) + " holds." : "the ones before hold.");
    }
    std::string text;
    for (const std::string& line : evidence_lines(criterion, 100))
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::string next_step(const Grade& grade) {
    for (const ProgramGrade& program : grade.programs) {
        const std::string source = "labs/" + program.chapter + "/" + program.program + ".cpp";
        const std::string hint = "./kit hint " + program.program;
        if (!program.built) return "Make " + source + " build: mend what stands above first.";
        const CriterionGrade* failure = first_failure(program);
        if (!failure) continue;
        if (!waiting(program).empty())
            return "Do the TODOs of " + source + ". To begin, ask " + hint;
        return "In " + source + ", make it hold: " + quoted(failure->name) + ". Read " +
               failure->read + ", or ask " + hint;
    }
    for (const AnswerGrade& answer : grade.answers) {
        if (!answer.answered)
            return "Answer question " + answer.question + " in " + answers_file(answer);
    }
    return grade.programs.empty() && grade.answers.empty() ? "There was nothing to grade."
                                                           : "Nothing: everything holds.";
}

std::string answers_file(const AnswerGrade& answer) {
    return "answers/" + answer.chapter + ".md";
}

bool everything_holds(const Grade& grade) {
    for (const ProgramGrade& program : grade.programs) {
        for (const CriterionGrade& criterion : program.criteria) {
            if (!criterion.passed) return false;
        }
    }
    return std::all_of(grade.answers.begin(), grade.answers.end(),
                       [](const AnswerGrade& answer) { return answer.answered; });
}

std::string json_text(const nlohmann::ordered_json& document) {
    using handler = nlohmann::ordered_json::error_handler_t;
    std::string text = document.dump(2, ' ', /*ensure_ascii=*/true, handler::replace) + '\n';
    // The same JSON, but never a command to GitHub's runner where somebody prints the file.
    for (std::size_t at = 0; (at = text.find("##[", at)) != std::string::npos;)
        text.replace(at, 3, "##\\u005b");
    return text;
}

void write_report(const std::filesystem::path& file, const std::string& text) {
    struct stat there {};
    if (lstat(file.c_str(), &there) == 0 &&
        !S_ISREG(there.st_mode)) {  // /dev/stdout, a pipe, a link
        std::ofstream out(file, std::ios::binary);
        errno = errno ? errno : EIO;
        if (!(out << text << std::flush)) cannot_write(file);
        return;
    }
    std::string temporary = file.string() + ".XXXXXX";
    const int descriptor = mkostemp(temporary.data(), O_CLOEXEC);
    if (descriptor < 0) cannot_write(file);
    try {
        write_all(descriptor, text, file);
        const mode_t mask = umask(0);
        umask(mask);
        if (fchmod(descriptor, 0666 & ~mask) != 0 || rename(temporary.c_str(), file.c_str()) != 0)
            cannot_write(file);
    } catch (...) {
        unlink(temporary.c_str());
        close(descriptor);
        throw;
    }
    close(descriptor);
}
