// What /proc says of the threads of a program, from files that stay open between two looks: to open one takes five
// times as long as to read it, and a look at a program reads three for each of its threads.
//
// No more are kept open than leave a thousand to whoever else opens files; the others are opened for each reading. Each
// thread of the grader has files of its own, so all of this is safe from any thread.
#pragma once

#include <sys/types.h>

#include <set>
#include <string>
#include <vector>

enum class TaskFile { call, stat, status, children, schedstat };  // "syscall" is the first one's name there

// "" where the thread is gone, or the system refuses.
std::string read_task_file(pid_t process, pid_t thread, TaskFile file);

// In ascending order; none where the process is gone.
std::vector<pid_t> threads_of(pid_t process);

// Closes the files of all others.
void keep_task_files(const std::set<pid_t>& threads);
