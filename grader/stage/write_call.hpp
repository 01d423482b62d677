// The system calls by which a program writes: what each would write and where to; and writes into pipes of the
// program's own, passed on a part at a time. To its caller that is a write that took less than it was given, as any
// write may.
#pragma once

#include <linux/seccomp.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

struct WriteCall {
    int descriptor = -1;
    std::size_t bytes = 0;     // that it would write at most
    std::vector<iovec> parts;  // in the writer's memory; none where the kernel moves them by itself (splice, sendfile)
    int size_argument = -1;    // this argument of the call, from 0, says how many; -1: none does
};

// None where it is no call that writes, or what it was given cannot be read.
std::optional<WriteCall> write_call(pid_t thread, const seccomp_data& data);

// What it would write, `most` bytes of it; "" where the kernel moves them by itself.
std::string text_of(pid_t thread, const WriteCall& call, std::size_t most);

// True where `descriptor` of the process is a pipe.
bool is_pipe(pid_t process, int descriptor);

// A socket that ends on the same machine: a pair's, in most programs.
enum class LocalSocket { none, stream, messages };
LocalSocket local_socket(pid_t process, int descriptor);

// True where all of it goes or none: up to 4,096 bytes into a pipe, pipe(7), and messages. A write to a stream may take
// less than it was given; only a call that says in an argument how much can be asked for less, so the others count as
// atomic.
bool is_atomic(const WriteCall& call, LocalSocket socket);

// Passes the first `bytes` (at most 4,096) of a write into a pipe on. What its caller is told: how many were taken, or
// a negative errno; -EAGAIN where the pipe is full.
long write_part(pid_t process, pid_t thread, const WriteCall& call, std::size_t bytes);
