// The bytes of item K, as the servers serve them: they depend on K alone, and the first n bytes
// of an item are the same however long it is.
#pragma once

#include <cstdint>
#include <string>

std::string item_data(std::uint64_t item, std::size_t size);
