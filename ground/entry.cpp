#include "ground/entry.hpp"

#include <algorithm>
#include <stdexcept>

#include "ground/text.hpp"

using nlohmann::json;

namespace {

std::string quoted(const std::string& text) {
    return '"' + text + '"';
}

std::vector<std::string> all_quoted(std::initializer_list<const char*> texts) {
    std::vector<std::string> result;
    for (const char* text : texts) result.push_back(quoted(text));
    return result;
}

}  // namespace

Entry::Entry(const json& value, std::string where) : value_(value), where_(std::move(where)) {
    if (!value.is_object()) fail("must be an object, not " + std::string(value.type_name()));
}

void Entry::fail(const std::string& what) const {
    throw std::runtime_error(where_ + ": " + what);
}

void Entry::allow(std::initializer_list<const char*> keys) const {
    for (const auto& item : value_.items()) {
        if (std::find(keys.begin(), keys.end(), item.key()) != keys.end()) continue;
        fail("there is no key " + quoted(item.key()) + "; there are " + list_of(all_quoted(keys)));
    }
}

std::string Entry::text(const char* key) const {
    const json& found = need(key, "text", &json::is_string);
    if (found.get<std::string>().empty()) fail(quoted(key) + " is empty");
    return found.get<std::string>();
}

std::string Entry::name(const char* key) const {
    const std::string name = text(key);
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        fail(quoted(key) + " must be of a-z, 0-9 and _ alone, not " + quoted(name));
    return name;
}

std::string Entry::one_of(const char* key, std::initializer_list<const char*> choices) const {
    const std::string found = text(key);
    if (std::find(choices.begin(), choices.end(), found) == choices.end())
        fail(quoted(key) + " must be " + list_of(all_quoted(choices), "or") + ", not " + quoted(found));
    return found;
}

int Entry::points() const {
    const json& found = need("points", "a whole number", &json::is_number_integer);
    const auto points = found.get<long long>();
    if (points < 1 || points > 1000) fail("\"points\" must be from 1 to 1000, not " + found.dump());
    return static_cast<int>(points);
}

double Entry::number(const char* key) const {
    const double number = need(key, "a number", &json::is_number).get<double>();
    if (number <= 0) fail(quoted(key) + " must be above 0");
    return number;
}

bool Entry::flag(const char* key) const {
    return has(key) && need(key, "true or false", &json::is_boolean).get<bool>();
}

std::vector<std::string> Entry::texts(const char* key) const {
    std::vector<std::string> result;
    if (!has(key)) return result;
    for (const json& item : need(key, "a list of texts", &json::is_array)) {
        if (!item.is_string()) fail(quoted(key) + " must hold texts alone, not " + item.dump());
        result.push_back(item.get<std::string>());
    }
    return result;
}

std::map<std::string, std::string> Entry::named_texts(const char* key) const {
    const Entry object = entry(key);
    std::map<std::string, std::string> result;
    for (const auto& item : object.value_.items()) result[item.key()] = object.text(item.key().c_str());
    return result;
}

Entry Entry::entry(const char* key) const {
    return {need(key, "an object", &json::is_object), where_ + ", " + key};
}

std::vector<Entry> Entry::entries(const char* list, const char* noun, const char* key) const {
    std::vector<Entry> result;
    for (const json& item : need(list, "a list", &json::is_array)) {
        std::string name = std::to_string(result.size() + 1);
        if (item.is_object() && item.contains(key) && item[key].is_string()) name = quoted(item[key]);
        result.emplace_back(item, where_ + ", " + noun + " " + name);
    }
    return result;
}

const json& Entry::need(const char* key, const char* kind, IsKind is_kind) const {
    if (!has(key)) fail(quoted(key) + " is missing");
    const json& found = value_[key];
    if (!(found.*is_kind)()) fail(quoted(key) + " must be " + kind + ", not " + found.dump());
    return found;
}
