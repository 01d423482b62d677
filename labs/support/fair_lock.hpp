// A lock that goes to the thread that has waited longest, as at a counter with numbered tickets.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

// For std::scoped_lock and std::unique_lock, like std::mutex. The difference: a thread that unlocks
// it and locks it again at once comes after all threads that were waiting. A std::mutex promises no
// order, and usually goes to the thread that had it last, for that one is awake.
//
// A thread that waits is blocked. It uses processor time only to look, once for each hand-over,
// whether the number called is its own.
class FairLock {
  public:
    void lock() {
        std::unique_lock guard(mutex_);
        const std::uint64_t ticket = next_ticket_++;
        called_.wait(guard, [&] { return now_serving_ == ticket; });
    }

    void unlock() {
        {
            const std::scoped_lock guard(mutex_);
            ++now_serving_;
        }
        called_.notify_all();  // all of them: the one whose number it is must be among them
    }

  private:
    std::mutex mutex_;  // held for a moment, to read and change the numbers
    std::condition_variable called_;
    std::uint64_t next_ticket_ = 0;
    std::uint64_t now_serving_ = 0;  // the thread with this ticket has the lock
};
