#include "grader/judge/running.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>
#include <vector>

#include "grader/compile/turns.hpp"
#include "grader/contain/child.hpp"
#include "grader/contain/container.hpp"
#include "grader/contain/patience.hpp"
#include "grader/contain/remedy.hpp"
#include "grader/contain/room.hpp"
#include "grader/judge/criterion_environment.hpp"

namespace {

// A criterion waits for its program with patience, several times at worst.
constexpr int longest_criterion = 20 * patience_seconds;

// Processes and threads that a criterion may need beside the others: its program's, and its own.
constexpr int tasks_at_hand = 64;

// Catch2 reads commas, brackets, stars and quotes in a test's name as its own.
std::string as_test_name(const std::string& name) {
    std::string escaped;
    for (const char c : name) {
        if (std::string(",[]*\\\"~").find(c) != std::string::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string tail(const std::string& text) {
    return text.size() <= 600 ? text : "..." + text.substr(text.size() - 600);
}

// Why a build proves nothing; "" where it does.
std::string why_not(Flavour flavour, const Built& built) {
    const std::string error = built.error.substr(0, 400);
    if (flavour == Flavour::plain) return "";
    const bool links = built.ok || error.find("undefined reference") == std::string::npos;
    if (!built.ok && is_explored(flavour) && (!is_trial(flavour) || !links)) return "";  // its criteria see to that
    if (is_trial(flavour) && !built.ok) return "what it defines is not what a trial of it uses: " + error;
    if (flavour == Flavour::trial) return "";
    if (!built.ok) return "it does not compile with the sanitizer: " + error;
    if (built.silenced.empty()) return "";
    return "the program has " + built.silenced + ": " +
           (is_explored(flavour) ? "what is hidden cannot be moved" : "a sanitizer that is silenced proves nothing");
}

// The criterion's end of the pipe is open in us for as long as it runs.
struct RecordPipe {
    int ends[2] = {-1, -1};
    RecordPipe() {
        if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    }
    ~RecordPipe() {
        for (const int end : ends) close(end);
    }
    RecordPipe(const RecordPipe&) = delete;
    RecordPipe& operator=(const RecordPipe&) = delete;

    std::string read_all() const {
        std::string text;
        char buffer[4096];
        for (ssize_t count; (count = read(ends[0], buffer, sizeof buffer)) > 0;)
            text.append(buffer, static_cast<std::size_t>(count));
        return text;
    }
};

Outcome run_once(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program, const std::string& criterion,
                 const Executables& built) {
    const Turn turn;
    const RecordPipe record;
    const std::vector<std::string> command = {(kit.build / "tests" / chapter.id).string(), as_test_name(criterion)};
    std::vector<std::string> environment = plain_environment();
    const auto tell = [&environment](const std::string& name, const std::string& value) {
        environment.push_back(name + "=" + value);
    };
    for (const Flavour flavour : all_flavours) {
        const auto one = built.find(flavour);
        tell(variable::executable_of(flavour),
             one == built.end() || !one->second.ok ? "" : one->second.executable.string());
        tell(variable::objection_to(flavour), one == built.end() ? "it was not built" : why_not(flavour, one->second));
    }
    tell(variable::program, program.name);
    tell(variable::contained, containment());
    tell(variable::verdict_descriptor, std::to_string(record.ends[1]));
    Child child(command, environment, Child::Out::pipe, record.ends[1]);
    const std::optional<Ending> ending = child.wait(longest_criterion);
    if (!ending || ending->by_signal) end_orphans();  // of its program, which it could not end itself
    const std::string said = tail(child.out() + child.errors());

    const std::string text = record.read_all();
    if (const std::string failure = failure_from_record(text); !failure.empty()) return {std::nullopt, failure, ""};
    if (!ending) return {std::nullopt, "the criterion did not come to an end", said};
    const std::optional<Judgement> judgement = from_record(text);
    if (ending->by_signal) {
        const bool killed = ending->number == SIGKILL;
        return {std::nullopt,
                "the criterion " + describe(*ending) + (killed ? ": where memory ran out, " + remedy(ENOMEM) : ""),
                said};
    }
    if (*ending == Ending{false, 127}) return {std::nullopt, "cannot start " + command[0], said};
    if (!judgement) return {std::nullopt, "no verdict; the criterion " + describe(*ending), said};
    if ((ending->number == 0) != judgement->holds)
        return {std::nullopt, "a verdict, but the criterion " + describe(*ending), said};
    return {judgement, "", ""};
}

// Why a verdict that says "does not hold" may be the machine's fault; "" where it is the program's.
std::string hindered(unsigned long killed_before) {
    if (killed_for_memory() != killed_before)
        return "the system killed processes meanwhile, because memory ran out: " + remedy(ENOMEM);
    return lacks_tasks(tasks_at_hand);
}

}  // namespace

Outcome run_criterion(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                      const CriterionEntry& criterion, const Executables& built) {
    Outcome outcome;
    for (int attempt = 0; attempt < 2; ++attempt) {
        const unsigned long killed_before = killed_for_memory();
        try {
            outcome = run_once(kit, chapter, program, criterion.name, built);
        } catch (const std::exception& error) {
            outcome = {std::nullopt, cause_of(error), ""};
        }
        const bool doubtful = !outcome.judgement || !outcome.judgement->holds;
        const std::string hindrance = doubtful ? hindered(killed_before) : "";
        if (hindrance.empty()) return outcome;
        if (outcome.judgement) outcome = {std::nullopt, hindrance, ""};
    }
    return outcome;
}
