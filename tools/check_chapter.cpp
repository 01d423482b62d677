// Are a chapter's starters, solutions, criteria, submissions, answers and hints in step?
#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "ground/answer.hpp"
#include "ground/caught.hpp"
#include "ground/hints.hpp"
#include "ground/markers.hpp"
#include "ground/measured.hpp"
#include "ground/text.hpp"
#include "tools/check.hpp"
#include "tools/sources.hpp"

namespace {

constexpr std::size_t least_right_submissions = 3;

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// The first line of `given` that `solution` does not have, in the same order; empty where it has
// all.
std::string first_missing(const std::vector<std::string>& given, const std::vector<std::string>& solution) {
    auto at = solution.begin();
    for (const std::string& line : given) {
        at = std::find(at, solution.end(), line);
        if (at == solution.end()) return line;
        ++at;
    }
    return "";
}

void check_starter(Check& check, const ChapterEntry& chapter, const ProgramEntry& program) {
    const std::string file = chapter.source_of(program);
    check.count("program");
    if (!check.exists(file)) {
        check.fail(file, "does not exist", "Write it, or take it out of " + chapter.file() + ".");
        return;
    }
    const std::string text = check.text(file);
    const std::set<std::string> words = header_words(text);
    for (const std::string word : {"Goal", "Run", "Expect", "Check", "Read"}) {
        if (words.count(word) > 0 || (word == "Check" && !program.exercise)) continue;
        check.fail(file, "has no line \"// " + word + "\" in the comment at its top",
                   "A starter says Goal, Run, Expect, Check and Read there.");
    }
    // Students delete the TODOs that they have done.
    if (program.exercise && check.has_solutions() && !contains(text, "// TODO 1")) {
        check.fail(file, "has no TODO: it looks solved", "Number what is to do: // TODO 1  ...");
    }
}

// Each exercise has hints, and nothing else has.
void check_hints(Check& check, const ChapterEntry& chapter) {
    const std::string file = chapter.hints();
    std::map<std::string, std::vector<std::string>> hints;
    try {
        hints = read_hints(check.path(file));
    } catch (const std::runtime_error& error) {
        check.fail(file, error.what(), "Write a heading \"# PROGRAM\" for each exercise, and below it 1., 2. ...");
        return;
    }
    for (const ProgramEntry& program : chapter.programs) {
        if (!program.exercise || !hints[program.name].empty()) continue;
        check.fail(file, "has no hint for " + program.name,
                   "Add some below \"# " + program.name + "\", from the concept to nearly the answer.");
    }
    for (const auto& [name, ignored] : hints) {
        const ProgramEntry* program = chapter.find(name);
        if (!program || !program->exercise)
            check.fail(file, "has hints for " + name + ", which is no exercise of the chapter", "Delete them.");
    }
}

// ./kit, which reads no JSON, greps for these lists before it installs anything.
void check_lists(Check& check, const ChapterEntry& chapter) {
    std::istringstream text(check.text(chapter.file()));
    for (std::string line; std::getline(text, line);) {
        for (const std::string key : {"libraries", "tools"}) {
            const std::size_t at = line.find(quoted(key) + ":");
            if (at == std::string::npos || (line.find(quoted(key) + ": [") == at && contains(line, "]"))) continue;
            check.fail(chapter.file(), "has " + quoted(key) + " in more than one line",
                       "Write it in one, as in " + quoted(key) + ": [" + quoted("network") + "]: ./kit greps for it.");
        }
    }
    std::vector<std::string> libraries = chapter.libraries;
    libraries.insert(libraries.end(), chapter.libraries_if_found.begin(), chapter.libraries_if_found.end());
    for (const ProgramEntry& program : chapter.programs) {
        if (program.libraries.empty()) continue;
        libraries.insert(libraries.end(), program.libraries.begin(), program.libraries.end());
        if (contains(check.text(chapter.file()),
                     "\"name\": " + quoted(program.name) + ", \"kind\": \"given\", \"libraries\": ["))
            continue;
        check.fail(chapter.file(), "has the \"libraries\" of " + program.name + " in another line than its name",
                   "Write its name, its kind and its libraries in one line, in this order: ./kit greps for it.");
    }
    const std::string given = check.text("labs/support/CMakeLists.txt");
    for (const std::string& library : libraries) {
        if (contains(given, "add_given(" + library + " ")) continue;
        check.fail(chapter.file(), "names the library " + quoted(library) + ", which labs/support does not have",
                   "Add it to labs/support/CMakeLists.txt, or name another one.");
    }
}

void check_solution(Check& check, const ChapterEntry& chapter, const ProgramEntry& program) {
    const std::string file = "solutions/" + chapter.id + "/" + program.name + ".cpp";
    if (!program.exercise) {
        if (check.exists(file))
            check.fail(file, "is the solution of a given program", "Delete it: labs/ has the only copy.");
        return;
    }
    if (!check.exists(file)) {
        check.fail(file, "does not exist", "Write the solution of " + chapter.source_of(program) + ".");
        return;
    }
    const std::string text = check.text(file);
    if (contains(text, "TODO")) check.fail(file, "still has a TODO", "Do it, and say why it is done so.");
    const std::string missing = first_missing(given_code(check.text(chapter.source_of(program))), code_lines(text));
    if (!missing.empty()) {
        check.fail(file, "does not have the given line " + quoted(missing) + " of its starter, or not in its place",
                   "Given code stands in both, the same: copy it from " + chapter.source_of(program) + ".");
    }
}

void check_strays(Check& check, const ChapterEntry& chapter) {
    for (const std::string folder : {"labs", "solutions"}) {
        for (const std::string& name : check.names_in(folder + "/" + chapter.id)) {
            const std::size_t dot = name.rfind('.');
            const std::string extension = dot == std::string::npos ? "" : name.substr(dot);
            const bool picture = extension == ".svg" || extension == ".png";
            const bool program = extension == ".cpp" && chapter.find(name.substr(0, dot));
            const bool of_chapter = name == "README.md" || name == "chapter.json" || name == "hints.txt";
            const bool broken =
                folder == "solutions" && chapter.broken && (chapter.broken->source == name || name == "broken.json");
            if (program || picture || of_chapter || broken) continue;
            check.fail(folder + "/" + chapter.id + "/" + name, "is no program of " + chapter.file(),
                       "Add it there, or delete it.");
        }
    }
}

// What a trial of the program begins with: a main of the grader's.
void check_trials(Check& check, const ChapterEntry& chapter) {
    const std::string folder = "tests/" + chapter.id + "/trials";
    std::set<std::string> tried;
    for (const ProgramEntry& program : chapter.programs) {
        for (const CriterionEntry& criterion : program.criteria)
            if (criterion.build.ends_with("trial")) tried.insert(program.name + ".cpp");
    }
    for (const std::string& name : tried) {
        if (check.exists(folder + "/" + name)) continue;
        check.fail(
            folder + "/" + name, "does not exist",
            "Write the main that tries the program, or take \"build\": \"trial\" out of " + chapter.file() + ".");
    }
    for (const std::string& name : check.names_in(folder)) {
        if (tried.count(name) > 0) continue;
        check.fail(folder + "/" + name, "tries no program that has a criterion with \"build\": \"trial\"",
                   "Give it one in " + chapter.file() + ", or delete it.");
    }
}

void check_criteria(Check& check, const ChapterEntry& chapter) {
    if (!check.has_tests()) return;
    const std::string folder = "tests/" + chapter.id;
    if (!check.exists(folder)) {
        check.fail(folder, "does not exist", "It holds the chapter's criteria: a TEST_CASE for each.");
        return;
    }
    std::set<std::string> cases;
    for (const std::string& part : check.names_in(folder)) {
        const std::string file = folder + "/" + part;
        for (const std::string& name : test_cases(check.text(file))) {
            if (!cases.insert(name).second)
                check.fail(file, "has the test case " + quoted(name) + " twice", "Keep one of them.");
        }
    }
    check_trials(check, chapter);
    std::set<std::string> criteria;
    for (const ProgramEntry& program : chapter.programs) {
        for (const CriterionEntry& criterion : program.criteria) criteria.insert(criterion.name);
    }
    for (const std::string& criterion : criteria) {
        check.count("test case");
        if (cases.count(criterion) > 0) continue;
        check.fail(folder, "has no test case " + quoted(criterion),
                   "Write it, or take the criterion out of " + chapter.file() + ".");
    }
    for (const std::string& name : cases) {
        if (criteria.count(name) > 0) continue;
        check.fail(folder, "has a test case that is no criterion: " + quoted(name),
                   "Give it points in " + chapter.file() + ", or delete it.");
    }
}

// Which of a program's criteria have a wrong submission that they catch.
// `said` collects the criteria that must say a piece of a sentence.
void check_wrong_submissions(Check& check, const ChapterEntry& chapter, const ProgramEntry& program,
                             std::set<std::string>& said) {
    const std::string folder = "selftest/submissions/wrong/" + chapter.id + "/" + program.name;
    std::set<std::string> known, caught;
    for (const CriterionEntry& criterion : program.criteria) known.insert(criterion.name);
    for (const std::string& name : check.names_in(folder)) {
        check.count("submission");
        const std::vector<Caught> named = caught_by(check.text(folder + "/" + name));
        if (named.empty()) {
            check.fail(folder + "/" + name, "does not say what it is caught by",
                       "Add a line: // Caught   the criterion's sentence");
        }
        for (const std::string& also : may_also_fail(check.text(folder + "/" + name)))
            if (known.count(also) == 0)
                check.fail(folder + "/" + name,
                           "may also fail " + quoted(also) + ", which is no criterion of the program",
                           "Correct its line \"// Also\".");
        for (const auto& [criterion, says] : named) {
            caught.insert(criterion);
            if (!says.empty()) said.insert(criterion);
            if (known.count(criterion) > 0) continue;
            check.fail(folder + "/" + name,
                       "is caught by " + quoted(criterion) + ", which is no criterion of the program",
                       "Correct its line \"// Caught\".");
        }
    }
    for (const std::string& criterion : known) {
        if (caught.count(criterion) > 0) continue;
        check.fail(folder, "has no submission that is caught by " + quoted(criterion),
                   "Write a typical wrong program, with a line: // Caught   " + criterion);
    }
}

void check_submissions(Check& check, const ChapterEntry& chapter) {
    if (!check.has_submissions()) return;
    std::set<std::string> criteria, said;
    for (const ProgramEntry& program : chapter.programs) {
        if (!program.exercise) continue;
        for (const CriterionEntry& criterion : program.criteria) criteria.insert(criterion.name);
        check_wrong_submissions(check, chapter, program, said);
        const std::string folder = "selftest/submissions/right/" + chapter.id + "/" + program.name;
        const std::size_t right = check.names_in(folder).size();
        for (std::size_t i = 0; i < right; ++i) check.count("submission");
        if (right >= least_right_submissions) continue;
        check.fail(folder, "has " + std::to_string(right) + " right submissions",
                   "Write at least " + std::to_string(least_right_submissions) + ", each in a style of its own.");
    }
    for (const std::string& criterion : criteria) {
        if (said.count(criterion) > 0) continue;
        check.fail("selftest/submissions/wrong/" + chapter.id,
                   "has no submission that says which piece of a sentence " + quoted(criterion) + " must say",
                   "Add below its line \"// Caught\": // Says     a piece of what the criterion saw");
    }
    for (const std::string kind : {"right", "wrong", "steps"}) {
        const std::string folder = "selftest/submissions/" + kind + "/" + chapter.id;
        for (const std::string& name : check.names_in(folder)) {
            const ProgramEntry* program = chapter.find(name);
            if (program && program->exercise) continue;
            check.fail(folder + "/" + name, "is no exercise of the chapter", "Rename it, or delete it.");
        }
    }
}

// In all templates, in these lines.
constexpr const char* what_counts =
    "\nWrite between the two markers of each question, and leave the markers where they are. A question\n"
    "counts as answered when there is something of your own between them and, where it asks for measured\n"
    "numbers, its table has them. A person reads what you wrote.\n\n";

void check_model(Check& check, const std::string& file, const QuestionEntry& question, const Answer& answer) {
    std::string remarks;
    for (const std::string& remark : answer.remarks) remarks += " " + remark;
    if (!answer.answered)
        check.fail(file, "has no answer to question " + question.number, "Write the model answer." + remarks);
    else if (!remarks.empty())
        check.fail(file, "answers question " + question.number + " in a way that is not the usual one",
                   "Repair" + remarks);
}

void check_template(Check& check, const ChapterEntry& chapter, const QuestionEntry& question, const std::string& text,
                    const Answer& answer) {
    const std::string file = chapter.answers();
    if (!answer.text.empty() || !answer.remarks.empty())
        check.fail(file, "already answers question " + question.number, "Empty it: it is the template.");
    const AnswerPlace place = places_in(text, {question.number}).at(question.number);
    for (const std::string& problem : missing_places(question, place.pieces))
        check.fail(file, problem,
                   "Write the table that question " + question.number + " has in " + chapter.file() + ".");
    // Where students grade at home, their own file is the template: only the first paragraph cannot be an answer.
    const std::string asked = place.before.empty() ? "" : place.before[0].text;
    const std::size_t begin = asked.find_first_not_of('\n'), end = asked.find_last_not_of('\n');
    if (begin == std::string::npos || asked.find("\n\n", begin) < end)
        check.fail(file, "does not ask question " + question.number + " in one paragraph", "Write it in one.");
}

void check_answers(Check& check, const ChapterEntry& chapter, const std::string& file, bool answered) {
    if (chapter.questions.empty()) return;
    if (!check.exists(file)) {
        check.fail(file, "does not exist", "It has a heading and a pair of markers for each question of the chapter.");
        return;
    }
    const std::string text = check.text(file);
    if (!answered && !contains(text, what_counts))
        check.fail(file, "does not say what counts as an answer", std::string("Write below its title:") + what_counts);
    const Answers read =
        read_answers(text, check.text(chapter.answers()), chapter.questions, [&](const std::string& picture) {
            return check.exists((std::filesystem::path(file).parent_path() / picture).string());
        });
    for (const QuestionEntry& question : chapter.questions) {
        const std::string heading = "## Question " + question.number;
        const std::string begin = answer_begin(question.number);
        const std::string end = answer_end(question.number);
        const bool in_order = contains(text, begin) && text.find(end) > text.find(begin) && contains(text, end);
        if (!contains("\n" + text, "\n" + heading + "\n") || !in_order) {
            check.fail(file, "lacks question " + question.number,
                       "Write " + quoted(heading) + ", " + quoted(begin) + " and " + quoted(end) + ", in this order.");
            continue;
        }
        check.count("question");
        if (answered) check_model(check, file, question, read.to.at(question.number));
        else check_template(check, chapter, question, text, read.to.at(question.number));
    }
    std::size_t headings = 0;
    for (std::size_t at = 0; (at = ("\n" + text).find("\n## Question ", at)) != std::string::npos; ++at) ++headings;
    if (headings > chapter.questions.size()) {
        check.fail(file, "asks more questions than " + chapter.file() + " has", "Add them there, or delete them here.");
    }
}

}  // namespace

void check_chapter(Check& check, const ChapterEntry& chapter) {
    check.count("chapter");
    for (const ProgramEntry& program : chapter.programs) {
        check_starter(check, chapter, program);
        if (check.has_solutions()) check_solution(check, chapter, program);
    }
    if (!check.exists("labs/" + chapter.id + "/README.md")) {
        check.fail("labs/" + chapter.id + "/README.md", "does not exist",
                   "It explains the chapter's concepts and steps.");
    }
    check_strays(check, chapter);
    check_hints(check, chapter);
    check_lists(check, chapter);
    check_criteria(check, chapter);
    check_submissions(check, chapter);
    if (!check.has_solutions()) return;
    check_answers(check, chapter, chapter.answers(), /*answered=*/false);
    check_answers(check, chapter, "solutions/" + chapter.answers(), /*answered=*/true);
}
