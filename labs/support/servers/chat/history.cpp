#include "support/servers/chat/history.hpp"

#include <algorithm>
#include <deque>
#include <stdexcept>

#include "support/database.hpp"

namespace {

class InMemory : public History {
  public:
    std::int64_t last() const override { return last_; }

    void keep(const std::vector<Kept>& messages) override {
        for (const Kept& kept : messages) {
            messages_.push_back(kept.message);
            last_ = kept.message.seq;
            if (messages_.size() > most) messages_.pop_front();
        }
    }

    std::vector<Delivered> some(std::int64_t first, std::int64_t last, std::size_t bytes) override {
        std::vector<Delivered> found;
        if (messages_.empty()) return found;
        const std::int64_t oldest = messages_.front().seq;
        std::size_t size = 0;
        for (std::int64_t seq = std::max(first, oldest); seq <= std::min(last, last_) && size < bytes; ++seq) {
            found.push_back(messages_[static_cast<std::size_t>(seq - oldest)]);
            size += found.back().content.size();
        }
        return found;
    }

    std::vector<Kept> last_with_id(std::size_t) override { return {}; }

  private:
    static constexpr std::size_t most = 10'000;

    std::deque<Delivered> messages_;
    std::int64_t last_ = 0;
};

// A write-ahead log, synced before a commit returns, is all that a commit costs. Nobody else may write the file, or two
// servers would give the same numbers.
constexpr const char* settings =
    "PRAGMA locking_mode = EXCLUSIVE;"
    "PRAGMA synchronous = FULL;"
    "BEGIN EXCLUSIVE; COMMIT";

constexpr std::int64_t application = 0x63'68'61'74;  // "chat", as file(1) shows it
constexpr std::int64_t version = 1;
constexpr const char* schema =
    "BEGIN;"
    "CREATE TABLE messages (seq INTEGER PRIMARY KEY, sender TEXT NOT NULL, id, content TEXT NOT NULL);"
    "PRAGMA application_id = 0x63686174;"
    "PRAGMA user_version = 1;"
    "COMMIT";

std::int64_t number_from(const Database& database, const char* sql) {
    Statement statement(database, sql);
    return statement.step() ? statement.number(0) : 0;
}

Database open(const std::string& file) {
    Database database(file);
    sqlite3_busy_timeout(database.get(), 1000);  // for a server that is about to end
    if (sqlite3_db_readonly(database.get(), "main") == 1) throw std::runtime_error("may only be read");
    database.execute(settings);
    const std::int64_t owner = number_from(database, "PRAGMA application_id");
    if (owner == 0 && number_from(database, "SELECT count(*) FROM sqlite_master") == 0) database.execute(schema);
    else if (owner != application) throw std::runtime_error("is a database of something else");
    else if (number_from(database, "PRAGMA user_version") != version)
        throw std::runtime_error("is a history of another version of this program");
    Statement journal(database, "PRAGMA journal_mode = WAL");
    if (!journal.step() || journal.text(0) != "wal")
        throw std::runtime_error("cannot have a write-ahead log there, but only '" + journal.text(0) + "'");
    return database;
}

class InFile : public History {
  public:
    explicit InFile(const std::string& file) : database_(open(file)) {}

    std::int64_t last() const override { return last_; }

    void keep(const std::vector<Kept>& messages) override {
        if (messages.empty()) return;
        try {
            database_.execute("BEGIN");
            for (const Kept& kept : messages) insert(kept);
            database_.execute("COMMIT");
        } catch (const std::runtime_error&) {
            insert_.reset();
            if (database_.is_in_transaction())  // SQLite may have ended it by itself
                sqlite3_exec(database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
            throw;
        }
        last_ = messages.back().message.seq;
    }

    std::vector<Delivered> some(std::int64_t first, std::int64_t last, std::size_t bytes) override {
        std::vector<Delivered> found;
        select_.reset();
        select_.bind(1, first).bind(2, last);
        for (std::size_t size = 0; size < bytes && select_.step(); size += found.back().content.size())
            found.push_back({select_.text(1), select_.text(2), select_.number(0)});
        select_.reset();
        return found;
    }

    std::vector<Kept> last_with_id(std::size_t most) override {
        constexpr std::size_t most_bytes = 64 << 20;
        std::vector<Kept> found;
        Statement latest(database_,
                         "SELECT seq, sender, content, id FROM messages WHERE id IS NOT NULL ORDER BY seq DESC");
        for (std::size_t size = 0; found.size() < most && size < most_bytes && latest.step();
             size += found.back().message.content.size()) {
            const bool is_number = latest.type(3) == SQLITE_INTEGER;
            found.push_back({{latest.text(1), latest.text(2), latest.number(0)},
                             is_number ? MessageId(latest.number(3)) : MessageId(latest.text(3))});
        }
        std::reverse(found.begin(), found.end());
        return found;
    }

  private:
    void insert(const Kept& kept) {
        const auto* const number = kept.id ? std::get_if<std::int64_t>(&*kept.id) : nullptr;
        insert_.bind(1, kept.message.seq).bind(2, kept.message.from).bind(4, kept.message.content);
        if (number) insert_.bind(3, *number);
        else if (kept.id) insert_.bind(3, std::get<std::string>(*kept.id));
        else insert_.bind(3, nullptr);
        insert_.step();
        insert_.reset();
    }

    Database database_;
    Statement insert_{database_, "INSERT INTO messages (seq, sender, id, content) VALUES (?, ?, ?, ?)"};
    Statement select_{database_, "SELECT seq, sender, content FROM messages WHERE seq BETWEEN ? AND ? ORDER BY seq"};
    std::int64_t last_ = number_from(database_, "SELECT max(seq) FROM messages");
};

}  // namespace

std::unique_ptr<History> history_in_memory() {
    return std::make_unique<InMemory>();
}

std::unique_ptr<History> history_in_file(const std::string& file) {
    return std::make_unique<InFile>(file);
}
