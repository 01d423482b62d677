// What client and server of chapter 8 say to each other. A request is a picture,
//
//     {"width": 320, "height": 240, "channels": 1, "pixels": "R0dHSEh..."}      (base64)
//
// and the reply {"result": 12.3456}, or {"error": "pixels is missing"}. A number read back is the number
// that was sent, to the last digit.
#pragma once

#include <stdexcept>
#include <string>

#include "support/picture.hpp"

// What is wrong with a message, in a few words on one line.
struct BadMessage : std::runtime_error {
    using std::runtime_error::runtime_error;
};

std::string request_of(const Picture& picture);
Picture picture_in(const std::string& request);  // throws BadMessage

std::string reply_of(double result);
std::string error_of(const std::string& why);
double result_in(const std::string& reply);    // throws BadMessage
std::string why_in(const std::string& reply);  // its "error", fit for one line; empty where there is none
