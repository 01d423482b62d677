// Do the links and anchors in Markdown, and in what the criteria tell students to read, lead
// somewhere?
#include <algorithm>

#include "tools/check.hpp"
#include "tools/sources.hpp"

namespace fs = std::filesystem;

namespace {

bool starts_with(const std::string& text, const std::string& start) {
    return text.rfind(start, 0) == 0;
}

std::string decoded(const std::string& link) {
    std::string text;
    for (std::size_t i = 0; i < link.size(); ++i) {
        if (link[i] == '%' && i + 2 < link.size()) {
            text += static_cast<char>(std::stoi(link.substr(i + 1, 2), nullptr, 16));
            i += 2;
        } else {
            text += link[i];
        }
    }
    return text;
}

// An anchor that ends in "-" is the beginning of several: a criterion adds the step's number to it.
bool has_anchor(const Check& check, const std::string& file, const std::string& anchor) {
    const auto anchors = anchors_of(check.text(file));
    if (anchor.empty() || anchors.count(anchor) > 0) return true;
    return anchor.back() == '-' &&
           std::any_of(anchors.begin(), anchors.end(), [&](const auto& each) { return starts_with(each, anchor); });
}

// `link` stands in `file`; it counts from `folder`.
void check_link(Check& check, const std::string& file, const fs::path& folder, const std::string& link) {
    check.count("link");
    const std::size_t hash = link.find('#');
    const std::string path = decoded(link.substr(0, hash));
    const std::string anchor = hash == std::string::npos ? "" : decoded(link.substr(hash + 1));
    const fs::path target = path.empty() ? fs::path(file) : path[0] == '/' ? fs::path(path.substr(1)) : folder / path;
    const std::string name = target.lexically_normal().generic_string();
    if (starts_with(name, "../") || !check.exists(name)) {
        check.fail(file, "links to " + link + ", which does not exist", "Correct the link, or add " + name + ".");
    } else if (target.extension() == ".md" && !has_anchor(check, name, anchor)) {
        check.fail(file, "links to " + link + ", but " + name + " has no such heading",
                   "Name a heading that is there, as GitHub writes it: lower case, hyphens for spaces.");
    }
}

bool is_elsewhere(const std::string& link) {
    return link.find("://") != std::string::npos || starts_with(link, "mailto:");
}

}  // namespace

void check_links(Check& check) {
    for (const std::string& file : check.files_with({".md"})) {
        for (const std::string& link : links_of(check.text(file))) {
            if (!is_elsewhere(link)) check_link(check, file, fs::path(file).parent_path(), link);
        }
    }
    for (const std::string& file : check.files_with({".cpp", ".hpp"})) {
        if (!starts_with(file, "tests/")) continue;
        for (const std::string& link : readme_strings(check.text(file))) check_link(check, file, "", link);
    }
}
