// How long to wait before something that failed is tried again.
#pragma once

#include "support/duration.hpp"

// `again` counts from 1. The pause doubles each time, up to `longest`. Then chance makes it up to three tenths shorter or
// longer: clients that failed together do not come back together. Thread-safe.
Duration growing_pause(int again, Duration first, Duration longest);
