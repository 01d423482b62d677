// What was said, in the order in which it was acknowledged: numbered from 1, without gaps.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/chat_json.hpp"

struct Kept {
    Delivered message;
    std::optional<MessageId> id;
};

class History {
  public:
    virtual ~History() = default;

    // The number of the last message; 0: there is none.
    virtual std::int64_t last() const = 0;

    // All of these, which are numbered on from last(), or none: then it throws std::runtime_error with the reason.
    virtual void keep(const std::vector<Kept>& messages) = 0;

    // Some of those numbered from `first` to `last`: the first that there are, and about so many bytes of them. None
    // where there is none. Throws std::runtime_error where it cannot be read.
    virtual std::vector<Delivered> some(std::int64_t first, std::int64_t last, std::size_t bytes) = 0;

    // The last ones that have an id, oldest first: at most so many.
    virtual std::vector<Kept> last_with_id(std::size_t most) = 0;
};

// The last 10,000, for as long as the program runs.
std::unique_ptr<History> history_in_memory();

// All of them in an SQLite database. What keep() has returned from is there after a crash of the program, of the
// system, and after a loss of power. The file is ours alone until the program ends. Throws std::runtime_error, with
// the reason, where it cannot be had or is something else.
std::unique_ptr<History> history_in_file(const std::string& file);
