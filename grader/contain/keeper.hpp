// Whatever ends a grading, and at whatever moment, leaves nothing behind: no compiler, no criterion, no program
// under test, no folder of a moment's work.
//
// The work is done in a child process. Its parent, the one that was started, does nothing but wait: for the
// work's end, or for SIGINT, SIGTERM, SIGHUP or SIGQUIT. Then it ends all that descends from it, orphans too. Where
// the parent itself is killed (SIGKILL), its second child, the guard, sees that and does the same. What neither can do,
// since all were killed at once, the kernel does (Child), and the next grading (sweep_scratch).
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

// Folders with whatever begins so in them: what an interrupted grading leaves there.
struct Leftovers {
    std::filesystem::path parent;
    std::string prefix;
};
void sweep(const std::vector<Leftovers>& leftovers);

// Returns twice, as fork does: in the child with what `work` returned, and in the parent with the child's exit code,
// or 3 and a line on stderr where the child was killed. Does not return where a signal ends the grading:
// the process ends by that signal. For the beginning of main, before any thread is started.
int kept(const std::vector<Leftovers>& leftovers, const std::function<int()>& work);
