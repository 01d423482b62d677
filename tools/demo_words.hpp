// What is seen in a demo, and why it came so, in words.
#pragma once

#include <string>
#include <vector>

#include "ground/manifest.hpp"
#include "tools/amdahl.hpp"
#include "tools/chart.hpp"
#include "tools/performance.hpp"

// What the lines that just went by show.
std::string seen(const Performance& performance, const DemoEntry& demo);

// Why it took as long as it did. `scale`: seconds, for how exact times are told.
std::string why(const Performance& performance, const DemoEntry& demo, double scale);

// The dearest against the cheapest.
std::string seen(const std::vector<Bar>& bars, const ChartEntry& chart);

// What so many threads gained, and how Amdahl's law explains it.
std::string seen(const std::vector<SpeedupPoint>& points);
