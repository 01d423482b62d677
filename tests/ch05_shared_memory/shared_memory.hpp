// Chapter 5's criteria, a file for each program; what is asked of all three stands in ch05_shared_memory.cpp.
#pragma once

#include <string>

#include "bench/common.hpp"

std::string readme(int step);

// Why not every thread was joined, or "" and how many were.
std::string fetch_threads_joins(std::size_t& joined);
std::string bounded_queue_joins(std::size_t& joined);
std::string scaling_joins(std::size_t& joined);

// What a sanitizer's build did wrong, or "".
std::string fetch_threads_sanitized(Flavour flavour);
std::string bounded_queue_sanitized(Flavour flavour);
std::string scaling_sanitized(Flavour flavour);

// Each makes the verdict of "refuses bad flags".
void refuse_bad_urls();
void refuse_bad_queues();
void refuse_bad_scalings();
