// A JSON object, and where it is: every complaint about it names the file and the entry.
#pragma once

#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

// Every complaint is a std::runtime_error. The document outlives its entries.
class Entry {
  public:
    Entry(const nlohmann::json& value, std::string where);

    [[noreturn]] void fail(const std::string& what) const;

    // A misspelt key would be ignored without a word: there are no others than these.
    void allow(std::initializer_list<const char*> keys) const;

    bool has(const char* key) const { return value_.contains(key); }
    std::string text(const char* key) const;  // not empty
    std::string name(const char* key) const;  // a text that becomes file names, targets and arguments
    std::string one_of(const char* key, std::initializer_list<const char*> choices) const;
    int points() const;
    double number(const char* key) const;                   // above 0
    bool flag(const char* key) const;                       // false where there is no such key
    std::vector<std::string> texts(const char* key) const;  // none where there is no such key
    std::map<std::string, std::string> named_texts(const char* key) const;
    Entry entry(const char* key) const;

    // A list of objects, each told apart by its `key` or, where that is missing, by its place.
    std::vector<Entry> entries(const char* list, const char* noun, const char* key) const;

  private:
    using IsKind = bool (nlohmann::json::*)() const noexcept;
    const nlohmann::json& need(const char* key, const char* kind, IsKind is_kind) const;

    const nlohmann::json& value_;
    std::string where_;
};
