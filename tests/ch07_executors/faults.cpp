// Chapter 7: what becomes of a task whose connection breaks, or whose server says something else than it should. Each
// test case is one criterion, run by itself, for the program that ./kit grade names; points are in chapter.json.
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <set>

#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch07_executors/sender.hpp"

namespace {

using namespace std::chrono_literals;

// What the server does with a message instead of acknowledging it.
struct Fault {
    std::string name;
    void (*happen)(Sender&, const HttpRequest&);
};

const std::vector<Fault> faults = {
    {"the server had closed a connection",
     [](Sender& program, const HttpRequest& message) { program.world.finish(message); }},
    {"the server had reset a connection",
     [](Sender& program, const HttpRequest& message) { program.world.reset(message); }},
    {"the server had sent a reply that is no JSON",
     [](Sender& program, const HttpRequest& message) { program.world.send(message, "what?\n"); }},
    {"the server had broken off in the middle of a reply", [](Sender& program, const HttpRequest& message) {
         program.world.send(message, R"({"type":"ack","id":)");
         program.world.finish(message);
     }}};

// Task 2 of three meets it the first time.
std::string lost_by(const Fault& fault) {
    Sender program({.tasks = 3, .workers = "2"});
    program.serve([&](int task, const HttpRequest& message) {
        if (task == 2 && program.times_sent(2) == 1) fault.happen(program, message);
        else program.acknowledge(message);
    });
    const std::string problem = program.wrong_run(program.settle(), {}, 1);
    return problem.empty() ? "" : problem + "; this was after " + fault.name;
}

// The server does not answer, and the time that the task may take is over.
std::string lost_by_silence() {
    Sender program({.tasks = 3, .workers = "2"});
    program.serve([&](int task, const HttpRequest& message) {
        if (task != 2 || program.times_sent(2) > 1) program.acknowledge(message);
    });
    program.settle();
    const std::vector<Held> waiting = program.program.asleep();
    if (waiting.empty())
        return "no worker limits its wait by --timeout while the server does not reply: " + program.situation();
    for (const Held& held : waiting) program.program.wake(held);
    const std::string problem = program.wrong_run(program.settle(), {}, 1);
    return problem.empty() ? "" : problem + "; this was when the server did not reply within --timeout";
}

}  // namespace

TEST_CASE("a connection that breaks is replaced, and its task tried again") {
    std::string problem;
    for (const Fault& fault : faults)
        if (problem.empty()) problem = lost_by(fault);
    if (problem.empty()) problem = lost_by_silence();
    judge(
        problem,
        {.saw =
             "a connection was closed, or reset, a reply was no JSON, or broke off, or did not come within --timeout: "
             "each time the task was sent once more, and done",
         .expected = "the task is tried again over a new connection, as deliver does, and the worker goes on",
         .why = "a server that is restarted, or busy for a moment, is no reason to lose a message",
         .read = readme(1)});
}

namespace {

std::string wrong_tries(int retries) {
    Sender program({.tasks = 3, .workers = "3", .retries = retries, .timeout = "50s"});
    program.serve([&](int task, const HttpRequest& message) {
        if (task == 2) program.world.reset(message);
        else program.acknowledge(message);
    });
    const Rest rest = program.settle();
    const std::string with =
        "with --retries " + std::to_string(retries) + " and a server that always breaks the connection, ";
    if (program.times_sent(2) != static_cast<std::size_t>(retries) + 1)
        return with + "the program sent a message " + counted(program.times_sent(2), "time", "times");
    std::vector<Nanoseconds> pauses;
    for (const Event& event : program.program.stage().trace.events)
        if (event.kind == Event::Kind::sleeps && event.duration < 45s) pauses.push_back(event.duration);
    for (std::size_t i = 1; i < pauses.size(); ++i)
        if (pauses[i] <= pauses[i - 1])
            return with + "the program pauses for " + in_words(pauses[i - 1]) + ", then for " + in_words(pauses[i]);
    if (pauses.size() < static_cast<std::size_t>(retries)) return with + "the program tries again without a pause";
    return program.wrong_run(rest, {2}, retries);
}

}  // namespace

