// A descriptor of the program under test, as the grader can look at it.
#pragma once

#include <sys/types.h>

#include <string>

#include "support/descriptor.hpp"

// /proc/PID/fd/NUMBER: to ask what stands behind it, and to open it anew where that is possible.
std::string path_of(pid_t process, int number);

// What /proc/PID/fdinfo/NUMBER shows under a name, such as "flags", "clockid", "sigmask"; "" where it shows none.
std::string shown_of(pid_t process, int number, const std::string& name);

// A copy. Not open where the process is gone, has no such descriptor, or the system refuses; errno tells. A container
// of default rights refuses that (pidfd_getfd(2)): nothing may depend on it alone.
Descriptor copy_of(pid_t process, int number);
bool copying_is_refused(int error);
