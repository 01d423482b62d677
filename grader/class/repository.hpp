// A submission in a git repository: the last commit of its default branch, cloned without its history. Nothing of it is
// run: no shell, no hook, no filter, no submodule; and nobody is asked for a password.
#pragma once

#include "grader/class/taken.hpp"

// "https://...", "ssh://...", "git://...", "file://..." or "git@host:...".
bool is_repository(const std::string& text);

// `work`: where to clone into a folder that is gone afterwards. The time is the commit's. Never throws for what the URL
// leads to.
Taken read_repository(const std::string& url, const Wanted& wanted, const std::filesystem::path& work);
