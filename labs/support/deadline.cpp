#include "support/deadline.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <limits>

Deadline::Deadline(Duration time)
    : moment_(time > Clock::time_point::max() - Clock::now() ? Clock::time_point::max() : Clock::now() + time) {}

bool Deadline::wait_for(int descriptor, short events) const {
    pollfd one{descriptor, events, 0};
    int ready = 0;
    do {
        ready = poll(&one, 1, milliseconds_left());
    } while (ready < 0 && errno == EINTR);
    return ready != 0;
}

int Deadline::milliseconds_left() const {
    if (moment_ == Clock::time_point::max()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(moment_ - Clock::now()).count();
    return static_cast<int>(std::clamp<decltype(left)>(left, 0, std::numeric_limits<int>::max()));
}
