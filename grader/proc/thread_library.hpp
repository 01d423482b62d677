// Threads that are made by a library for itself, and joined by nobody but it: those of OpenMP and oneTBB.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

// Where such a library has code in a process.
struct LibraryCode {
    std::string library;  // "OpenMP", "oneTBB"
    std::uint64_t begin = 0, end = 0;
};

// Looked up once for each process: its list of mappings grows with each thread that it makes. Not thread-safe.
class ThreadLibraries {
  public:
    // Of a thread that is about to make another one, and stands still in that call: the library that called it; "" where
    // the program did by itself, or nothing can be seen.
    std::string that_calls(pid_t process, pid_t thread);

    // Another program runs in it now.
    void forget(pid_t process) { code_.erase(process); }

  private:
    std::map<pid_t, std::vector<LibraryCode>> code_;
};

// The one that the process has loaded: "" where it has none.
std::string thread_library_of(pid_t process);
