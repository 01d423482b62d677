#include "grader/grading.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <future>
#include <iterator>
#include <stdexcept>

#include "grader/container.hpp"
#include "grader/submission.hpp"
#include "grader/system_probe.hpp"
#include "grader/turns.hpp"
#include "grader/verdict.hpp"

namespace {

namespace fs = std::filesystem;

// A criterion waits for its program with patience, several times at worst.
constexpr int longest_criterion = 20 * patience_seconds;

struct Outcome {
    std::optional<Judgement> judgement;
    std::string failure;  // why there is none
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
};

// Why a sanitized build proves nothing; "" where it does.
std::string objection(const Built& built) {
    if (!built.ok) return "it does not compile with the sanitizer: " + built.error.substr(0, 400);
    if (built.silenced.empty()) return "";
    return "the program has " + built.silenced + ": a sanitizer that is silenced proves nothing";
}

Outcome run_criterion(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                      const std::string& criterion, const Executables& built) {
    int record[2];
    if (pipe2(record, O_CLOEXEC | O_NONBLOCK) != 0) return {std::nullopt, "no pipe for the verdict"};
    const std::vector<std::string> command = {(kit.build / "tests" / chapter.id).string(), as_test_name(criterion)};
    std::vector<std::string> environment = plain_environment();
    for (const auto& [variable, value] :
         {std::pair{"KIT_PROGRAM", program.name}, {"KIT_EXECUTABLE", built.plain.executable.string()},
          {"KIT_THREAD_SANITIZED", built.thread.executable.string()},
          {"KIT_ADDRESS_SANITIZED", built.address.executable.string()},
          {"KIT_THREAD_OBJECTION", objection(built.thread)},
          {"KIT_ADDRESS_OBJECTION", objection(built.address)},
          {"KIT_CONTAINED", containment()}, {"KIT_VERDICT_DESCRIPTOR", std::to_string(record[1])}}) {
        environment.push_back(std::string(variable) + "=" + value);
    }
    std::string text;
    std::string said;
    std::optional<Ending> ending;
    {
        const Turn turn;
        Child child(command, environment, Child::Out::pipe, record[1]);
        ending = child.wait(longest_criterion);
        said = child.out() + child.errors();
    }
    close(record[1]);
    char buffer[4096];
    for (ssize_t count; (count = read(record[0], buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(count));
    close(record[0]);

    const std::string what = program.name + ", \"" + criterion + "\": ";
    const std::optional<Judgement> judgement = from_record(text);
    if (!ending) return {std::nullopt, what + "the criterion did not end"};
    if (!judgement) return {std::nullopt, what + "no verdict; the criterion " + describe(*ending) + "\n" + tail(said)};
    if (ending->by_signal || (ending->number == 0) != judgement->holds)
        return {std::nullopt, what + "a verdict, but the criterion " + describe(*ending) + "\n" + tail(said)};
    return {judgement, ""};
}

CriterionGrade graded(const CriterionEntry& entry, const Judgement& judgement) {
    return {entry.name, judgement.holds, judgement.holds ? entry.points : 0, entry.points, judgement.saw,
            judgement.expected, judgement.why, judgement.read, true};
}

CriterionGrade not_judged(const CriterionEntry& entry, const std::string& saw, const std::string& expected) {
    return {entry.name, false, 0, entry.points, saw, expected, "", "", false};
}

bool asked_for(const CriterionEntry& entry, const std::vector<std::string>& only) {
    return entry.gate || only.empty() || std::find(only.begin(), only.end(), entry.name) != only.end();
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
                return run_criterion(kit_, chapter_, program_, entry.name, built_);
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
            if (entry.build == "thread" && !place.passed && !beyond.empty())
                place.saw = beyond + ". It reports: " + place.saw;
        } else {
            place = not_judged(entry, "the kit could not judge this", "a verdict");
            result_.failures.push_back(outcome.failure);
        }
        return place.passed;
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
    ProgramGrade grade{chapter.id, program.name, false, problem, {}};
    for (const CriterionEntry& entry : program.criteria)
        grade.criteria.push_back(not_judged(entry, problem, "a program that compiles"));
    return grade;
}

}  // namespace

ProgramGraded grade_program(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                            const std::string& source, const std::vector<std::string>& only) {
    const std::string name = chapter.source_of(program);
    Executables built;
    built.plain = build_in_turn(kit, name, source, Flavour::plain);
    if (!built.plain.ok) return {nothing_to_judge(chapter, program, built.plain.error), {}};

    ProgramGraded result{{chapter.id, program.name, true, "", {}}, {}};
    Judging judging(kit, chapter, program, built, result);
    const bool begun = judging.judge_those([](const CriterionEntry& entry) { return entry.gate; });
    if (!begun) {
        for (std::size_t i = 0; i < program.criteria.size(); ++i) {
            const CriterionEntry& entry = program.criteria[i];
            if (!entry.gate)
                result.grade.criteria[i] = not_judged(entry, "not looked at yet", "the first criterion holds");
        }
        return result;
    }

    // Most criteria need no sanitizer: they are judged while the compiler makes those two.
    const auto needs = [&](const CriterionEntry& entry, const char* build) {
        return !entry.gate && entry.build == build && asked_for(entry, only);
    };
    const auto sanitized = [&](const char* which, Flavour flavour, Built& into) {
        return std::async(std::launch::async, [&, which, flavour] {
            const bool wanted = std::any_of(program.criteria.begin(), program.criteria.end(),
                                            [&](const CriterionEntry& entry) { return needs(entry, which); });
            if (wanted) into = build_in_turn(kit, name, source, flavour);
        });
    };
    Executables& all = built;
    std::future<void> thread = sanitized("thread", Flavour::thread_sanitizer, all.thread);
    std::future<void> address = sanitized("address", Flavour::address_sanitizer, all.address);
    Executables plain_only = built;
    plain_only.thread = plain_only.address = {};
    Judging(kit, chapter, program, plain_only, result).judge_those([&](const CriterionEntry& entry) {
        return needs(entry, "plain");
    });
    thread.get();
    address.get();
    judging.judge_those([&](const CriterionEntry& entry) { return needs(entry, "thread") || needs(entry, "address"); });
    return result;
}

Graded grade_submission(const Kit& kit, const fs::path& folder, const std::vector<ChapterEntry>& chapters) {
    require_submission(folder, chapters);
    require_system();
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
