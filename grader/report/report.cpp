#include "grader/report/report.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "grader/explore/picture.hpp"
#include "grader/report/parts.hpp"
#include "ground/text.hpp"

namespace {

constexpr std::size_t most_lines = 24;  // of one piece of evidence, or of the compiler

std::string quoted(const std::string& name) {
    return "\"" + name + "\"";
}

void shorten(std::vector<std::string>& lines) {
    if (lines.size() <= most_lines) return;
    const std::size_t left_out = lines.size() - (most_lines - 1);
    lines.resize(most_lines - 1);
    lines.push_back("... (" + std::to_string(left_out) + " more lines)");
}

// The first criterion that was judged and does not hold.
const CriterionGrade* first_failure(const ProgramGrade& program) {
    for (const CriterionGrade& criterion : program.criteria) {
        if (criterion.verdict == Verdict::fails) return &criterion;
    }
    return nullptr;
}

std::string until(const CriterionGrade& criterion) {
    return criterion.waits_for.empty() ? "the ones before hold." : quoted(criterion.waits_for) + " holds.";
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

constexpr std::size_t least_for_pictures = 1'024;

// Every piece of evidence cut to `most` bytes.
Grade cut_evidence(Grade grade, std::size_t most) {
    const auto shorten_text = [most](std::string& text) { text = cut(text, most); };
    for (ProgramGrade& program : grade.programs) {
        shorten_text(program.build_error);
        for (CriterionGrade& criterion : program.criteria) {
            if (most < least_for_pictures) criterion.history.reset();
            for (std::string* text : {&criterion.saw, &criterion.expected, &criterion.why, &criterion.failure})
                shorten_text(*text);
        }
    }
    for (std::string& remark : grade.remarks) shorten_text(remark);
    for (AnswerGrade& answer : grade.answers) shorten_text(answer.remarks);
    return grade;
}

[[noreturn]] void cannot_write(const std::filesystem::path& file) {
    throw std::runtime_error(file.string() + ": cannot be written: " + std::strerror(errno));
}

void write_all(int descriptor, const std::string& text, const std::filesystem::path& file) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t count = write(descriptor, text.data() + done, text.size() - done);
        if (count < 0 && errno == EAGAIN) {  // somebody's terminal or pipe that does not block
            pollfd ready{descriptor, POLLOUT, 0};
            poll(&ready, 1, -1);
            continue;
        }
        if (count < 0 && errno != EINTR) cannot_write(file);
        if (count > 0) done += static_cast<std::size_t>(count);
    }
}

// Which of our streams /dev/stdout or the like stands for; -1: none. A user may write to a stream that is open already
// where it must not be opened again (another user's terminal), or cannot (a socket).
int standard_stream(const std::filesystem::path& file) {
    const std::string name = file.lexically_normal().string();
    if (name == "/dev/stdout" || name == "/dev/fd/1" || name == "/proc/self/fd/1") return STDOUT_FILENO;
    if (name == "/dev/stderr" || name == "/dev/fd/2" || name == "/proc/self/fd/2") return STDERR_FILENO;
    return -1;
}

}  // namespace

std::string cut(const std::string& text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) >> 6) == 2) --most;  // not inside a character
    return text.substr(0, most) + "... (" + std::to_string(text.size() - most) + " more characters)";
}

std::string fitted(const Grade& grade, std::size_t most, std::string (*report)(const Grade&)) {
    std::string text = report(grade);
    for (std::size_t length = 4'096; text.size() > most && length >= 16; length /= 2)
        text = report(cut_evidence(grade, length));
    return text;
}

std::string score_of(const Grade& grade) {
    return grade.complete() ? std::to_string(grade.points()) + " of " + std::to_string(grade.max_points()) : no_grade;
}

std::string score_of(const ProgramGrade& program) {
    return program.complete() ? std::to_string(program.points()) + " of " + std::to_string(program.max_points())
                              : no_grade;
}

std::vector<std::string> kit_failures(const Grade& grade) {
    std::vector<std::pair<std::string, int>> causes;
    for (const ProgramGrade& program : grade.programs) {
        for (const CriterionGrade& criterion : program.criteria) {
            if (!criterion.kit_failed()) continue;
            const auto known = std::find_if(causes.begin(), causes.end(),
                                            [&](const auto& entry) { return entry.first == criterion.failure; });
            if (known == causes.end()) causes.emplace_back(criterion.failure, 1);
            else ++known->second;
        }
    }
    std::vector<std::string> lines;
    for (const auto& [cause, criteria] : causes)
        lines.push_back(without_commands(printable(cause)) + " (" + std::to_string(criteria) +
                        (criteria == 1 ? " criterion)" : " criteria)"));
    return lines;
}

std::string kit_failure_text(const Grade& grade) {
    if (grade.complete()) return "";
    std::string text = "THE KIT FAILED, not the submission: there is no grade.";
    for (const std::string& line : kit_failures(grade)) text += "\n" + line;
    return text;
}

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

std::vector<std::string> order_lines(const CriterionGrade& criterion, std::size_t width, const Style& style) {
    constexpr std::size_t most_rows = 12;
    if (criterion.passed() || !criterion.history) return {};
    explore::History brief = explore::shortened(*criterion.history, most_rows);
    brief.verdict.clear();  // the evidence has it
    return lines_of(explore::picture(brief, {style, width, /*code=*/false}));
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
                      [](const CriterionGrade& criterion) { return criterion.verdict == Verdict::waits; });
    if (count == 0) return "";
    const bool one = count == 1;
    if (!program.built) {
        return one ? "Its one criterion waits until it can be built."
                   : "Its " + std::to_string(count) + " criteria wait until it can be built.";
    }
    const auto first =
        std::find_if(program.criteria.begin(), program.criteria.end(),
                     [](const CriterionGrade& criterion) { return criterion.verdict == Verdict::waits; });
    return std::to_string(count) + (one ? " more criterion waits" : " more criteria wait") + " until " + until(*first);
}

