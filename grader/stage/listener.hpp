// The grader's end of the filter: the calls that it puts before the grader, and the ways to answer one. See
// seccomp_unotify(2).
//
// Not thread-safe. A call whose thread was killed or interrupted meanwhile cannot be answered any more: that is no error.
#pragma once

#include <linux/seccomp.h>

#include <cstdint>
#include <optional>

#include "support/descriptor.hpp"

class Listener {
  public:
    // Takes over the descriptor. When it is destroyed, a call that is still held returns ENOSYS.
    explicit Listener(int descriptor);

    int descriptor() const { return descriptor_.number(); }

    // The next call; none where none is waiting.
    std::optional<seccomp_notif> receive();

    void proceed(std::uint64_t call);              // the kernel does it
    bool answer(std::uint64_t call, long result);  // its caller gets this result; false where it is gone
    bool waits(std::uint64_t call) const;          // false where its thread was killed or interrupted

    // Gives the caller a copy of a descriptor of ours: its number there, or a negative errno.
    int give(std::uint64_t call, int descriptor, bool close_on_exec);

  private:
    Descriptor descriptor_;
};
