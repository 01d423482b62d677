// Tables in Markdown: | like | this |, with a rule under the heads. Plain functions without state: safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

struct Row {
    std::size_t line;  // of the text, from 1
    std::vector<std::string> cells;
};

struct Table {
    Row heads;
    std::vector<Row> rows;
};

// More of them in one text are not looked at: a file may hold nothing else.
constexpr std::size_t most_tables = 100;

std::vector<Table> tables_in(const std::string& markdown);

// "1.2e3", "0,86", "~3 s", "between 200 k and 500 k": a digit that is no part of a name, such as "ch02" or "v1".
bool has_number(const std::string& cell);

// The text with blanks in the place of what nobody has filled in: heads, rules, and rows of which no more than the
// first cell says anything. Each line stays where it is.
std::string without_blank_rows(const std::string& markdown);

// The text with blanks in the place of all tables.
std::string without_tables(const std::string& markdown);
