// A class as tables for spreadsheets and gradebooks, and whole as JSON. Each returns the text.
#pragma once

#include <string>

#include "grader/report/submitted.hpp"

// A row per student, a column per criterion and question: its points, nothing where it was not judged, "kit failed"
// where the kit did.
std::string class_csv(const ClassResults& results);

// A row per student: who, points per chapter, total, late, state ("graded", "missing", "unreadable", or "kit failed":
// then there is no total).
std::string gradebook_csv(const ClassResults& results);

// Everything but the sources: each student's report as ./kit grade --json writes it, and the digests that it rests on.
std::string class_json(const ClassResults& results);

// "graded", "missing", "unreadable", "kit failed"
std::string state_of(const Student& student);