TEST_CASE("tries again --retries times at most, after pauses that grow") {
    std::string problem = wrong_tries(3);
    if (problem.empty()) problem = wrong_tries(1);
    if (problem.empty()) problem = wrong_tries(0);
    judge(problem,
          {.saw =
               "with --retries 3, 1 and 0, the program tried that many times more, each time after a longer pause, and "
               "then reported one failed task",
           .expected = "the program gives the task up after --retries more tries, reports it in one line, does the "
                       "others, and exits with 1",
           .why = "clients that try again at once, and for ever, keep an overloaded server from recovering",
           .read = readme(1)});
}

namespace {

std::string doubles_messages() {
    Sender program({.tasks = 6, .workers = "3"});
    program.serve([&](int task, const HttpRequest& message) {
        if (program.times_sent(task) <= 2) program.world.finish(message);  // twice
        else program.acknowledge(message);
    });
    const Rest rest = program.settle();
    std::set<std::string> senders;
    for (const HttpRequest& message : program.world.requests()) {
        const auto said = nlohmann::json::parse(message.body, nullptr, false);
        if (!said.is_object() || said.value("type", "") != "message")
            return "the server got " + in_quotes(message.body) + ", which is no message";
        if (Sender::task_of(message) < 1 || Sender::task_of(message) > 6)
            return "a message does not have its task's number as its id: " + in_quotes(message.body);
        senders.insert(said.value("from", ""));
    }
    if (senders.size() != 1)
        return "the messages of one run come from " + counted(senders.size(), "sender", "senders") + ", not from 1";
    for (int task = 1; task <= 6; ++task)
        if (program.times_sent(task) != 3)
            return "the program sent the message of task " + std::to_string(task) + " " +
                   counted(program.times_sent(task), "time", "times") + "; the server acknowledges it the third time";
    return program.wrong_run(rest, {}, 12);
}

}  // namespace

TEST_CASE("what is sent again is the same message") {
    judge(doubles_messages(),
          {.saw = "each of six messages was sent three times, with the same sender and the same id",
           .expected = "every try sends the same sender, and the task's number as the message's id",
           .why = "the server may have delivered the message when the connection broke: by its sender and id it "
                  "recognizes the message, and does not deliver it twice",
           .read = readme(1)});
}

namespace {

std::string costs_others() {
    Sender program({.tasks = 9, .workers = "3"});
    program.serve([&](int task, const HttpRequest& message) {
        if (task % 3 == 1) program.refuse(message);
        else program.acknowledge(message);
    });
    const Rest rest = program.settle();
    for (const int task : {1, 4, 7})
        if (program.times_sent(task) != 1)
            return "the program sent task " + std::to_string(task) + " " +
                   counted(program.times_sent(task), "time", "times") +
                   ", although the server had answered it with an error";
    return program.wrong_run(rest, {1, 4, 7}, 0);
}

std::string in_pieces() {
    Sender program({.tasks = 2, .workers = "2"});
    program.settle();
    for (const HttpRequest& message : program.held()) {
        const std::string ack = R"({"type":"ack","id":)" + std::to_string(Sender::task_of(message)) + R"(,"seq":7})";
        for (std::size_t at = 0; at < ack.size(); at += 9) {
            program.world.send(message, ack.substr(at, 9));
            program.settle();
            if (program.has_told(Sender::task_of(message)))
                return "the line of a task is printed before its reply is complete";
        }
        program.world.send(message, "\n");
        program.settle();
    }
    const std::string problem = program.wrong_run(program.settle(), {}, 0);
    return problem.empty() ? "" : problem + "; this was when the replies came in pieces";
}

}  // namespace

TEST_CASE("a task that fails reports it, and costs no other") {
    std::string problem = costs_others();
    if (problem.empty()) problem = in_pieces();
    judge(
        problem,
        {.saw =
             "the server answered three tasks of nine with an error: there were three lines with the reason, six tasks "
             "done, and exit code 1; replies that came in pieces were put together",
         .expected = "main reports the failed task with its reason, and its worker goes on to the next task",
         .why = "a worker that ends with its task leaves one worker less for all other tasks",
         .read = readme_of(5, 7)});
}
