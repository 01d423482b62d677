#include "grader/class/zip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <functional>
#include <memory>
#include <stdexcept>

#include "ground/text.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int most_entries = 100'000;

struct Free {
    void operator()(archive* zip) const { archive_read_free(zip); }
};
using Zip = std::unique_ptr<archive, Free>;

[[noreturn]] void fail(archive* zip) {
    const char* what = archive_error_string(zip);
    throw std::runtime_error(std::string("the zip cannot be read: ") + (what ? what : "it is broken"));
}

// Calls `look` for each entry with its name. Throws std::runtime_error where the zip is broken.
void for_each_entry(const fs::path& file,
                    const std::function<void(archive*, archive_entry*, const std::string&)>& look) {
    const Zip zip(archive_read_new());
    if (!zip) throw std::bad_alloc();
    archive_read_support_format_zip_seekable(zip.get());
    if (archive_read_open_filename(zip.get(), file.c_str(), 64 * 1024) != ARCHIVE_OK) fail(zip.get());
    archive_entry* entry = nullptr;
    for (int count = 0;; ++count) {
        const int result = archive_read_next_header(zip.get(), &entry);
        if (result == ARCHIVE_EOF) return;
        if (result < ARCHIVE_WARN) fail(zip.get());
        if (count == most_entries)
            throw std::runtime_error("the zip has more than " + std::to_string(most_entries) + " entries");
        const char* name = archive_entry_pathname_utf8(entry);
        if (!name) name = archive_entry_pathname(entry);  // in the encoding of whoever made it
        if (name) look(zip.get(), entry, name);
    }
}

// What is in the entry, as far as it says itself and as far as that is so.
Text text_of(archive* zip, archive_entry* entry, const std::string& name) {
    const auto problem = [&](const std::string& what) { return Text{false, "", name + " " + what}; };
    if (archive_entry_filetype(entry) != AE_IFREG)
        return problem("is a link or a folder in the zip: it is not followed");
    std::string text(most_of_a_file + 1, '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const la_ssize_t count = archive_read_data(zip, text.data() + size, text.size() - size);
        if (count < 0) {
            const char* why = archive_error_string(zip);
            return problem(std::string("cannot be read from the zip: ") + (why ? why : "it is broken"));
        }
        if (count == 0) break;
        size += static_cast<std::size_t>(count);
    }
    if (size > most_of_a_file) return problem("is larger than 1 MiB");
    text.resize(size);
    text.shrink_to_fit();
    return {true, text, ""};
}

// The one folder in which the wanted files lie.
std::string folder_in(const fs::path& file, const Wanted& wanted) {
    std::set<std::string> folders;
    for_each_entry(file, [&](archive*, archive_entry*, const std::string& path) {
        if (const auto found = wanted_in(path, wanted)) folders.insert(found->folder);
    });
    if (folders.empty())
        throw std::runtime_error("the zip has none of the files that are graded, such as " + *wanted.begin() +
                                 ", at its top or one folder further down");
    if (folders.size() > 1 && !folders.contains(""))
        throw std::runtime_error("the zip has several folders with programs in it, '" + *folders.begin() + "' and '" +
                                 *std::next(folders.begin()) + "': hand in one");
    return *folders.begin();
}

}  // namespace

bool is_zip(const fs::path& file) {
    return in_lower_case(file.extension().string()) == ".zip";
}

Taken read_zip(const fs::path& file, const Wanted& wanted) {
    try {
        const std::string folder = folder_in(file, wanted);
        Taken taken;
        for_each_entry(file, [&](archive* zip, archive_entry* entry, const std::string& path) {
            const auto found = wanted_in(path, wanted);
            if (!found || found->folder != folder) return;
            taken.files[found->name] = text_of(zip, entry, found->name);
            if (archive_entry_mtime_is_set(entry))
                taken.time = std::max(taken.time.value_or(0), archive_entry_mtime(entry));
        });
        return taken;
    } catch (const std::exception& error) {
        return {error.what(), {}, {}};
    }
}
