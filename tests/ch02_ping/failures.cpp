// Chapter 2: what a program has to print where a server fails or never answers. Each test case is one criterion, run
// by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch02_ping/one_clock.hpp"
#include "ch02_ping/pinger.hpp"

#include <algorithm>
#include <map>

namespace {

const Words never_answered = {"http://127.0.0.1:1/refused", "nonsense"};
const std::map<std::string, std::string> failures = {
    {"/silent", ""}, {"/garbage", "what?\r\n\r\n"}, {"/cut", "HTTP/1.1 200 OK\r\nContent-Le"}};

// Serves good URLs, those that fail, or both.
void serve(Pinger& pinger, bool good, bool bad) {
    pinger.world.serve([good, bad](World& server, const HttpRequest& request) {
        const auto failure = failures.find(request.path);
        const bool is_good = failure == failures.end();
        if (!(is_good ? good : bad)) return;
        if (is_good) return server.answer(request, 200);
        server.send(request, failure->second);
        server.finish(request);
    });
}

std::string wrong_lines_of_failures(const Pinger& pinger) {
    Words good, failed, expected = never_answered;
    for (const std::string& line : pinger.program.lines()) {
        const std::size_t error = line.find(":error: ");
        if (error == std::string::npos || error + 8 == line.size()) good.push_back(line);
        else failed.push_back(line.substr(0, error));
    }
    for (const auto& [path, bytes] : failures) expected.push_back(pinger.url(path));
    const std::string problem = missing_or_extra(good, pinger.ok_lines({"/a", "/b"}));
    if (!problem.empty()) return problem;
    const std::string missing = missing_or_extra(failed, expected);
    return missing.empty() ? "" : "among the lines URL:error: WHY, " + missing;
}

std::string wrong_failures(bool good_ones_last) {
    // Of a pool, two workers: each of them meets failures, and has to go on.
    Pinger pinger({.paths = {"/silent", "/a", "/garbage", "/cut", "/b"},
                   .workers = is_pool() ? 2 : 0,
                   .strange = never_answered});
    pinger.settle();
    serve(pinger, !good_ones_last, good_ones_last);
    pinger.settle();
    serve(pinger, true, true);
    const Rest rest = pinger.settle();
    const std::string problem = wrong_lines_of_failures(pinger);
    return problem.empty() ? pinger.wrong_end(rest, 1) : problem;
}

}  // namespace

TEST_CASE("tells each failure alone, and exits 1") {
    std::string problem = wrong_failures(true);
    if (problem.empty()) problem = wrong_failures(false);
    judge(standing::each_failure_alone,
          {.problem = problem,
           .saw = "the program printed an error line for each of 5 URLs and an answer for each of 2, and "
                  "exited with 1",
           .read = readme(5),
           .form = "URL:error: WHY"});
}

