#include "grader/compile/whole_text.hpp"

#include <algorithm>
#include <regex>
#include <vector>

#include "ground/file.hpp"

namespace fs = std::filesystem;

namespace {

std::string marked(const std::string& text, const fs::path& name) {
    return "\n#line 1 \"" + name.string() + "\"\n" + text;
}

// The given headers that the text includes, by whatever way, in the order of their first mention.
void add_headers(const fs::path& root, const std::string& text, std::vector<std::string>& found) {
    static const std::regex include(R"re(#\s*include\s*"(support/\w+\.hpp)")re");
    for (std::sregex_iterator each(text.begin(), text.end(), include), end; each != end; ++each) {
        const std::string header = (*each)[1];
        if (std::find(found.begin(), found.end(), header) != found.end()) continue;
        found.push_back(header);
        add_headers(root, read_if_there(root / "labs" / header), found);
    }
}

std::vector<std::string> headers_of(const fs::path& root, const std::string& text) {
    std::vector<std::string> found;
    add_headers(root, text, found);
    return found;
}

// Of given code: each stands behind a program that includes the header which it includes first.
std::string doubles_for(const fs::path& root, const std::string& name, const std::string& source) {
    const std::vector<std::string> headers = headers_of(root, source);
    const fs::path folder = "tests" / fs::path(name).parent_path().filename() / "doubles";
    std::vector<fs::path> files;
    if (fs::exists(root / folder))
        for (const auto& entry : fs::directory_iterator(root / folder)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::string all;
    for (const fs::path& file : files) {
        const std::string text = read_file(file);
        const std::string declares = headers_of(root, text).at(0);
        if (std::find(headers.begin(), headers.end(), declares) != headers.end())
            all += marked(text, folder / file.filename());
    }
    return all;
}

}  // namespace

std::string whole_text(Flavour flavour, const fs::path& root, const std::string& name, const std::string& source) {
    if (flavour == Flavour::explored) return source + doubles_for(root, name, source);
    if (!is_trial(flavour)) return source;
    const fs::path file(name), trial = "tests" / file.parent_path().filename() / "trials" / file.filename();
    return "#define main main_of_its_own" + marked(source, name) + "\n#undef main" +
           marked(read_file(root / trial), trial);
}
