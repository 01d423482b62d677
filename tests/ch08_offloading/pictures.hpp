// Pictures for both programs of chapter 8.
#pragma once

#include <string>

#include "grader/stage/program.hpp"
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

// A base of its own where a program is to read it, because it has to outlive the program.
struct WithPictureFile {
    PictureFile picture;
};

std::string readme(int step);
