// Where a chapter's answers are in a file of them: between <!-- answer N --> and <!-- end of answer N -->, under a
// heading ## Question N. Markers and headings may be spelt otherwise, be lost, doubled or mixed up: what can be meant in
// one way alone is read, and a remark says what was wrong. Plain functions without state: safe from any thread.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

std::string answer_begin(const std::string& question);  // the marker
std::string answer_end(const std::string& question);

struct Piece {
    std::size_t line = 0;  // of the file, from 1: where it begins
    std::string text;
};

struct PlaceOfAnswer {
    std::size_t line = 0;  // of the question's heading or else of its first marker; 0: it has neither
    bool has_heading = false;
    bool has_markers = false;
    std::vector<Piece> pieces;         // between markers
    std::vector<Piece> before, after;  // under the heading and outside of all markers: up to the first piece, and then
    std::vector<std::string> remarks;  // "line 12: ..."
};

// The places of these questions. `file` is UTF-8 with plain ends of lines.
std::map<std::string, PlaceOfAnswer> places_in(const std::string& file, const std::vector<std::string>& questions);
