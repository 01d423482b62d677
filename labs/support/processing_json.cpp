#include "support/processing_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

namespace {

using nlohmann::json;

constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Base64, RFC 4648: three bytes in four letters.
std::string encoded(const std::vector<std::uint8_t>& bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const unsigned three = bytes[i] << 16 | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
        text += digits[three >> 18];
        text += digits[three >> 12 & 63];
        text += left > 1 ? digits[three >> 6 & 63] : '=';
        text += left > 2 ? digits[three & 63] : '=';
    }
    return text;
}

constexpr std::array<signed char, 256> values = [] {
    std::array<signed char, 256> table{};
    table.fill(-1);
    for (signed char i = 0; i < 64; ++i) table[static_cast<unsigned char>(digits[i])] = i;
    return table;
}();

std::vector<std::uint8_t> decoded(std::string text) {
    const BadMessage bad("pixels is not base64");
    if (text.size() % 4 != 0) throw bad;
    for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.pop_back();
    std::vector<std::uint8_t> bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    unsigned bits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int value = values[static_cast<unsigned char>(text[i])];
        if (value < 0) throw bad;
        bits = bits << 6 | static_cast<unsigned>(value);
        if (i % 4 != 0) bytes.push_back(static_cast<std::uint8_t>(bits >> (6 - i % 4 * 2)));
    }
    return bytes;
}

json object_in(const std::string& text) {
    json object = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (object.is_discarded()) throw BadMessage("not JSON");
    if (!object.is_object()) throw BadMessage(std::string("not a JSON object, but a JSON ") + object.type_name());
    return object;
}

const json& member(const json& object, const std::string& name) {
    const auto found = object.find(name);
    if (found == object.end()) throw BadMessage(name + " is missing");
    return *found;
}

int side_in(const json& object, const std::string& name) {
    const json& side = member(object, name);
    if (!side.is_number_integer() || side < 1 || side > 16'384)
        throw BadMessage(name + " is not a whole number from 1 to 16384");
    return side.get<int>();
}

}  // namespace

std::string request_of(const Picture& picture) {
    return "{\"width\": " + std::to_string(picture.width) + ", \"height\": " + std::to_string(picture.height) +
           ", \"channels\": " + std::to_string(picture.channels) + ", \"pixels\": \"" + encoded(picture.pixels) + "\"}";
}

Picture picture_in(const std::string& request) {
    const json object = object_in(request);
    Picture picture{side_in(object, "width"), side_in(object, "height"), 0, {}};
    const json& channels = member(object, "channels");
    if (channels != 1 && channels != 3) throw BadMessage("channels is neither 1 nor 3");
    picture.channels = channels.get<int>();
    const json& pixels = member(object, "pixels");
    if (!pixels.is_string()) throw BadMessage("pixels is not a text");
    picture.pixels = decoded(pixels.get<std::string>());
    const long long size = static_cast<long long>(picture.width) * picture.height * picture.channels;
    if (static_cast<long long>(picture.pixels.size()) != size)
        throw BadMessage("pixels holds " + std::to_string(picture.pixels.size()) +
                         " bytes, and width x height x channels are " + std::to_string(size));
    return picture;
}

std::string reply_of(double result) {
    return json{{"result", result}}.dump();
}

std::string error_of(const std::string& why) {
    return json{{"error", why}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

double result_in(const std::string& reply) {
    const json object = object_in(reply);
    const json& result = member(object, "result");
    if (!result.is_number() || !std::isfinite(result.get<double>())) throw BadMessage("result is not a number");
    return result.get<double>();
}

std::string why_in(const std::string& reply) {
    const json object = json::parse(reply, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object() || !object.contains("error") || !object["error"].is_string()) return "";
    std::string why = object["error"].get<std::string>().substr(0, 200);
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    std::replace_if(why.begin(), why.end(), is_control, '?');
    return why;
}
