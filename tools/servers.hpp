// The servers that a program needs while it runs: given ones, build/labs/support/NAME, or exercises.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ground/chapter.hpp"
#include "support/server.hpp"

// Starts these servers of the chapter, and puts their addresses into the arguments: `{status_server}` becomes
// http://127.0.0.1:8020. Where the usual port is taken, any other will do; unless `usual_alone`: then
// what is there is left to answer, which is told on stderr.
std::vector<std::unique_ptr<Server>> start_servers(const ChapterEntry& chapter, const std::vector<ServerEntry>& entries,
                                                   std::vector<std::string>& arguments, bool usual_alone, bool solution,
                                                   bool fast = false);
