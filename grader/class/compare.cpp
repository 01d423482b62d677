#include "grader/class/compare.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "grader/class/quoted_csv.hpp"
#include "grader/class/tables.hpp"
#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"
#include "ground/text.hpp"

namespace {

using nlohmann::json;

// As class.json tells of a student: what can be compared.
struct Standing {
    std::string name, state;
    Grade grade;
    std::map<std::string, Digests> digests;
};

Standing standing_from(const json& student) {
    Standing standing{student.at("name"), student.at("state"), {}, {}};
    if (!student.at("grade").is_null()) standing.grade = grade_from_json(student.at("grade").dump());
    for (const auto& [program, digest] : student.at("digests").items())
        standing.digests[program] = {digest.at("source"), digest.at("kit")};
    return standing;
}

std::vector<Standing> standings_from(const std::string& text) {
    try {
        std::vector<Standing> standings;
        const json whole = json::parse(text);
        if (whole.at("version") != 1) throw std::runtime_error("it is of another version than 1");
        for (const auto& student : whole.at("students")) standings.push_back(standing_from(student));
        return standings;
    } catch (const std::exception& error) {
        throw std::runtime_error(std::string("is no class.json of ./kit class: ") + error.what());
    }
}

// As class.json has it, where bytes that are no UTF-8 were replaced.
std::string as_in_json(const std::string& name) {
    return json::parse(json_text(nlohmann::ordered_json(name)));
}

std::string in_words(const CriterionGrade* criterion) {
    if (!criterion) return "";
    if (criterion->kit_failed()) return "kit failed";
    return criterion->judged() ? std::to_string(criterion->points) : "not judged";
}

template <typename One>
const One* find_in(const std::vector<One>& all, std::string One::*name, const std::string& wanted) {
    const auto found = std::find_if(all.begin(), all.end(), [&](const One& one) { return one.*name == wanted; });
    return found == all.end() ? nullptr : &*found;
}

std::string new_worth(int now, int before) {
    return "is worth " + std::to_string(now) + ", and was worth " + std::to_string(before);
}

class Comparing {
  public:
    Comparing(const Standing& before, const Student& now, std::vector<GradeChange>& changes)
        : before_(before), now_(now), changes_(changes) {}

    void compare() {
        if (before_.state != state_of(now_))
            changes_.push_back({now_.work.name, "", "the submission", before_.state, state_of(now_),
                                gained_as_a_whole(), "was " + before_.state + ", is " + state_of(now_)});
        for (const ProgramGrade& program : now_.work.grade.programs)
            if (const ProgramGrade* earlier = find_in(before_.grade.programs, &ProgramGrade::program, program.program))
                compare_program(*earlier, program);
        for (const AnswerGrade& answer : now_.work.grade.answers) compare_answer(answer);
    }

  private:
    // Where one of the two is no submission at all: what it has of no program is not said again for each.
    int gained_as_a_whole() const {
        if (before_.grade.programs.empty()) return now_.work.grade.points();
        return now_.work.grade.programs.empty() ? -before_.grade.points() : 0;
    }

    Digests digests(const std::map<std::string, Digests>& all, const std::string& program) const {
        const auto found = all.find(program);
        return found == all.end() ? Digests{} : found->second;
    }

    std::string why(const std::string& program) const {
        const Digests earlier = digests(before_.digests, program), today = digests(now_.digests, program);
        const bool source = earlier.source != today.source, kit = earlier.kit != today.kit;
        if (source && (earlier.source.empty() || today.source.empty()))
            return today.source.empty() ? "the program is no longer there" : "the program was not there before";
        if (source && kit) return "the submission changed, and so did the kit";
        if (source) return "the submission changed";
        return kit ? "the kit changed" : "neither the submission nor the kit changed: it was graded again";
    }

