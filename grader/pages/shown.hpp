// Text that a student may have written, on its way into a page: it shows as it is, and is never markup or a script.
// Plain functions: safe from any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

// What cannot be seen, or moves what can, is spelled out as in every report. A tab stays one, as code is indented with
// them, and a line that ends in "\r\n" just ends.
std::string shown(std::string_view text);

// JSON that is safe inside <script type="application/json">: ASCII alone, without <, > and &.
std::string json_for_script(const nlohmann::ordered_json& data);

// A file's name, without ending, for anything: letters, digits, '.', '_' and '-' stay. Where others had to go, or
// nothing would be left, a digest of the whole name keeps it apart from others.
std::string file_name_of(const std::string& name);