namespace {

// Wakes the sleeper whose sleep ends next, by its own clock, if that is before `limit`. False: there is none.
bool let_time_pass(Pinger& pinger, Nanoseconds limit, Nanoseconds& now) {
    std::vector<std::pair<Nanoseconds, Held>> due;
    for (const Held& held : pinger.program.asleep()) {
        const Nanoseconds age = pinger.program.stage().age(held.thread);
        if (held.asked < limit - age) due.emplace_back(age + held.asked, held);
    }
    const auto next =
        std::min_element(due.begin(), due.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    if (next == due.end()) return false;
    now = std::max(now, next->first);
    pinger.program.wake(next->second);
    return true;
}

// Asks three URLs, of which the second never answers. Of a pool, by one worker: then the third has
// its own time, which begins when the second's is over.
PingPlan one_never_answers(const std::string& timeout) {
    return {.paths = {"/a", "/never", "/b"}, .workers = is_pool() ? 1 : 0, .timeout = timeout};
}

void answer_the_others(Pinger& pinger) {
    pinger.world.serve([](World& server, const HttpRequest& request) {
        if (request.path != "/never") server.answer(request, 200);
    });
}

// Lets time pass until the program ends, in `rest`: why it does not, or "".
std::string wait_for_the_end(Pinger& pinger, Rest& rest, Nanoseconds& now) {
    for (int rounds = 0; rest == Rest::standstill; ++rounds) {
        if (rounds > 5'000 || now > std::chrono::seconds(60))
            return "the program still waits when " + in_words(now) + " have passed by its own clock";
        if (!let_time_pass(pinger, Nanoseconds::max(), now))
            return "the program hangs: the server never answers, and no thread waits with a time-out; " +
                   pinger.program.describe();
        rest = pinger.program.settle();
    }
    return "";
}

std::string wrong_after_3s() {
    Pinger pinger(one_never_answers("3s"));
    answer_the_others(pinger);
    Rest rest = pinger.settle();
    if (rest == Rest::standstill) {
        const auto before = is_pool() ? pinger.ok_lines({"/a"}) : pinger.ok_lines({"/a", "/b"});
        const std::string problem = missing_or_extra(pinger.program.lines(), before);
        if (!problem.empty()) return problem;
    }
    Nanoseconds now{};
    if (const std::string problem = wait_for_the_end(pinger, rest, now); !problem.empty()) return problem;
    Words lines = pinger.program.lines();
    const std::string start = pinger.url("/never") + ":error: ";
    if (std::erase_if(lines, [&](const std::string& line) { return line.rfind(start, 0) == 0; }) != 1)
        return "the line " + in_quotes(start + "WHY") + " is missing";
    if (const std::string problem = missing_or_extra(lines, pinger.ok_lines({"/a", "/b"})); !problem.empty())
        return problem;
    if (now > std::chrono::seconds(6))
        return "with --timeout 3s, the program gave up after " + in_words(now) + " by its own clock";
    return pinger.wrong_end(rest, 1);
}

// Less than a second is neither nothing nor for ever.
std::string wrong_after_250ms() {
    Pinger pinger({.paths = {"/never"}, .timeout = "250ms"});
    Rest rest = pinger.program.settle();
    Nanoseconds now{};
    std::string problem = wait_for_the_end(pinger, rest, now);
    const Words lines = pinger.program.lines();
    if (problem.empty() && (lines.size() != 1 || lines[0].rfind(pinger.url("/never") + ":error: ", 0) != 0))
        problem = "the lines are " + list_in_quotes(lines) + ", not one error line";
    if (problem.empty()) problem = pinger.wrong_end(rest, 1);
    return problem.empty() ? "" : "with --timeout 250ms: " + problem;
}

// Three seconds by accident are not --timeout.
std::string wrong_with_1h() {
    PingPlan plan = one_never_answers("1h");
    plan.equals = true;
    Pinger pinger(plan);
    answer_the_others(pinger);
    Nanoseconds now{};
    for (Rest rest = pinger.settle();; rest = pinger.program.settle()) {
        if (rest != Rest::standstill || !pinger.in_flight("/never"))
            return "with --timeout=1h, the program gave up within seconds; " + pinger.situation();
        if (now > std::chrono::seconds(4) || !let_time_pass(pinger, std::chrono::hours(1), now)) return "";
    }
}

// --timeout is for the whole of a URL: bytes that come now and then give it no more.
std::string wrong_where_bytes_trickle() {
    constexpr Nanoseconds pause = std::chrono::milliseconds(700), far_too_long = std::chrono::seconds(6);
    constexpr int most_steps = 5'000;
    Pinger pinger({.paths = {"/trickles"}, .timeout = "3s"}, {.policy = {.one_clock = true}});
    OneClock clock(pinger.program);
    const std::string head = "HTTP/1.1 200 OK\r\n";
    std::size_t sent = 0;
    Nanoseconds next_byte = pause;
    Rest rest = pinger.program.settle();
    for (int steps = 0; rest == Rest::standstill && clock.now() < far_too_long; ++steps) {
        if (steps > most_steps) return "";  // it wakes so often that its time hardly passes: nothing is shown
        clock.go_on(next_byte);
        if (clock.now() == next_byte) {
            next_byte += pause;
            if (!pinger.world.requests().empty())
                pinger.world.send(pinger.world.requests().front(), head.substr(sent++, 1));
        }
        rest = pinger.program.settle();
    }
    if (rest == Rest::standstill)
        return "with --timeout 3s, the program still waits for the next byte after " + in_words(clock.now()) +
               " by its own clock: the server sends one every " + in_words(pause) + "; " + pinger.program.describe();
    const Words lines = pinger.program.lines();
    if (lines.size() != 1 || lines[0].rfind(pinger.url("/trickles") + ":error: ", 0) != 0)
        return "the server sends a byte every " + in_words(pause) + ", and the lines are " + list_in_quotes(lines) +
               ", not one error line";
    return pinger.wrong_end(rest, 1);
}

}  // namespace

TEST_CASE("gives up on a URL after --timeout") {
    std::string problem = wrong_after_3s();
    if (problem.empty()) problem = wrong_after_250ms();
    if (problem.empty()) problem = wrong_where_bytes_trickle();
    if (problem.empty()) problem = wrong_with_1h();
    judge(problem,
          {.saw = "one server never answered, and one sent a byte now and then: the program reported both after 3 s of "
                  "its own time, and exited with 1",
           .expected =
               "with --timeout 3s, the program prints URL:error: WHY after 3 s for the whole of a URL, prints the "
               "answers of the others, and exits with 1",
           .why = "without a limit, one silent server keeps a program waiting for ever",
           .read = readme(5)});
}
