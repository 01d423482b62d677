#include "bench/standing.hpp"

#include <algorithm>

namespace standing {

const Standing no_data_race = {
    .expected = "no memory that one thread writes while another uses it without a lock or an atomic",
    .why = "a race may give right results a thousand times and a wrong one on the day that counts"};

const Standing any_order = {
    .expected = "the same result in whatever order the threads take their steps, and an end in each of them",
    .why =
        "between two steps of a thread any other may have been there: who looks and acts in two steps, or wakes "
        "somebody "
        "who does not sleep yet, is right a thousand times and wrong on the day that counts"};

const Standing no_memory_error = {
    .expected = "no use of memory that is not there any more, or was never the program's",
    .why =
        "memory that is borrowed must last as long as it is used: a thread or a call that uses it later, or past "
        "its end, reads whatever is there now"};

const Standing joined = {
    .expected = "main waits until each thread is gone: join, or an object that joins in its destructor",
    .why =
        "a thread that is not joined may still run while main destroys what it uses; only join says that it is over"};

const Standing reaped = {.expected = "the parent calls wait, or waitpid, once for each child before it ends",
                         .why = "a child that ended and was not waited for stays in the process table as a zombie"};

const Standing heard = {
    .expected =
        "the same end whether a child ends before the parent looks for that, in the parent's sleep, or between the two",
    .why =
        "a signal that comes after the look and before pause or select wakes nobody: block it before the look, and "
        "let sigsuspend or pselect allow it, or wait in a call that the child's end itself ends"};

const Standing no_busy_wait = {
    .expected =
        "a thread that waits is blocked, in a read, a join, a condition variable: it does not look again and "
        "again in a loop",
    .why = "a loop that looks again and again takes the processor from those it waits for"};

const Standing whole_lines = {
    .expected = "a line in one write, or a lock held from its first piece to its last",
    .why = "between two pieces of a line any other thread may print: cout << a << b is two pieces"};

const Standing lines_at_once = {
    .expected = "each line in the pipe as soon as it is due, and once",
    .why = "on a pipe stdio keeps lines in a buffer: late, lost when killed, and printed twice after fork"};

const Standing bad_flags = {
    .expected = "one line on stderr with the flag, its value and what is accepted; nothing on stdout; exit code 2",
    .why = "a program that guesses what was meant does the wrong thing without a word"};

const Standing each_failure_alone = {
    .expected = "one line with the reason for each that failed, the others as ever, then exit code 1",
    .why = "one server that is away is no reason to lose the answers of the others, nor to say that all is well"};

}  // namespace standing

void judge(const std::string& problem, const Claim& claim) {
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? claim.saw : problem,
           .expected = claim.expected,
           .why = claim.why,
           .read = claim.read,
           .schedule = problem.empty() ? "" : claim.schedule,
           .order = problem.empty() ? "" : claim.order});
}

void judge(const Standing& standing, const Found& found) {
    judge(found.problem, {.saw = found.saw,
                          .expected = found.form + (found.form.empty() ? "" : ": ") + standing.expected,
                          .why = standing.why,
                          .read = found.read,
                          .schedule = found.schedule,
                          .order = found.order});
}

void judge_joins(const Joins& joins, const std::string& read) {
    judge(standing::joined, {.problem = joins.problem,
                             .saw = "main waited for each of " + counted(joins.joined, "thread", "threads") +
                                    " to make its very last step",
                             .read = read});
}

namespace {

// What is wrong with how these flags are refused, or "".
std::string wrong_refusal(const BadFlags& bad) {
    Program program(executable(), bad.arguments);
    const Rest rest = program.settle();
    const std::string& said = program.errors();
    const bool names_all = std::all_of(bad.named.begin(), bad.named.end(),
                                       [&](const std::string& word) { return said.find(word) != std::string::npos; });
    if (rest != Rest::ended) return "does not end: " + program.describe();
    if (program.ending() != Ending{false, 2}) return describe(*program.ending());
    if (!program.output().empty()) return "prints " + in_quotes(program.output().substr(0, 200)) + " on stdout";
    if (!names_all) return "says " + in_quotes(said.substr(0, 200)) + " on stderr";
    if (std::count(said.begin(), said.end(), '\n') != 1)
        return "says more or less than one line: " + in_quotes(said.substr(0, 200));
    return "";
}

}  // namespace

void judge_refusals(const std::vector<BadFlags>& flags, const std::string& read) {
    std::string problem;
    for (const BadFlags& bad : flags) {
        problem = wrong_refusal(bad);
        if (problem.empty()) continue;
        problem = "with " + some_of(bad.arguments, " ") + " the program " + problem;
        break;
    }
    judge(
        standing::bad_flags,
        {.problem = problem, .saw = std::to_string(flags.size()) + " kinds of bad flags, each refused", .read = read});
}
