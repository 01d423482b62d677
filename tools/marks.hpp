// Marks in the arguments of chapter.json, for what is known only when a program is started:
//
//     {status_server}   the address of that server, which is started beside the program
//     {assets}          the folder of that name
//     {build}           build/
//     {programs}        the folder with the chapter's built exercises: finished ones, or those of labs/
//     {table}           in an epilogue: a file with the table that was just shown
#pragma once

#include <string>
#include <vector>

#include "ground/chapter.hpp"

// `{what}` becomes `with`.
void replace_mark(std::vector<std::string>& arguments, const std::string& what, const std::string& with);

// Those of the marks that are folders.
void put_folders(std::vector<std::string>& arguments, const ChapterEntry& chapter, bool solution);

// The arguments without those flags whose value is a server's address or a path of the kit, which a
// program finds by itself: as somebody would type them.
std::vector<std::string> as_typed(const std::vector<std::string>& arguments);
