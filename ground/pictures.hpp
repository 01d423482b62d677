// Pictures in Markdown: ![what it shows](where it is), and <img src="...">. Safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

struct LinkedPicture {
    std::size_t line;    // of the text, from 1
    std::string target;  // a path or a URL, without what the link is wrapped in
};

std::vector<LinkedPicture> pictures_in(const std::string& markdown);

bool is_url(const std::string& target);

// The text with blanks in their place.
std::string without_pictures(const std::string& markdown);
