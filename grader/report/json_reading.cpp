#include <nlohmann/json.hpp>
#include <stdexcept>

#include "grader/report/history_json.hpp"
#include "grader/report/parts.hpp"
#include "grader/report/report.hpp"

namespace {

using nlohmann::json;

Verdict verdict_of(const std::string& name) {
    for (const Verdict verdict : {Verdict::holds, Verdict::fails, Verdict::waits, Verdict::kit_failed})
        if (name == name_of(verdict)) return verdict;
    throw std::runtime_error("there is no verdict '" + name + "'");
}

std::string without_prefix(const std::string& text) {
    const std::string prefix = kit_failed_prefix;
    return text.rfind(prefix, 0) == 0 ? text.substr(prefix.size()) : text;
}

// A number that is not there is that of a criterion that was not judged.
int points_of(const json& points) {
    return points.is_null() ? 0 : points.get<int>();
}

CriterionGrade criterion_from(const json& json) {
    CriterionGrade criterion;
    criterion.name = json.at("name");
    criterion.verdict = verdict_of(json.at("verdict"));
    criterion.points = points_of(json.at("points"));
    criterion.max_points = json.at("max_points");
    criterion.waits_for = json.at("waits_for");
    if (criterion.kit_failed()) criterion.failure = without_prefix(json.at("saw"));
    else criterion.saw = json.at("saw");
    criterion.expected = json.at("expected");
    criterion.why = json.at("why");
    criterion.read = json.at("read");
    criterion.schedule = json.at("schedule");
    if (!criterion.schedule.empty()) {
        criterion.order.emplace();
        criterion.order->arguments = json.at("arguments").get<std::vector<std::string>>();
        criterion.order->choices = json.at("choices").get<explore::Choices>();
        criterion.order->names = json.at("threads").get<explore::Names>();
        criterion.order->schedule = criterion.schedule;
    }
    if (const auto history = json.find("history"); history != json.end() && !history->is_null())
        criterion.history = history_from(*history);
    return criterion;
}

ProgramGrade program_from(const json& json) {
    ProgramGrade program;
    program.chapter = json.at("chapter");
    program.program = json.at("program");
    program.built = json.at("built");
    program.build_error = json.at("build_error");
    for (const auto& criterion : json.at("criteria")) program.criteria.push_back(criterion_from(criterion));
    return program;
}

AnswerGrade answer_from(const json& json) {
    return {json.at("chapter"), json.at("question"), json.at("answered"), json.at("points"), json.at("max_points")};
}

}  // namespace

Grade grade_from_json(const std::string& text) {
    try {
        const json report = json::parse(text);
        if (report.at("version") != 2) throw std::runtime_error("it is of another version than 2");
        Grade grade;
        grade.contained = report.at("contained");
        for (const auto& program : report.at("programs")) grade.programs.push_back(program_from(program));
        for (const auto& answer : report.at("answers")) grade.answers.push_back(answer_from(answer));
        for (const std::string remark : report.at("remarks"))  // the kit's failures are with their criteria, too
            if (remark == without_prefix(remark)) grade.remarks.push_back(remark);
        return grade;
    } catch (const std::exception& error) {
        throw std::runtime_error(std::string("this is no report of ./kit grade --json: ") + error.what());
    }
}
