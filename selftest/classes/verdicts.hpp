// Did each member of the class get the verdicts that were known beforehand?
#pragma once

#include <string>
#include <vector>

#include "plan.hpp"

// `json` is the class.json of ./kit class. A line for each verdict that is another one; none where all are right. Throws
// std::exception for a text that is no class.json.
std::vector<std::string> wrong_verdicts(const std::vector<Member>& members, const std::string& json);
