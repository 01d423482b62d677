// The system calls by which a file gets its name in one step: rename(2), link(2).
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <string>

// The file's name to be, as the program says it; "" where it cannot be read.
std::string new_name(pid_t thread, const seccomp_data& data);
