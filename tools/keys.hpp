// Answers of the person at the keyboard: a key each in a terminal, and a line each elsewhere.
#pragma once

#include <optional>
#include <string>

// "" is Enter; none at the end of the input. `one_key`: no answer is longer than a character.
std::optional<std::string> next_answer(bool one_key = true);
