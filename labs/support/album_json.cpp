#include "support/album_json.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "support/one_line.hpp"

namespace {

using nlohmann::json;

// The text at `key`; "" where there is none. An error may be an object with a message of its own.
std::string text_at(const json& object, const char* key) {
    if (!object.is_object() || !object.contains(key)) return "";
    const json& value = object.at(key);
    return value.is_string() ? one_line(value.get<std::string>()) : text_at(value, "message");
}

}  // namespace

std::vector<std::string> links_in(const std::string& text) {
    const json answer = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!answer.is_object() || !answer.contains("data") || !answer.at("data").is_array())
        throw std::runtime_error("the answer is no album: there is no list \"data\" in it");
    std::vector<std::string> links;
    for (const json& picture : answer.at("data")) links.push_back(text_at(picture, "link"));
    return links;
}

std::string error_in(const std::string& text) {
    const json answer = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!answer.is_object()) return "";
    if (answer.contains("data"))
        if (const std::string error = text_at(answer.at("data"), "error"); !error.empty()) return error;
    if (!answer.contains("errors") || !answer.at("errors").is_array() || answer.at("errors").empty()) return "";
    const json& first = answer.at("errors").front();
    const std::string detail = text_at(first, "detail");
    return detail.empty() ? text_at(first, "status") : detail;
}