std::string explanation(const ProgramGrade& program, const CriterionGrade& criterion) {
    if (criterion.kit_failed()) return "THE KIT FAILED: " + without_commands(printable(criterion.failure));
    if (!criterion.judged() && !program.built) {
        if (&criterion != &program.criteria.front())
            return "It cannot be built: see " + quoted(program.criteria.front().name) + ".";
        std::string text = "It cannot be built:";
        for (const std::string& line : build_error_lines(program, 100)) text += '\n' + line;
        return text;
    }
    if (!criterion.judged()) return "Not judged: it waits until " + until(criterion);
    std::string text;
    for (const std::string& line : evidence_lines(criterion, 100)) text += (text.empty() ? "" : "\n") + line;
    const std::vector<std::string> order = order_lines(criterion, 100, {{}, /*utf8=*/true});
    if (!order.empty()) text += '\n';
    for (const std::string& line : order) text += '\n' + line;
    return text;
}

std::string next_step(const Grade& grade) {
    if (!grade.complete()) return "Fix what the kit reports about itself above, then grade again.";
    for (const ProgramGrade& program : grade.programs) {
        const std::string source = "labs/" + program.chapter + "/" + program.program + ".cpp";
        const std::string hint = "./kit hint " + program.program;
        if (!program.built) return "Make " + source + " build: fix the compile error above first.";
        const CriterionGrade* failure = first_failure(program);
        if (!failure) continue;
        const bool begun = std::any_of(program.criteria.begin(), program.criteria.end(),
                                       [](const CriterionGrade& criterion) { return criterion.passed(); });
        if (!begun && !waiting(program).empty()) return "Do the TODOs of " + source + ". To begin, ask " + hint;
        return "In " + source + ", make it hold: " + quoted(failure->name) + ". Read " + failure->read + ", or ask " +
               hint;
    }
    for (const AnswerGrade& answer : grade.answers) {
        if (!answer.answered) return "Answer question " + answer.question + " in " + answers_file(answer);
    }
    return grade.programs.empty() && grade.answers.empty() ? "There was nothing to grade."
                                                           : "Nothing: everything holds.";
}

std::string explanation(const AnswerGrade& answer) {
    const std::string remarks = printable(answer.remarks);
    if (answer.answered) return remarks;
    return "not answered" + (remarks.empty() ? "" : "\n" + remarks);
}

std::string all_remarks(const Grade& grade) {
    std::string all;
    for (const std::string& remark : grade.remarks) all += (all.empty() ? "" : "\n") + printable(remark);
    return all;
}

std::string answers_file(const AnswerGrade& answer) {
    return "answers/" + answer.chapter + ".md";
}

bool everything_holds(const Grade& grade) {
    for (const ProgramGrade& program : grade.programs) {
        for (const CriterionGrade& criterion : program.criteria) {
            if (!criterion.passed()) return false;
        }
    }
    return std::all_of(grade.answers.begin(), grade.answers.end(),
                       [](const AnswerGrade& answer) { return answer.answered; });
}

std::string json_text(const nlohmann::ordered_json& document) {
    using handler = nlohmann::ordered_json::error_handler_t;
    std::string text = document.dump(2, ' ', /*ensure_ascii=*/true, handler::replace) + '\n';
    // The same JSON, but never a command to GitHub's runner where somebody prints the file.
    for (std::size_t at = 0; (at = text.find("##[", at)) != std::string::npos;) text.replace(at, 3, "##\\u005b");
    return text;
}

std::string why_not_writable(const std::filesystem::path& file) {
    if (standard_stream(file) >= 0) return "";
    struct stat there = {};
    const bool exists = stat(file.c_str(), &there) == 0;
    if (exists && S_ISDIR(there.st_mode)) return "is a folder; give the name of a file";
    if (exists && !S_ISREG(there.st_mode))
        return access(file.c_str(), W_OK) == 0 ? "" : std::string("cannot be written to: ") + std::strerror(errno);
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    if (!std::filesystem::is_directory(folder, error) || access(folder.c_str(), W_OK) != 0)
        return "there is no folder " + folder.string() + " to write to";
    return "";
}

void write_report(const std::filesystem::path& file, const std::string& text) {
    if (const int open_already = standard_stream(file); open_already >= 0) {
        write_all(open_already, text, file);
        return;
    }
    struct stat there = {};
    if (lstat(file.c_str(), &there) == 0 && !S_ISREG(there.st_mode)) {  // a device, a pipe, a link
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
        if (fchmod(descriptor, 0666 & ~mask) != 0 || rename(temporary.c_str(), file.c_str()) != 0) cannot_write(file);
    } catch (...) {
        unlink(temporary.c_str());
        close(descriptor);
        throw;
    }
    close(descriptor);
}
