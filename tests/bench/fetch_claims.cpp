#include "bench/fetch_claims.hpp"

#include "bench/lines.hpp"

const std::vector<std::vector<std::size_t>> orders_of_four = {{4, 3, 2, 1}, {2, 4, 1, 3}, {1, 2, 3, 4}};

std::string not_all_at_once(const StartFetching& start, const std::vector<std::size_t>& numbers) {
    for (const std::size_t workers : numbers) {
        const auto fetching = start({.workers = workers}, {});
        fetching->settle();
        const std::size_t asked = fetching->world.in_flight().size();
        if (asked < workers)
            return counted(asked, "request was", "requests were") + " in flight before the first answer, for " +
                   counted(workers, "URL", "URLs") + ": " + fetching->situation();
        const Rest rest = fetching->serve_all(100);
        const std::string problem = fetching->wrong_finish(rest, lines_of(workers, 100));
        if (!problem.empty()) return problem;
    }
    return "";
}

namespace {

std::string not_in_this_order(const StartFetching& start, const std::vector<std::size_t>& order) {
    const auto fetching = start({.workers = order.size()}, {});
    Rest rest = fetching->settle();
    for (const std::size_t worker : order) {
        rest = fetching->serve(worker, 5000);
        const Words lines = fetching->fresh_lines();
        if (lines != Words{line_of(worker, 5000)})
            return "when worker " + std::to_string(worker) + " was done, the program printed " + list_in_quotes(lines) +
                   "; " + fetching->situation();
    }
    return fetching->wrong_end(rest);
}

std::string not_several_at_once(const StartFetching& start) {
    const auto fetching = start({.workers = 6}, {});
    fetching->settle();
    const Rest rest = fetching->serve_all(70'000);
    return fetching->wrong_finish(rest, lines_of(6, 70'000));
}

}  // namespace

std::string not_as_workers_are_done(const StartFetching& start) {
    for (const std::vector<std::size_t>& order : orders_of_four) {
        std::string problem = not_in_this_order(start, order);
        if (problem.empty()) problem = not_several_at_once(start);  // each time anew: who is first may differ
        if (!problem.empty()) return problem;
    }
    return "";
}

std::string held_back_by_a_server(const StartFetching& start) {
    const auto fetching = start({.workers = 4}, {});
    fetching->settle();
    if (const auto slow = fetching->request_of(2)) {
        fetching->world.send(*slow, "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + body_of(2, 40'000));
        fetching->settle();
    }
    fetching->serve(4, 100);
    fetching->serve(3, 100);
    const Words lines = fetching->program.lines();
    if (lines == Words{line_of(4, 100), line_of(3, 100)}) return "";
    return "worker 1's server is silent, worker 2's has sent half an answer, workers 4 and 3 are done, and the program "
           "has printed " +
           list_in_quotes(lines) + "; " + fetching->situation();
}

std::string wrong_bodies(const StartFetching& start) {
    const std::vector<std::size_t> sizes = {0, 1, 4096, 65'536, 65'537, 16 << 20};
    const auto fetching = start({.workers = sizes.size()}, {});
    fetching->settle();
    const Rest rest = fetching->serve_sizes(sizes);
    Words expected;
    for (std::size_t worker = 1; worker <= sizes.size(); ++worker)
        expected.push_back(line_of(worker, sizes[worker - 1]));
    const std::string problem = fetching->wrong_finish(rest, expected);
    if (!problem.empty() || fetching->world.requests().size() <= sizes.size()) return problem;
    return counted(sizes.size(), "URL", "URLs") + " were asked for " +
           std::to_string(fetching->world.requests().size()) + " times";
}

std::string wrong_failures(const StartFetching& start, std::size_t last) {
    const auto fetching = start({.workers = 4, .strange = {"http://127.0.0.1:1/refused", "nonsense"}}, {});
    fetching->settle();
    fetching->world.serve([last](World& server, const HttpRequest& request) {
        const std::size_t worker = worker_asking(request);
        if (worker == last) return;
        if (worker == 2) return server.answer(request, 404, "nothing here");
        if (worker != 3) return server.answer(request, 200, body_of(worker, 3000));
        server.send(request, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nno more");
        server.finish(request);
    });
    Rest rest = fetching->settle();
    if (last != 0) rest = fetching->serve(last, 3000);
    const Words expected = {line_of(1, 3000), "worker 2: failed: 404 Not Found",
                            failed_line(3),   line_of(4, 3000),
                            failed_line(5),   failed_line(6)};
    const std::string problem = wrong_in_any_order(fetching->program.lines(), expected);
    return problem.empty() ? fetching->wrong_end(rest, 1) : problem;
}

std::string late_in_a_pipe(const StartFetching& start) {
    const auto fetching = start({.workers = 3}, {.out = Child::Out::pipe});
    Rest rest = fetching->settle();
    for (const std::size_t worker : {1, 2, 3}) {
        rest = fetching->serve(worker, 100);
        if (fetching->fresh_lines().empty() && worker != 3)
            return "worker " + std::to_string(worker) + " is done, and its line has not come through the pipe; " +
                   fetching->situation();
    }
    return fetching->wrong_finish(rest, lines_of(3, 100));
}

std::string busy_while_servers_wait(const StartFetching& start) {
    const auto fetching = start({.workers = 3}, {});
    const std::string problem = fetching->does_not_wait(fetching->settle(), "no server has answered yet");
    if (!problem.empty()) return problem;
    return fetching->does_not_wait(fetching->serve(2, 100), "worker 2 is done, the others are not");
}
