#include "grader/judge/grading.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "grader/compile/precompiled.hpp"
#include "grader/compile/turns.hpp"
#include "grader/contain/container.hpp"
#include "grader/contain/remedy.hpp"
#include "grader/contain/room.hpp"
#include "grader/contain/scratch.hpp"
#include "grader/judge/running.hpp"
#include "grader/judge/submission.hpp"
#include "grader/judge/system_probe.hpp"
#include "grader/judge/work_queue.hpp"
#include "ground/file.hpp"

namespace {

namespace fs = std::filesystem;

CriterionGrade graded(const CriterionEntry& entry, const Judgement& judgement) {
    return {entry.name,
            judgement.holds ? Verdict::holds : Verdict::fails,
            judgement.holds ? entry.points : 0,
            entry.points,
            judgement.saw,
            judgement.expected,
            judgement.why,
            judgement.read,
            "",
            "",
            judgement.schedule,
            explore::broken_order_from(judgement.order)};
}

CriterionGrade waits(const CriterionEntry& entry, const std::string& for_what = "") {
    return {entry.name, Verdict::waits, 0, entry.points, "", "", "", "", for_what};
}

CriterionGrade kit_failed(const CriterionEntry& entry, const std::string& failure) {
    return {entry.name, Verdict::kit_failed, 0, entry.points, "", "", "", "", "", failure};
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

// The threads of the work queue, and what the largest of all programs needs.
void require_room() {
    constexpr int largest_program = 300;
    if (const std::string few = lacks_tasks(most_turns() + largest_program); !few.empty())
        throw std::runtime_error(few);
    constexpr std::size_t fewest_files = 256;  // criteria that want more at once take what there is
    if (const std::string few = lacks_files(fewest_files); !few.empty()) throw std::runtime_error(few);
}

// One program, from its source to its grade: each step is a task, which adds those that it makes possible.
class ProgramGrading {
  public:
    // All but the queue are borrowed until the queue has finished.
    ProgramGrading(WorkQueue& queue, const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                   Text source, std::vector<std::string> only = {})
        : queue_(queue),
          kit_(kit),
          chapter_(chapter),
          program_(program),
          source_(std::move(source)),
          only_(std::move(only)),
          outcomes_(program.criteria.size()),
          histories_(program.criteria.size()) {
        if (source_.ok) queue_.add([this] { build_plain(); });
    }

    // Once the queue has finished.
    ProgramGraded result() const {
        if (!source_.ok) return {nothing_to_judge(chapter_, program_, source_.problem), {}};
        if (!failure_.empty()) return {nothing_known(chapter_, program_, failure_), {program_.name + ": " + failure_}};
        if (!plain_.ok) return {nothing_to_judge(chapter_, program_, plain_.error), {}};
        ProgramGraded result{{chapter_.id, program_.name, true, "", {}}, {}};
        std::string closed;  // the gate that does not hold
        for (std::size_t i = 0; i < outcomes_.size(); ++i) {
            const CriterionEntry& entry = program_.criteria[i];
            CriterionGrade grade = outcomes_[i] ? graded_as(entry, *outcomes_[i], result.failures) : CriterionGrade{};
            grade.history = histories_[i];
            if (entry.gate && closed.empty() && !grade.passed()) closed = entry.name;
            result.grade.criteria.push_back(std::move(grade));
        }
        for (std::size_t i = 0; i < outcomes_.size(); ++i)
            if (!closed.empty() && !program_.criteria[i].gate)
                result.grade.criteria[i] = waits(program_.criteria[i], closed);
        if (only_.empty()) let_wait(program_, result.grade);
        return result;
    }

  private:
    void build_plain() {
        try {
            plain_ = build_in_turn(kit_, chapter_.source_of(program_), source_.text, Flavour::plain);
        } catch (const std::exception& error) {
            failure_ = cause_of(error);
        }
        if (!plain_.ok) return;
        const auto gates = std::count_if(program_.criteria.begin(), program_.criteria.end(),
                                         [](const CriterionEntry& entry) { return entry.gate; });
        gates_left_ = static_cast<int>(gates);
        if (gates == 0) judge_others();
        for (std::size_t i = 0; i < outcomes_.size(); ++i)
            if (program_.criteria[i].gate) queue_.add([this, i] { judge_gate(i); });
    }

    void judge_gate(std::size_t i) {
        judge(i, {{Flavour::plain, plain_}});
        if (!outcomes_[i]->judgement || !outcomes_[i]->judgement->holds) closed_ = true;
        if (--gates_left_ == 0 && !closed_) judge_others();
    }

    // Most criteria need the plain build alone: they are judged while the compiler makes the others.
    void judge_others() {
        for (const Flavour flavour : all_flavours) {
            const std::vector<std::size_t> criteria = wanted(name_of(flavour));
            if (flavour != Flavour::plain && !criteria.empty())
                queue_.add([this, flavour, criteria] { build_also(flavour, criteria); });
        }
        for (const std::size_t i : wanted(name_of(Flavour::plain)))
            queue_.add([this, i] { judge(i, {{Flavour::plain, plain_}}); });
    }

    void build_also(Flavour flavour, const std::vector<std::size_t>& criteria) {
        std::string failure;
        Built built;
        try {
            if (is_sanitized(flavour)) failure = sanitizer_problem(flavour);
            if (failure.empty()) built = build_in_turn(kit_, chapter_.source_of(program_), source_.text, flavour);
        } catch (const std::exception& error) {
            failure = cause_of(error);
        }
        if (flavour == Flavour::thread_sanitizer) not_understood_ = built.not_understood;
        const Executables executables{{Flavour::plain, plain_}, {flavour, built}};
        for (const std::size_t i : criteria) {
            if (failure.empty()) queue_.add([this, i, executables] { judge(i, executables); });
            else outcomes_[i] = {std::nullopt, failure};
        }
    }

    void judge(std::size_t i, const Executables& built) {
        outcomes_[i] = run_criterion(kit_, chapter_, program_, program_.criteria[i], built);
        const auto explored =
            std::find_if(built.begin(), built.end(), [](const auto& one) { return is_explored(one.first); });
        if (explored == built.end() || !outcomes_[i]->judgement) return;
        if (const auto order = explore::broken_order_from(outcomes_[i]->judgement->order))
            histories_[i] = played_again(explored->second, *order);
    }

    // Where that does not work out there is no picture, and the verdict is as good without it.
    std::optional<explore::History> played_again(const Built& explored, const explore::BrokenOrder& order) const {
        try {
            const Turn turn;
            return explore::history_of(explored.executable, order, program_.name, source_.text);
        } catch (const std::exception&) {
            return std::nullopt;
        }
    }

    // Criteria behind the gate that need such a build and are asked for.
    std::vector<std::size_t> wanted(const std::string& build) const {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < outcomes_.size(); ++i) {
            const CriterionEntry& entry = program_.criteria[i];
            const bool asked_for = only_.empty() || std::find(only_.begin(), only_.end(), entry.name) != only_.end();
            if (!entry.gate && entry.build == build && asked_for) found.push_back(i);
        }
        return found;
    }

    CriterionGrade graded_as(const CriterionEntry& entry, const Outcome& outcome,
                             std::vector<std::string>& failures) const {
        if (!outcome.judgement) {
            failures.push_back(program_.name + ", \"" + entry.name + "\": " + outcome.failure +
                               (outcome.said.empty() ? "" : "\n" + outcome.said));
            return kit_failed(entry, outcome.failure);
        }
        CriterionGrade grade = graded(entry, *outcome.judgement);
        if (entry.build == name_of(Flavour::thread_sanitizer) && !grade.passed() && !not_understood_.empty())
            grade.saw = not_understood_ + ". It reports: " + grade.saw;
        return grade;
    }

    WorkQueue& queue_;
    const Kit& kit_;
    const ChapterEntry& chapter_;
    const ProgramEntry& program_;
    const Text source_;
    const std::vector<std::string> only_;

    // Each is written by one task, before it adds those that read it.
    Built plain_;
    std::string not_understood_;  // by ThreadSanitizer
    std::string failure_;         // of the kit: why nothing is built
    std::vector<std::optional<Outcome>> outcomes_;
    std::vector<std::optional<explore::History>> histories_;
    std::atomic<int> gates_left_ = 0;
    std::atomic<bool> closed_ = false;
};

}  // namespace

