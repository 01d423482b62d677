#include "support/database.hpp"

#include <filesystem>
#include <stdexcept>

namespace {

void check(sqlite3* database, int result) {
    if (result != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database));
}

}  // namespace

Database::Database(const std::string& file) {
    sqlite3* opened = nullptr;
    const std::string path = std::filesystem::absolute(file).string();
    const int result = sqlite3_open_v2(path.c_str(), &opened,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    database_.reset(opened);
    check(opened, result);
}

void Database::execute(const char* sql) {
    check(get(), sqlite3_exec(get(), sql, nullptr, nullptr, nullptr));
}

Statement::Statement(const Database& database, const char* sql) {
    sqlite3_stmt* prepared = nullptr;
    const int result = sqlite3_prepare_v2(database.get(), sql, -1, &prepared, nullptr);
    statement_.reset(prepared);
    check(database.get(), result);
}

Statement& Statement::bind(int place, std::int64_t number) {
    check(sqlite3_db_handle(statement_.get()), sqlite3_bind_int64(statement_.get(), place, number));
    return *this;
}

Statement& Statement::bind(int place, std::string_view text) {
    check(sqlite3_db_handle(statement_.get()),
          sqlite3_bind_text(statement_.get(), place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
    return *this;
}

Statement& Statement::bind(int place, std::nullptr_t) {
    check(sqlite3_db_handle(statement_.get()), sqlite3_bind_null(statement_.get(), place));
    return *this;
}

bool Statement::step() {
    const int result = sqlite3_step(statement_.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(statement_.get())));
    return result == SQLITE_ROW;
}

void Statement::reset() {
    sqlite3_reset(statement_.get());  // tells the last step's failure again
    sqlite3_clear_bindings(statement_.get());
}

std::string Statement::text(int column) const {
    const auto* const begin = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    return begin ? std::string(begin, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))) : "";
}
