// Numbers that a question wants in its table. Plain functions without state: safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "ground/chapter.hpp"
#include "ground/markers.hpp"

// What is missing in the table that `pieces` have, as "line 24: ..."; none where each of question.rows has a number in
// each of question.measured. Rows and columns may be renamed, moved and added where it stays clear which one is meant.
std::vector<std::string> missing_numbers(const QuestionEntry& question, const std::vector<Piece>& pieces);

// The same for a template, of which `pieces` are one question's: what it does not have, as "has no row `ping`".
std::vector<std::string> missing_places(const QuestionEntry& question, const std::vector<Piece>& pieces);
