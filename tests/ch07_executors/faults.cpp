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

// What the server does to a message in the place of an answer.
struct Fault {
    std::string name;
    void (*happen)(Sender&, const HttpRequest&);
};

const std::vector<Fault> faults = {
    {"a connection that is closed", [](Sender& program, const HttpRequest& message) { program.world.finish(message); }},
    {"a connection that is reset", [](Sender& program, const HttpRequest& message) { program.world.reset(message); }},
    {"a reply that is no JSON",
     [](Sender& program, const HttpRequest& message) { program.world.send(message, "what?\n"); }},
    {"a reply that breaks off", [](Sender& program, const HttpRequest& message) {
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
    return problem.empty() ? "" : fault.name + ": " + problem;
}

// Nobody answers, and the time that the task may take is over.
std::string lost_by_silence() {
    Sender program({.tasks = 3, .workers = "2"});
    program.serve([&](int task, const HttpRequest& message) {
        if (task != 2 || program.times_sent(2) > 1) program.acknowledge(message);
    });
    program.settle();
    const std::vector<Held> waiting = program.program.asleep();
    if (waiting.empty())
        return "a server that does not reply: nobody waits for at most --timeout: " + program.situation();
    for (const Held& held : waiting) program.program.wake(held);
    const std::string problem = program.wrong_run(program.settle(), {}, 1);
    return problem.empty() ? "" : "a server that does not reply within --timeout: " + problem;
}

}  // namespace

TEST_CASE("a connection that breaks is replaced, and its task tried again") {
    std::string problem;
    for (const Fault& fault : faults)
        if (problem.empty()) problem = lost_by(fault);
    if (problem.empty()) problem = lost_by_silence();
    judge(problem,
          {.saw = "closed, reset, no JSON, half a reply, and none within --timeout: each task was sent once more, "
                  "and done",
           .expected = "deliver, which tries again over a new connection, and a worker that goes on after it",
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
    const std::string with = "with --retries " + std::to_string(retries) + " and a server that always hangs up, ";
    if (program.times_sent(2) != static_cast<std::size_t>(retries) + 1)
        return with + "a message was sent " + counted(program.times_sent(2), "time", "times");
    std::vector<Nanoseconds> pauses;
    for (const Event& event : program.program.stage().trace.events)
        if (event.kind == Event::Kind::sleeps && event.duration < 45s) pauses.push_back(event.duration);
    for (std::size_t i = 1; i < pauses.size(); ++i)
        if (pauses[i] <= pauses[i - 1])
            return with + "the pauses are " + in_words(pauses[i - 1]) + ", then " + in_words(pauses[i]);
    if (pauses.size() < static_cast<std::size_t>(retries)) return with + "it is tried again without a pause";
    return program.wrong_run(rest, {2}, retries);
}

}  // namespace

TEST_CASE("tries again --retries times at most, after pauses that grow") {
    std::string problem = wrong_tries(3);
    if (problem.empty()) problem = wrong_tries(1);
    if (problem.empty()) problem = wrong_tries(0);
    judge(problem,
          {.saw = "--retries 3, 1 and 0: so many tries more, each after a longer pause, and then one failed task",
           .expected = "one line for the task that was given up, the others done, exit code 1",
           .why = "who asks again at once, and for ever, keeps a server down that tries to come up",
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
            return "the server got " + in_quotes(message.body);
        if (Sender::task_of(message) < 1 || Sender::task_of(message) > 6)
            return "a message has no task's number as its id: " + in_quotes(message.body);
        senders.insert(said.value("from", ""));
    }
    if (senders.size() != 1) return "the messages of one run come from " + counted(senders.size(), "name", "names");
    for (int task = 1; task <= 6; ++task)
        if (program.times_sent(task) != 3)
            return "the message of task " + std::to_string(task) + " was sent " +
                   counted(program.times_sent(task), "time", "times") + " and acknowledged at the third";
    return program.wrong_run(rest, {}, 12);
}

}  // namespace

TEST_CASE("what is sent again is the same message") {
    judge(doubles_messages(),
          {.saw = "six messages, each sent three times from the same name with the same id",
           .expected = "the task's number as the message's id, in each try",
           .why = "a server that had delivered it, and could not say so, knows it again by that: it "
                  "is delivered once",
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
            return "the server answered task " + std::to_string(task) + " with an error, and it was sent " +
                   counted(program.times_sent(task), "time", "times");
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
            if (program.has_told(Sender::task_of(message))) return "a task is done before its reply is whole";
        }
        program.world.send(message, "\n");
        program.settle();
    }
    const std::string problem = program.wrong_run(program.settle(), {}, 0);
    return problem.empty() ? "" : "replies came in pieces: " + problem;
}

}  // namespace

TEST_CASE("a task that fails reports it, and costs no other") {
    std::string problem = costs_others();
    if (problem.empty()) problem = in_pieces();
    judge(problem,
          {.saw = "three tasks of nine answered with an error: three lines with the reason, six done, exit code "
                  "1; replies in pieces were put together",
           .expected = "the task's exception, or its outcome, where its result is waited for; the worker goes on",
           .why = "a worker that ends with its task is one less for all the others",
           .read = readme_of(5, 7)});
}
