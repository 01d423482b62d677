// The client's modes: what each of them sends to the server, what its results are then, what the rest costs.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ch08_offloading/offloader.hpp"

inline const Words mixed_modes = {"process1", "process2"}, sending_modes = {"process1", "process2", "both"};

std::string other(const std::string& function);  // of the two
Words sent_in(const std::string& mode);          // functions

// What `look` finds wrong, in the first of these modes where it does; or "".
std::string in_each(const Words& modes, const std::function<std::string(const std::string& mode)>& look);

// A result that no picture here has, so that it can only come from the server.
std::string odd_reply(const std::string& function);
// What is to be printed where these functions' results are the server's odd ones.
Line odd_line(const Offloader& client, const std::string& mode, const Words& by_server);

// The processor time that passed between the beginning of a local function's work and its announcement.
struct Cost {
    std::string function;
    Nanoseconds time{};
};

// Of a client whose processor's clocks are held: lets it compute, by clocks on which a function itself takes a
// second, and on which so much time passes between two further looks.
std::vector<Cost> local_costs(Offloader& client, Nanoseconds between_looks = Nanoseconds(std::chrono::seconds(1)) / 16);
