// Pictures for both programs of chapter 8, and programs that compute for a while.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/common.hpp"
#include "grader/debug/freezer.hpp"
#include "support/picture.hpp"

struct Size {
    int width = 0, height = 0;
};

// With edges and noise in it, the same for the same size.
Picture some_picture(Size size, int channels);

// A file that a program under test may read; gone when this is.
class PictureFile {
  public:
    explicit PictureFile(Size size);
    ~PictureFile();
    PictureFile(const PictureFile&) = delete;
    PictureFile& operator=(const PictureFile&) = delete;
    const Shared& shared() const { return shared_; }

  private:
    Shared shared_;
};

// As Program::settle, but patient with who computes: only a program that has used far more processor
// time than this chapter's work takes anywhere is said to spin. And who sleeps by time between two looks
// is let go for as long as that helps; whoever waits for a descriptor for at most so long is not.
// `awaited`: whether there is anything that computing could lead to; who spins without that is not waited for.
Rest settle_computing(Program& program, const std::function<bool()>& awaited = {});

// Lets it run until it has used so much processor time since its start. False where it ended before, or
// stands still.
bool run_until_used(Program& program, double seconds);

std::string readme(int step);
