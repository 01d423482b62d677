// Requests to a server that processes pictures, good and bad: what its criteria share.
#pragma once

#include <string>
#include <vector>

#include "ch08_offloading/service.hpp"

const Picture& small_picture();   // for process1
const Picture& colour_picture();  // for process2

// A small request to each function, one after the other: why one is not answered as it should be, or "".
std::string not_served(Service& server);

// A whole request with its body's length, such as "POST /process1".
std::string http(const std::string& line, const std::string& body = "", const std::string& header = "");

struct BadRequest {
    std::string what, request;
    int status = 400;
};
std::vector<BadRequest> bad_requests();

// What is wrong with the answer to a request that is to be refused, or "".
std::string wrong_refusal(Service& server, const BadRequest& bad);
