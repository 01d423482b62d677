// SQLite, with owners for what it opens. Everything throws std::runtime_error, with SQLite's words, where it fails.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

class Database {
  public:
    // Makes the file where there is none. A file, whatever its name means to SQLite elsewhere.
    explicit Database(const std::string& file);

    void execute(const char* sql);
    bool is_in_transaction() const { return sqlite3_get_autocommit(database_.get()) == 0; }
    sqlite3* get() const { return database_.get(); }

  private:
    struct Closer {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    std::unique_ptr<sqlite3, Closer> database_;
};

// To be destroyed before its database is.
class Statement {
  public:
    Statement(const Database& database, const char* sql);

    // Places and columns count from 1 and from 0, as SQLite's do. A text has to live until the statement is reset.
    Statement& bind(int place, std::int64_t number);
    Statement& bind(int place, std::string_view text);
    Statement& bind(int place, std::nullptr_t);

    bool step();  // true: there is a row to look at
    void reset();

    int type(int column) const { return sqlite3_column_type(statement_.get(), column); }
    std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
    std::string text(int column) const;

  private:
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};
