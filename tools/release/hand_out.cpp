#include "tools/release/hand_out.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "ground/file.hpp"
#include "ground/text.hpp"
#include "ground/usage_error.hpp"

namespace fs = std::filesystem;

namespace {

using nlohmann::json;
using Digests = std::map<std::string, std::set<std::string>>;  // by path: what was handed out. During a release, two

constexpr const char* half_written = ".kit-release.tmp";

// Is it a path that a release may have, whatever somebody wrote into the manifest?
bool is_inside(const std::string& path) {
    const fs::path normal = fs::path(path).lexically_normal();
    return !path.empty() && normal.is_relative() && normal.generic_string() == path && *normal.begin() != ".." &&
           *normal.begin() != ".git" && path != manifest_name;
}

bool has(const json& manifest, const char* key, const json& value) {
    return manifest.is_object() && manifest.contains(key) && manifest[key] == value;
}

bool is_release(const json& manifest, const std::string& form) {
    return has(manifest, "version", 1) && has(manifest, "form", form) && manifest.contains("files") &&
           manifest["files"].is_object();
}

json manifest_in(const fs::path& folder) {
    return json::parse(read_if_there(folder / manifest_name), nullptr, /*allow_exceptions=*/false);
}

Digests digests_in(const fs::path& folder) {
    Digests digests;
    const json manifest = manifest_in(folder);
    if (!manifest.is_object() || !manifest.contains("files")) return digests;
    for (const auto& [path, known] : manifest["files"].items()) {
        if (!is_inside(path) || !known.is_array()) continue;
        for (const json& digest : known)
            if (digest.is_string()) digests[path].insert(digest.get<std::string>());
    }
    return digests;
}

void write_whole(const fs::path& folder, const std::string& path, const Handed& handed) {
    const fs::path temporary = folder / half_written, file = folder / path;
    fs::create_directories(file.parent_path());
    fs::remove(temporary);
    write_file(temporary, handed.text);
    using fs::perms;
    const perms all_read = perms::owner_read | perms::owner_write | perms::group_read | perms::others_read;
    const perms all_run = perms::owner_exec | perms::group_exec | perms::others_exec;
    fs::permissions(temporary, handed.runs ? all_read | all_run : all_read);
    fs::rename(temporary, file);
}

void write_manifest(const fs::path& folder, const std::string& form, const Digests& digests) {
    json files = json::object();
    for (const auto& [path, known] : digests) files[path] = known;
    const json manifest = {{"version", 1}, {"form", form}, {"files", files}};
    write_whole(folder, manifest_name, {manifest.dump(1) + "\n"});
}

enum class Found { nothing, file, other };  // other: a folder, a link, or a way that leads through one

Found look_at(const fs::path& folder, const std::string& path) {
    fs::path way = folder;
    fs::file_status status;
    for (const fs::path& part : fs::path(path)) {
        if (way != folder && !fs::is_directory(status)) return Found::other;
        way /= part;
        std::error_code cannot_be_there;  // such as a name that is too long
        status = fs::symlink_status(way, cannot_be_there);
        if (status.type() == fs::file_type::not_found) return Found::nothing;
    }
    return fs::is_regular_file(status) ? Found::file : Found::other;
}

bool was_changed(const fs::path& folder, const std::string& path, const Digests& handed_out) {
    const auto known = handed_out.find(path);
    return known == handed_out.end() || known->second.count(digest_of(read_file(folder / path))) == 0;
}

void remove_with_empty_folders(const fs::path& folder, const std::string& path) {
    fs::remove(folder / path);
    for (fs::path above = fs::path(path).parent_path(); !above.empty(); above = above.parent_path()) {
        std::error_code not_empty;
        if (!fs::remove(folder / above, not_empty)) return;
    }
}

// What was handed out once, and is no part of the kit any more.
void remove_old(const Tree& tree, const fs::path& folder, Digests& digests, HandedOut& done) {
    for (auto it = digests.begin(); it != digests.end();) {
        const std::string path = it->first;
        const Found found = tree.count(path) > 0 ? Found::nothing : look_at(folder, path);
        if (found == Found::other || (found == Found::file && was_changed(folder, path, digests))) {
            done.kept.push_back(path);
        } else if (found == Found::file) {
            remove_with_empty_folders(folder, path);
            done.removed.push_back(path);
        }
        it = tree.count(path) > 0 ? std::next(it) : digests.erase(it);
    }
}

}  // namespace

void require_release_or_empty(const fs::path& folder, const std::string& form) {
    const fs::file_status status = fs::status(folder);
    if (!fs::exists(status)) return;
    const std::string name = "'" + printable(folder.string()) + "'";
    if (!fs::is_directory(status)) throw UsageError(name + " is no folder; name a new or empty one, or a release");
    const json manifest = manifest_in(folder);
    if (is_release(manifest, form)) return;
    if (manifest.is_object() && manifest.contains("form") && manifest["form"].is_string())
        throw UsageError(name + " is a release for " + printable(manifest["form"].get<std::string>()) + ", not for " +
                         form + "; name another folder, or give --for");
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string inside = entry.path().filename().string();
        if (inside == ".git" || inside == half_written) continue;
        throw UsageError(name + " has '" + printable(inside) + "' in it, and is no release (it has no whole " +
                         manifest_name + "); name a new or empty folder, or a release");
    }
}

HandedOut hand_out(const Tree& tree, const fs::path& folder, const std::string& form) {
    fs::create_directories(folder);
    HandedOut done;
    Digests digests = digests_in(folder);
    // First what will be true of each file whenever this is interrupted: it is as it was handed out, then or now.
    Digests either = digests;
    for (const auto& [path, handed] : tree) either[path].insert(digest_of(handed.text));
    write_manifest(folder, form, either);
    remove_old(tree, folder, digests, done);
    for (const auto& [path, handed] : tree) {
        const std::string digest = digest_of(handed.text);
        const Found found = look_at(folder, path);
        const bool is_same = found == Found::file && digest_of(read_file(folder / path)) == digest;
        if (found == Found::other || (found == Found::file && !is_same && was_changed(folder, path, digests))) {
            done.kept.push_back(path);
            continue;  // Its digest stays what it was: it is a changed file the next time, too.
        }
        if (!is_same) write_whole(folder, path, handed);
        ++(found == Found::nothing ? done.added : is_same ? done.unchanged : done.updated);
        digests[path] = {digest};
    }
    write_manifest(folder, form, digests);
    std::sort(done.kept.begin(), done.kept.end());
    return done;
}
