// Chapter 8 in a demo: what decided which mode won, and how slow a link may be before that changes.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ground/manifest.hpp"
#include "tools/chart.hpp"

// What the modes took over one link.
struct LinkRow {
    double rate = 0;  // bytes a second
    std::vector<Bar> modes;
};

class Offloading {
  public:
    // Of a chapter that has a plot and a crossover: it outlives this.
    explicit Offloading(const ChapterEntry& chapter) : chapter_(chapter) {}

    // Which mode won, by how much, and whether the network or the processor decided: from the bars, and
    // from what the two functions take on this machine, which is timed now.
    std::string conclusion(const std::vector<Bar>& bars) const;

    // Runs the client against a server behind such a link. Throws std::runtime_error where that fails.
    LinkRow measure(const std::string& rate) const;
    std::string header() const;
    std::string row(const LinkRow& row) const;

    // At which rates offloading begins to pay, as far as these rows tell.
    std::string crossovers(const std::vector<LinkRow>& rows) const;

    // Draw into build/demo/, and return the files' names.
    std::vector<std::string> draw_modes(const std::vector<Bar>& bars) const;
    std::vector<std::string> draw_links(const std::vector<LinkRow>& rows) const;

  private:
    const ChapterEntry& chapter_;
};
