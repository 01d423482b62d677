// The one constant of time that all of the grader waits by.
#pragma once

// The longest that anything in the grader waits for something to happen, in seconds. Not part of any verdict about a
// program that is stuck, ends, or spins: the grader sees those long before.
constexpr int patience_seconds = 60;
