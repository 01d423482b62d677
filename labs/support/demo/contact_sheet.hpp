// Many pictures on one, as photographers do it.
#pragma once

#include <filesystem>

#include "support/picture.hpp"

// All PNG files of the folder by their names, which stand below them; equal cells on a plain ground. Throws
// std::runtime_error where there is none, or one that cannot be read.
Picture contact_sheet(const std::filesystem::path& folder);
