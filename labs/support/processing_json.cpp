#include "support/processing_json.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "support/base64.hpp"
#include "support/one_line.hpp"

namespace {

using nlohmann::json;

std::string encoded(const std::vector<std::uint8_t>& bytes) {
    return to_base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::vector<std::uint8_t> decoded(const std::string& text) {
    const std::optional<std::string> bytes = from_base64(text);
    if (!bytes) throw BadMessage("pixels is not base64");
    return {bytes->begin(), bytes->end()};
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
    return one_line(object["error"].get<std::string>().substr(0, 200));
}
