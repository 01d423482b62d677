// Links in Markdown that would lead nowhere.
#pragma once

#include <functional>
#include <string>

// `markdown` with every link to a file that is not there replaced by the link's own words, and a picture by its
// description. `is_there` is asked for a link's path from the kit's folder: "labs/ch01_countdown/README.md". Links to
// anchors and to the web, and all that is code, stay. `file` is where the text is, from the kit's folder.
std::string without_dead_links(const std::string& markdown, const std::string& file,
                               const std::function<bool(const std::string&)>& is_there);
