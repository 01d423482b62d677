// What a program that measures says to people: a table with a few words below it.
#pragma once

#include <string>

std::string in_bold(const std::string& text);  // on a terminal that shows it
std::string padded(const std::string& text, std::size_t width);

// Prints "Seen  ..." in lines of 72 columns beside the label.
void explain(const std::string& label, const std::string& text);
