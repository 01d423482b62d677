// Grades as pages for people: one HTML file each, which needs no server and no network, and loads nothing.
//
// A page is a shell with its data as JSON; its script builds what is seen, from text alone. What a student wrote is
// never markup, and a Content-Security-Policy lets no other script run.
#pragma once

#include <filesystem>
#include <string>

#include "config.hpp"
#include "grader/report/submitted.hpp"

// One grading. The text of the questions is taken from root/answers/.
std::string student_page(const Submitted& submitted, const std::filesystem::path& root = kit_root);

// A class: index.html, students/ID.html and questions/chNN-N.html, with links between them. Replaces pages of the same
// names, and leaves everything else in `folder`. Throws std::runtime_error that names what cannot be written.
void write_pages(const ClassResults& results, const std::filesystem::path& folder,
                 const std::filesystem::path& root = kit_root);
