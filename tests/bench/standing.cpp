#include "bench/standing.hpp"

#include <algorithm>

namespace standing {

const Standing no_data_race = {
    .expected = "the program never writes memory in one thread while another uses it without a lock or an atomic",
    .why = "with a race a program may be right a thousand times, and wrong on the day that counts"};

const Standing any_order = {
    .expected = "the program ends with the same result in whatever order its threads take their steps",
    .why =
        "another thread may run between any two steps of a thread: a program that checks and acts in two steps, or "
        "notifies a thread that is not waiting yet, is right a thousand times and wrong on the day that counts"};

const Standing no_memory_error = {
    .expected = "the program uses no memory that was freed, has gone out of scope, or never was its own",
    .why =
        "borrowed memory must live as long as it is used: a thread or a call that uses it later, or past its end, "
        "reads whatever is there by then"};

const Standing joined = {
    .expected = "main waits for the end of each thread: with join, or by an object that joins in its destructor",
    .why =
        "a thread that is not joined may still run while main destroys what it uses; only join says that it has "
        "ended"};

const Standing reaped = {.expected = "the parent calls wait or waitpid once for each child before it ends",
                         .why =
                             "a child that has ended stays in the process table as a zombie until it is waited "
                             "for"};

const Standing heard = {
    .expected =
        "the program comes to the same end whether a child ends before the parent looks, while it sleeps, or between "
        "the two",
    .why =
        "a signal that arrives after the look and before pause or select wakes no thread: block it before the look, "
        "and let sigsuspend or pselect unblock it, or wait in a call that the child's end itself completes"};

const Standing no_busy_wait = {
    .expected =
        "a thread that waits is blocked in a read, a join or a condition variable, and does not look again and "
        "again in a loop",
    .why = "a loop that looks again and again takes the processor away from the threads it waits for"};

const Standing whole_lines = {
    .expected = "the program writes each line in one write, or holds a lock from its first piece to its last",
    .why = "another thread may print between two pieces of a line, and cout << a << b is two pieces"};

const Standing lines_at_once = {
    .expected = "each line is in the pipe as soon as it is due, and only once",
    .why =
        "into a pipe, stdio collects lines in a buffer: they come late, are lost when the program is killed, and "
        "come twice after fork"};

const Standing bad_flags = {
    .expected =
        "the program prints one line on stderr with the flag, its value and what is accepted, prints nothing on "
        "stdout, and exits with code 2",
    .why = "a program that guesses what was meant does the wrong thing without a word"};

const Standing each_failure_alone = {
    .expected =
        "the program prints one line with the reason for each URL that failed, the usual lines for the others, and "
        "exits with code 1",
    .why = "one server that is away is no reason to lose the answers of the others, nor to report that all is well"};

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
                             .saw = "main waited until " + counted(joins.joined, "thread", "threads") + " had ended",
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
        return "does not say exactly one line: " + in_quotes(said.substr(0, 200));
    return "";
}

}  // namespace

void judge_refusals(const std::vector<BadFlags>& flags, const std::string& read) {
    std::string problem;
    for (const BadFlags& bad : flags) {
        problem = wrong_refusal(bad);
        if (problem.empty()) continue;
        problem = with_arguments(bad.arguments) + ", the program " + problem;
        break;
    }
    judge(standing::bad_flags,
          {.problem = problem,
           .saw = counted(flags.size(), "kind of bad flags was refused", "kinds of bad flags were refused"),
           .read = read});
}
