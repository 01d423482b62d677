#include "ground/file.hpp"

#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace fs = std::filesystem;

namespace {

std::optional<std::string> contents_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in) return std::nullopt;
    std::error_code failure;
    // Of an empty file nothing is taken, which counts as a failure, too.
    if (!(text << in.rdbuf()) && (fs::file_size(file, failure) > 0 || failure)) return std::nullopt;
    return text.str();
}

}  // namespace

std::string read_file(const fs::path& file) {
    const std::optional<std::string> text = contents_of(file);
    if (!text) throw std::runtime_error(file.string() + ": cannot be read");
    return *text;
}

std::string read_if_there(const fs::path& file) {
    return contents_of(file).value_or("");
}

void write_file(const fs::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}
