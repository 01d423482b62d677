// Writes of a program into pipes of its own, passed on a part at a time: as many bytes as the grader
// likes. To its caller that is a write that took less than it was given, as any write may.
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>

#include <cstddef>

// True where `descriptor` of the process is a pipe.
bool is_pipe(pid_t process, int descriptor);

// Passes the first `bytes` (at most 4,096) of the write on. What its caller is told: how many were taken,
// or a negative errno; -EAGAIN where the pipe is full.
long write_part(pid_t thread, const seccomp_data& call, std::size_t bytes);
