// Chapter 5's criteria, a file for each program; what is asked of all three is in shared_memory.cpp.
#pragma once

#include <string>

#include "bench/criterion.hpp"
#include "bench/ends.hpp"

std::string readme(int step);

Joins fetch_threads_joins();
Joins bounded_queue_joins();
Joins scaling_joins();

// What a sanitizer's build did wrong, or "".
std::string fetch_threads_sanitized(Flavour flavour);
std::string bounded_queue_sanitized(Flavour flavour);
std::string scaling_sanitized(Flavour flavour);

// Each makes the verdict of "is right in whatever order its threads are moved".
void judge_orders_of_fetch_threads();
void judge_orders_of_bounded_queue();
void judge_orders_of_scaling();

// Each makes the verdict of "refuses bad flags".
void refuse_bad_urls();
void refuse_bad_queues();
void refuse_bad_scalings();