ProgramGrade nothing_to_judge(const ChapterEntry& chapter, const ProgramEntry& program, const std::string& problem) {
    // The compiler quotes lines of any length.
    constexpr std::size_t most = 4'000;
    const std::string quoted = problem.size() <= most ? problem : problem.substr(0, most) + "...";
    ProgramGrade grade{chapter.id, program.name, false, quoted, {}};
    for (const CriterionEntry& entry : program.criteria) grade.criteria.push_back(waits(entry));
    return grade;
}

ProgramGrade nothing_known(const ChapterEntry& chapter, const ProgramEntry& program, const std::string& failure) {
    ProgramGrade grade{chapter.id, program.name, true, "", {}};
    for (const CriterionEntry& entry : program.criteria) grade.criteria.push_back(kit_failed(entry, failure));
    return grade;
}

ProgramGraded grade_program(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                            const std::string& source, const std::vector<std::string>& only) {
    WorkQueue queue(most_turns());
    const ProgramGrading grading(queue, kit, chapter, program, {true, source, ""}, only);
    queue.finish();
    return grading.result();
}

Graded grade_submission(const Kit& kit, const fs::path& folder, const std::vector<ChapterEntry>& chapters) {
    require_submission(folder, chapters);
    require_room();
    require_system(kit);
    Graded result;
    result.grade.contained = containment();
    if (containment() != "bubblewrap")
        result.grade.remarks.push_back("namespaces are refused here: programs ran under limits alone");

    std::vector<std::unique_ptr<ProgramGrading>> running;
    WorkQueue queue(most_turns());  // finishes before those that its tasks belong to are gone
    const auto start = [&](const ChapterEntry& chapter, const ProgramEntry& program) {
        Text source = read_source(folder, chapter.source_of(program));
        if (!source.remark.empty()) result.grade.remarks.push_back(source.remark);
        running.push_back(std::make_unique<ProgramGrading>(queue, kit, chapter, program, std::move(source)));
    };
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs)
            if (program.exercise) start(chapter, program);
        if (chapter.questions.empty()) continue;
        const Text answers = read_submitted(folder, chapter.answers());
        const auto [grades, remarks] =
            grade_answers(chapter, answers.text, read_if_there(kit.root / chapter.answers()), folder);
        std::copy(grades.begin(), grades.end(), std::back_inserter(result.grade.answers));
        if (!answers.ok) result.grade.remarks.push_back(answers.problem);
        else std::copy(remarks.begin(), remarks.end(), std::back_inserter(result.grade.remarks));
    }
    queue.finish();
    for (const std::unique_ptr<ProgramGrading>& program : running) {
        ProgramGraded graded = program->result();
        result.grade.programs.push_back(std::move(graded.grade));
        result.failures.insert(result.failures.end(), graded.failures.begin(), graded.failures.end());
    }
    return result;
}

std::vector<Leftovers> leftovers(const Kit& kit) {
    std::error_code none;
    return {{cache_of(kit), work_prefix},
            {preambles_of(kit), work_prefix},
            {fs::temp_directory_path(none), scratch_prefix}};
}
