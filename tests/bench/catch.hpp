// Catch2, whichever the system has: version 3 (many headers) or 2.13 (one).
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
