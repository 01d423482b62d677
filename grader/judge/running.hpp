// Runs one criterion in a process of its own, and takes its verdict.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "grader/compile/build.hpp"
#include "grader/judge/record.hpp"
#include "ground/chapter.hpp"

// What a criterion is given of its program: that which it asks for (CriterionEntry::build), and the plain one.
using Executables = std::map<Flavour, Built>;

struct Outcome {
    std::optional<Judgement> judgement;
    std::string failure = "";  // of the kit: why there is no judgement, in one line
    std::string said = "";     // by the criterion, for those who look after it
};

// Waits for a turn (turns.hpp). A program is not to lose a point because the machine was short of something: then the
// criterion is run once more, and has no judgement where that is so again. Does not throw. Safe from any thread.
Outcome run_criterion(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                      const CriterionEntry& criterion, const Executables& built);
