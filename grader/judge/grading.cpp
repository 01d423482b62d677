#include "grader/judge/grading.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <future>
#include <iterator>
#include <stdexcept>
#include <system_error>

#include "grader/compile/turns.hpp"
#include "grader/contain/child.hpp"
#include "grader/contain/container.hpp"
#include "grader/contain/patience.hpp"
#include "grader/contain/remedy.hpp"
#include "grader/contain/room.hpp"
#include "grader/contain/scratch.hpp"
#include "grader/judge/criterion_environment.hpp"
#include "grader/judge/record.hpp"
#include "grader/judge/submission.hpp"
#include "grader/judge/system_probe.hpp"

namespace {

namespace fs = std::filesystem;

// A criterion waits for its program with patience, several times at worst.
constexpr int longest_criterion = 20 * patience_seconds;

// Processes and threads that a criterion may need beside the others: its program's, and its own.
constexpr int tasks_at_hand = 64;

struct Outcome {
    std::optional<Judgement> judgement;
    std::string failure;  // why there is none, in one line
    std::string said;     // by the criterion, for those who look after it
};

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

struct Executables {
    Built plain, thread, address;
    std::string thread_failure, address_failure;  // of the kit: why there is none
};

// Why a sanitized build proves nothing; "" where it does.
std::string objection(const Built& built) {
    if (!built.ok) return "it does not compile with the sanitizer: " + built.error.substr(0, 400);
    if (built.silenced.empty()) return "";
    return "the program has " + built.silenced + ": a sanitizer that is silenced proves nothing";
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
    for (const auto& [name, value] : {std::pair{variable::program, program.name},
                                      {variable::executable, built.plain.executable.string()},
                                      {variable::thread_sanitized, built.thread.executable.string()},
                                      {variable::address_sanitized, built.address.executable.string()},
                                      {variable::thread_objection, objection(built.thread)},
                                      {variable::address_objection, objection(built.address)},
                                      {variable::contained, containment()},
                                      {variable::verdict_descriptor, std::to_string(record.ends[1])}}) {
        environment.push_back(std::string(name) + "=" + value);
    }
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

// A program is not to lose a point because the machine was short of something: then the criterion is run once more.
Outcome run_criterion(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                      const CriterionEntry& criterion, const Executables& built) {
    if (criterion.build == "thread" && !built.thread_failure.empty()) return {std::nullopt, built.thread_failure, ""};
    if (criterion.build == "address" && !built.address_failure.empty())
        return {std::nullopt, built.address_failure, ""};
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

CriterionGrade graded(const CriterionEntry& entry, const Judgement& judgement) {
    return {entry.name,
            judgement.holds ? Verdict::holds : Verdict::fails,
            judgement.holds ? entry.points : 0,
            entry.points,
            judgement.saw,
            judgement.expected,
            judgement.why,
            judgement.read};
}

CriterionGrade waits(const CriterionEntry& entry, const std::string& for_what = "") {
    return {entry.name, Verdict::waits, 0, entry.points, "", "", "", "", for_what};
}

CriterionGrade kit_failed(const CriterionEntry& entry, const std::string& failure) {
    return {entry.name, Verdict::kit_failed, 0, entry.points, "", "", "", "", "", failure};
}

bool asked_for(const CriterionEntry& entry, const std::vector<std::string>& only) {
    return entry.gate || only.empty() || std::find(only.begin(), only.end(), entry.name) != only.end();
}

// One mistake is one failure: what fails and builds on a criterion that does not hold waits for that.
void let_wait(const ProgramEntry& program, ProgramGrade& grade) {
    for (std::size_t i = 0; i < program.criteria.size(); ++i) {
        const CriterionEntry& entry = program.criteria[i];
        if (entry.builds_on.empty() || grade.criteria[i].verdict != Verdict::fails) continue;
        const auto base = std::find_if(grade.criteria.begin(), grade.criteria.end(),
                                       [&](const CriterionGrade& one) { return one.name == entry.builds_on; });
        const bool stands = base == grade.criteria.end() || base->passed() || base->kit_failed();
        if (!stands) grade.criteria[i] = waits(entry, entry.builds_on);
    }
}

// One place for each criterion, in the manifest's order, filled in as they are judged.
class Judging {
  public:
    Judging(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program, const Executables& built,
            ProgramGraded& result)
        : kit_(kit), chapter_(chapter), program_(program), built_(built), result_(result) {
        result.grade.criteria.resize(program.criteria.size());
    }

    // All criteria that `wanted` names, at once. True where every one of them holds.
    template <class Wanted>
    bool judge_those(Wanted wanted) {
        std::vector<std::pair<std::size_t, std::future<Outcome>>> running;
        for (std::size_t i = 0; i < program_.criteria.size(); ++i) {
            const CriterionEntry& entry = program_.criteria[i];
            if (!wanted(entry)) continue;
            running.emplace_back(i, std::async(std::launch::async, [this, &entry] {
                                     return run_criterion(kit_, chapter_, program_, entry, built_);
                                 }));
        }
        bool all = true;
        for (auto& [i, outcome] : running) all = settle(i, outcome.get()) && all;
        return all;
    }

  private:
    bool settle(std::size_t i, const Outcome& outcome) {
        const CriterionEntry& entry = program_.criteria[i];
        CriterionGrade& place = result_.grade.criteria[i];
        if (outcome.judgement) {
            place = graded(entry, *outcome.judgement);
            const std::string& beyond = built_.thread.not_understood;
            if (entry.build == "thread" && !place.passed() && !beyond.empty())
                place.saw = beyond + ". It reports: " + place.saw;
        } else {
            place = kit_failed(entry, outcome.failure);
            result_.failures.push_back(program_.name + ", \"" + entry.name + "\": " + outcome.failure +
                                       (outcome.said.empty() ? "" : "\n" + outcome.said));
        }
        return place.passed();
    }

    const Kit& kit_;
    const ChapterEntry& chapter_;
    const ProgramEntry& program_;
    const Executables& built_;
    ProgramGraded& result_;
};

Built build_in_turn(const Kit& kit, const std::string& name, const std::string& source, Flavour flavour) {
    try {
        const Turn turn;
        return build(kit, name, source, flavour);
    } catch (const CompilerFailed&) {
        // Perhaps it was short of something that the others have now.
    }
    const Alone alone;
    return build(kit, name, source, flavour);
}

ProgramGrade nothing_to_judge(const ChapterEntry& chapter, const ProgramEntry& program, const std::string& problem) {
    // The compiler quotes lines of any length.
    constexpr std::size_t most = 4'000;
    const std::string quoted = problem.size() <= most ? problem : problem.substr(0, most) + "...";
    ProgramGrade grade{chapter.id, program.name, false, quoted, {}};
    for (const CriterionEntry& entry : program.criteria) grade.criteria.push_back(waits(entry));
    return grade;
}

// The kit could not even try: nothing is known about the program.
ProgramGraded nothing_known(const ChapterEntry& chapter, const ProgramEntry& program, const std::string& failure) {
    ProgramGraded result{{chapter.id, program.name, true, "", {}}, {program.name + ": " + failure}};
    for (const CriterionEntry& entry : program.criteria) result.grade.criteria.push_back(kit_failed(entry, failure));
    return result;
}

// The threads that wait for criteria and compilers, and what the largest of all programs needs.
void require_room(const std::vector<ChapterEntry>& chapters) {
    constexpr int largest_program = 300;
    std::size_t threads = 0;
    for (const ChapterEntry& chapter : chapters)
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise) threads += program.criteria.size() + 3;
    const std::string lack = lacks_tasks(static_cast<int>(threads) + largest_program);
    if (!lack.empty()) throw std::runtime_error(lack);
    constexpr std::size_t fewest_files = 256;  // criteria that want more at once take what there is
    if (const std::string few = lacks_files(fewest_files); !few.empty()) throw std::runtime_error(few);
}

}  // namespace

ProgramGraded grade_program(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                            const std::string& source, const std::vector<std::string>& only) {
    const std::string name = chapter.source_of(program);
    Executables built;
    try {
        built.plain = build_in_turn(kit, name, source, Flavour::plain);
    } catch (const std::exception& error) {
        return nothing_known(chapter, program, cause_of(error));
    }
    if (!built.plain.ok) return {nothing_to_judge(chapter, program, built.plain.error), {}};

    ProgramGraded result{{chapter.id, program.name, true, "", {}}, {}};
    Judging judging(kit, chapter, program, built, result);
    const bool begun = judging.judge_those([](const CriterionEntry& entry) { return entry.gate; });
    if (!begun) {
        const auto gate = std::find_if(result.grade.criteria.begin(), result.grade.criteria.end(),
                                       [](const CriterionGrade& one) { return !one.name.empty() && !one.passed(); });
        const std::string for_what = gate->name;
        for (std::size_t i = 0; i < program.criteria.size(); ++i)
            if (!program.criteria[i].gate) result.grade.criteria[i] = waits(program.criteria[i], for_what);
        return result;
    }

    // Most criteria need no sanitizer: they are judged while the compiler makes those two.
    const auto needs = [&](const CriterionEntry& entry, const char* build) {
        return !entry.gate && entry.build == build && asked_for(entry, only);
    };
    const auto sanitized = [&](const char* which, Flavour flavour, Built& into, std::string& failure) {
        return std::async(std::launch::async, [&, which, flavour] {
            const bool wanted = std::any_of(program.criteria.begin(), program.criteria.end(),
                                            [&](const CriterionEntry& entry) { return needs(entry, which); });
            try {
                if (wanted) failure = sanitizer_problem(flavour);
                if (wanted && failure.empty()) into = build_in_turn(kit, name, source, flavour);
            } catch (const std::exception& error) {
                failure = cause_of(error);
            }
        });
    };
    const Executables plain_only = built;
    std::future<void> thread = sanitized("thread", Flavour::thread_sanitizer, built.thread, built.thread_failure);
    std::future<void> address = sanitized("address", Flavour::address_sanitizer, built.address, built.address_failure);
    Judging(kit, chapter, program, plain_only, result).judge_those([&](const CriterionEntry& entry) {
        return needs(entry, "plain");
    });
    thread.get();
    address.get();
    judging.judge_those([&](const CriterionEntry& entry) { return needs(entry, "thread") || needs(entry, "address"); });
    if (only.empty()) let_wait(program, result.grade);
    return result;
}

Graded grade_submission(const Kit& kit, const fs::path& folder, const std::vector<ChapterEntry>& chapters) {
    require_submission(folder, chapters);
    require_room(chapters);
    require_system(kit);
    Graded result;
    result.grade.contained = containment();
    if (containment() != "bubblewrap")
        result.grade.remarks.push_back("namespaces are refused here: programs ran under limits alone");

    std::vector<std::future<ProgramGraded>> running;
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            if (!program.exercise) continue;
            running.push_back(std::async(std::launch::async, [&kit, &folder, &chapter, &program] {
                const Text source = read_submitted(folder, chapter.source_of(program));
                if (!source.ok) return ProgramGraded{nothing_to_judge(chapter, program, source.problem), {}};
                return grade_program(kit, chapter, program, source.text);
            }));
        }
        if (chapter.questions.empty()) continue;
        const Text answers = read_submitted(folder, chapter.answers());
        const auto [grades, remarks] = grade_answers(chapter, answers.text);
        std::copy(grades.begin(), grades.end(), std::back_inserter(result.grade.answers));
        if (!answers.ok) result.grade.remarks.push_back(answers.problem);
        else std::copy(remarks.begin(), remarks.end(), std::back_inserter(result.grade.remarks));
    }
    for (std::future<ProgramGraded>& program : running) {
        ProgramGraded graded = program.get();
        result.grade.programs.push_back(std::move(graded.grade));
        result.failures.insert(result.failures.end(), graded.failures.begin(), graded.failures.end());
    }
    return result;
}

std::vector<Leftovers> leftovers(const Kit& kit) {
    std::error_code none;
    return {{cache_of(kit), work_prefix}, {fs::temp_directory_path(none), scratch_prefix}};
}
