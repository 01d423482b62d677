// What is asked of every program that fetches (fetching.hpp), whatever its workers are: each function says what it
// found wrong, or "".
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/fetching.hpp"

// Puts a program on a chapter's bench.
using StartFetching = std::function<std::unique_ptr<Fetching>(const FetchPlan&, const Setting&)>;

// As many requests in flight before the first answer as there are workers, for each of these numbers.
std::string not_all_at_once(const StartFetching& start, const std::vector<std::size_t>& numbers);

// Workers are done one after the other, in three orders, and then several at once: each line follows its worker.
std::string not_as_workers_are_done(const StartFetching& start);
extern const std::vector<std::vector<std::size_t>> orders_of_four;

// One server is silent, one has sent a half: the other workers' lines come.
std::string held_back_by_a_server(const StartFetching& start);

// Bodies from 0 bytes to 16 MiB, each asked for once.
std::string wrong_bodies(const StartFetching& start);

// A 404, an answer that breaks off, a refused connection, no URL; two that are good, `last` of which is answered when
// all others are done. 0: neither is.
std::string wrong_failures(const StartFetching& start, std::size_t last);

// stdout is a pipe: each line is in it when its worker is done.
std::string late_in_a_pipe(const StartFetching& start);

// No server has answered; one has.
std::string busy_while_servers_wait(const StartFetching& start);