    void compare_program(const ProgramGrade& earlier, const ProgramGrade& today) {
        for (const CriterionGrade& criterion : today.criteria)
            compare_criterion(today.program, find_in(earlier.criteria, &CriterionGrade::name, criterion.name),
                              &criterion);
        for (const CriterionGrade& criterion : earlier.criteria)
            if (!find_in(today.criteria, &CriterionGrade::name, criterion.name))
                compare_criterion(today.program, &criterion, nullptr);
    }

    void compare_criterion(const std::string& program, const CriterionGrade* earlier, const CriterionGrade* today) {
        const bool same_worth = earlier && today && earlier->max_points == today->max_points;
        if (same_worth && in_words(earlier) == in_words(today)) return;
        const std::string reason = !earlier     ? "the criterion is new"
                                   : !today     ? "the criterion was removed"
                                   : same_worth ? why(program)
                                                : "the criterion " + new_worth(today->max_points, earlier->max_points);
        const int gained = (today ? today->points : 0) - (earlier ? earlier->points : 0);
        changes_.push_back({now_.work.name, program, today ? today->name : earlier->name, in_words(earlier),
                            in_words(today), gained, reason});
    }

    void compare_answer(const AnswerGrade& today) {
        for (const AnswerGrade& earlier : before_.grade.answers) {
            if (earlier.chapter != today.chapter || earlier.question != today.question) continue;
            if (earlier.points == today.points) return;
            changes_.push_back({now_.work.name, "answers/" + today.chapter + ".md", "question " + today.question,
                                std::to_string(earlier.points), std::to_string(today.points),
                                today.points - earlier.points,
                                earlier.max_points == today.max_points
                                    ? "the answer changed"
                                    : "the question " + new_worth(today.max_points, earlier.max_points)});
        }
    }

    const Standing& before_;
    const Student& now_;
    std::vector<GradeChange>& changes_;
};

std::string signed_number(int number) {
    return (number > 0 ? "+" : "") + std::to_string(number);
}

}  // namespace

std::vector<GradeChange> changes_since(const std::string& earlier, const ClassResults& now) {
    std::vector<Standing> standings = standings_from(earlier);
    std::vector<GradeChange> changes;
    for (const Student& student : now.students) {
        const auto before = std::find_if(standings.begin(), standings.end(), [&](const Standing& one) {
            return one.name == as_in_json(student.work.name);
        });
        if (before == standings.end()) {
            changes.push_back(
                {student.work.name, "", "the submission", "", state_of(student), 0, "was not there before"});
            continue;
        }
        Comparing(*before, student, changes).compare();
        standings.erase(before);  // the next one of that name is another
    }
    for (const Standing& gone : standings)
        changes.push_back({gone.name, "", "the submission", gone.state, "", 0, "is not there any more"});
    return changes;
}

std::string changes_csv(const std::vector<GradeChange>& changes) {
    std::string text = csv_row({"name", "program", "criterion", "before", "now", "gained", "lost", "why"});
    for (const GradeChange& change : changes)
        text += csv_row({change.student, change.program, change.criterion, change.before, change.now,
                         change.gained > 0 ? std::to_string(change.gained) : "",
                         change.gained < 0 ? std::to_string(-change.gained) : "", change.why});
    return text;
}

std::string changes_table(const std::vector<GradeChange>& changes) {
    if (changes.empty()) return "Nothing has changed.\n";
    std::string text, last;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const GradeChange& change = changes[i];
        if (i == 0 || change.student != last) {
            last = change.student;
            int sum = 0;
            for (std::size_t k = i; k < changes.size() && changes[k].student == last; ++k) sum += changes[k].gained;
            text += printable_line(change.student) + ": " + signed_number(sum) +
                    (sum == 1 || sum == -1 ? " point\n" : " points\n");
        }
        const std::string what = (change.program.empty() ? "" : change.program + ": ") + change.criterion;
        text += "  " + pad(signed_number(change.gained), 4) + printable_line(what) + " (" + change.why + ")\n";
    }
    return text;
}
