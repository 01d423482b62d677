// What is taken out of a submission, wherever it lies, and what is not.
#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#include <cstdlib>
#include <functional>

#include "bench/catch.hpp"
#include "engine.hpp"
#include "grader/class/folder.hpp"
#include "grader/class/places.hpp"
#include "grader/class/repository.hpp"
#include "grader/class/zip.hpp"
#include "grader/contain/child.hpp"
#include "grader/contain/container.hpp"
#include "ground/file.hpp"
#include "ground/usage_error.hpp"

namespace {

namespace fs = std::filesystem;

const std::string source = "labs/ch01_unit/exercise.cpp", answers = "answers/ch01.md";
const Wanted wanted = {source, answers};

struct Entry {
    std::string name, text;
    mode_t type = AE_IFREG;
    std::time_t time = 1'000'000'000;
};

void write_zip(const fs::path& file, const std::vector<Entry>& entries) {
    archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    REQUIRE(archive_write_open_filename(zip, file.c_str()) == ARCHIVE_OK);
    for (const Entry& one : entries) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, one.name.c_str());
        archive_entry_set_filetype(entry, one.type);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_mtime(entry, one.time, 0);
        if (one.type == AE_IFLNK) archive_entry_set_symlink(entry, one.text.c_str());
        else archive_entry_set_size(entry, static_cast<la_int64_t>(one.text.size()));
        REQUIRE(archive_write_header(zip, entry) == ARCHIVE_OK);
        if (one.type == AE_IFREG) archive_write_data(zip, one.text.data(), one.text.size());
        archive_entry_free(entry);
    }
    archive_write_close(zip);
    archive_write_free(zip);
}

Taken zipped(const std::vector<Entry>& entries) {
    const Folder folder;
    write_zip(folder.path() / "x.zip", entries);
    return read_zip(folder.path() / "x.zip", wanted);
}

void git(const fs::path& folder, const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {"git", "-C", folder.string(), "-c", "user.name=u", "-c", "user.email=u@u"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::vector<std::string> environment = plain_environment();
    environment.push_back("GIT_COMMITTER_DATE=2026-11-28T10:15:00Z");
    Child child(command, environment, Child::Out::pipe);
    REQUIRE(child.wait() == Ending{false, 0});
}

std::vector<std::string> names_of(const std::vector<Place>& places) {
    std::vector<std::string> names;
    for (const Place& place : places) names.push_back(place.name);
    return names;
}

}  // namespace

TEST_CASE("a zip gives its programs and answers, and the time of the newest of them") {
    const Taken taken =
        zipped({{source, "int main() {}"}, {answers, "yes", AE_IFREG, 1'700'000'000}, {"notes.txt", "not asked for"}});
    CHECK(taken.problem.empty());
    CHECK(taken.files.at(source).text == "int main() {}");
    CHECK(taken.files.at(answers).text == "yes");
    CHECK(taken.files.size() == 2);
    CHECK(taken.time == std::time_t{1'700'000'000});
}

TEST_CASE("a zip may have all in one folder, and what macOS adds is no second one") {
    const Taken taken = zipped({{"__MACOSX/" + source, "junk"}, {"Größe-main/" + source, "right"}});
    CHECK(taken.problem.empty());
    CHECK(taken.files.at(source).text == "right");
}

TEST_CASE("a zip with two submissions in it is nobody's, unless one lies at its top") {
    CHECK(zipped({{"old/" + source, "a"}, {"new/" + source, "b"}}).problem ==
          "the zip has several folders with programs in it, 'new' and 'old': hand in one");
    CHECK(zipped({{"old/" + source, "a"}, {source, "b"}}).files.at(source).text == "b");
}

TEST_CASE("separators of Windows are separators") {
    CHECK(zipped({{"main\\labs\\ch01_unit\\exercise.cpp", "w"}}).files.at(source).text == "w");
}

TEST_CASE("nothing in a zip leads out of it") {
    const Taken link = zipped({{source, "/etc/passwd", AE_IFLNK}});
    CHECK_FALSE(link.files.at(source).ok);
    CHECK(link.files.at(source).problem == source + " is a link or a folder in the zip: it is not followed");
    for (const std::string& name : {"../" + source, "/" + source, "a/../" + source, "a/b/" + source})
        CHECK(zipped({{name, "x"}}).problem.find("the zip has none of the files that are graded") == 0);
}

TEST_CASE("a file that is too large is not read, and the others are") {
    const Taken taken = zipped({{source, std::string(50 * most_of_a_file, ' ')}, {answers, "yes"}});
    CHECK(taken.files.at(source).problem == source + " is larger than 1 MiB");
    CHECK(taken.files.at(source).text.empty());
    CHECK(taken.files.at(answers).ok);
    CHECK(zipped({{source, std::string(most_of_a_file, ' ')}}).files.at(source).ok);
}

TEST_CASE("a zip that is broken, is none or is not there costs one student alone") {
    const Folder folder;
    write_zip(folder.path() / "x.zip", {{source, std::string(1'000, 'x')}});
    const std::string whole = read_file(folder.path() / "x.zip");
    for (std::size_t length = 0; length < whole.size(); length += 13) {
        folder.write("cut.zip", whole.substr(0, length));
        CHECK(read_zip(folder.path() / "cut.zip", wanted).problem != "");
    }
    for (std::size_t at = 0; at < whole.size(); ++at) {  // what is read then is text at most
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 0xFF);
        folder.write("damaged.zip", damaged);
        const Taken taken = read_zip(folder.path() / "damaged.zip", wanted);
        CHECK((!taken.problem.empty() || taken.files.count(source) == 1));
    }
    folder.write("text.zip", "not a zip");
    CHECK(read_zip(folder.path() / "text.zip", wanted).problem.find("the zip cannot be read: ") == 0);
    CHECK(read_zip(folder.path() / "none.zip", wanted).problem.find("the zip cannot be read: ") == 0);
}

TEST_CASE("a folder gives what is at its top, in its one folder, or in its one zip") {
    const Folder top, deeper, packed, two;
    top.write(source, "top");
    CHECK(read_folder(top.path(), wanted).files.at(source).text == "top");
    deeper.write("repo-main/" + source, "deeper");
    deeper.write("__MACOSX/" + source, "junk");
    CHECK(read_folder(deeper.path(), wanted).files.at(source).text == "deeper");
    write_zip(packed.path() / "x.zip", {{source, "packed"}});
    CHECK(read_folder(packed.path(), wanted).files.at(source).text == "packed");
    two.write("a/" + source, "a");
    two.write("b/" + source, "b");
    CHECK(read_folder(two.path(), wanted).problem ==
          "has several folders with programs in it, 'a' and 'b': hand in one");
}

TEST_CASE("no link leads out of a folder") {
    const Folder outside, inside_;
    outside.write("labs/ch01_unit/exercise.cpp", "the solution");
    fs::create_directory_symlink(outside.path(), inside_.path() / "repo-main");
    CHECK_FALSE(read_folder(inside_.path(), wanted).problem.empty());
    inside_.write("answers/ch01.md", "yes");
    fs::create_directories(inside_.path() / "labs/ch01_unit");
    fs::create_symlink(outside.path() / source, inside_.path() / source);
    const Taken taken = read_folder(inside_.path(), wanted);
    CHECK(taken.files.at(source).problem == source + " is a link that leads out of the submission: it is not followed");
    CHECK(taken.files.at(answers).text == "yes");
}

TEST_CASE("a repository gives its last commit, at its committer's time, and runs nothing") {
    const Folder folder;
    const fs::path repository = folder.path() / "alice.git";
    folder.write("alice.git/" + source, "committed");
    git(folder.path(), {"init", "-q", repository.string()});
    git(repository, {"add", "-A"});
    git(repository, {"commit", "-q", "-m", "one"});
    folder.write("alice.git/" + source, "not committed");
    const std::string url = "file://" + repository.string();
    const Taken taken = read_repository(url, wanted, folder.path());
    CHECK(taken.problem == "");
    CHECK(taken.files.at(source).text == "committed");
    CHECK(taken.time == std::time_t{1'795'860'900});  // 2026-11-28T10:15:00Z
    CHECK(names_of(places_of(url)) == Lines{"alice"});
    const Taken none = read_repository("file://" + folder.path().string() + "/none", wanted, folder.path());
    CHECK(none.problem.find("git: fatal: '") == 0);
}

TEST_CASE("what looks like a flag or a command to git is neither") {
    const Folder folder;
    CHECK_FALSE(is_repository("--upload-pack=touch pwned"));
    CHECK_FALSE(is_repository("ext::sh -c touch% pwned"));
    CHECK(read_repository("ext::touch " + (folder.path() / "pwned").string(), wanted, folder.path()).problem != "");
    CHECK(read_repository("--upload-pack=touch " + (folder.path() / "pwned").string(), wanted, folder.path()).problem !=
          "");
    CHECK_FALSE(fs::exists(folder.path() / "pwned"));
}

TEST_CASE("a folder that is no submission stands for all that are in it") {
    const Folder folder;
    folder.write("bob/" + source, "b");
    folder.write("alice/repo-main/" + source, "a");
    folder.write("notes.txt", "of the teacher");
    folder.write("eve.tar.gz", "x");
    folder.write(".hidden/" + source, "x");
    write_zip(folder.path() / "carol.zip", {{source, "c"}});
    fs::create_directory_symlink(folder.path() / "bob", folder.path() / "mallory");
    const std::vector<Place> places = places_of(folder.path().string());
    CHECK(names_of(places) == Lines{"alice", "bob", "carol", "eve.tar.gz", "mallory"});
    CHECK(read_place(places[0], wanted, folder.path()).files.at(source).text == "a");
    CHECK(read_place(places[2], wanted, folder.path()).files.at(source).text == "c");
    CHECK(read_place(places[3], wanted, folder.path()).problem == "is no zip: unpack it into a folder");
    CHECK(read_place(places[4], wanted, folder.path()).problem == "is a link: it is not followed; name it by itself");
    CHECK(places_of((folder.path() / "bob").string()).size() == 1);
    CHECK(places_of((folder.path() / "alice").string()).size() == 1);
    CHECK_THROWS_AS(places_of((folder.path() / "none").string()), UsageError);
}

TEST_CASE("a list has one submission in each line, and one that leads nowhere is told") {
    const Folder folder;
    folder.write("bob/" + source, "b");
    folder.write("list.txt", "# a comment\n\n" + (folder.path() / "bob").string() + "\tBob B.\r\nnowhere/at all\n" +
                                 "git@host.org:x/carol.git\n");
    const std::vector<Place> places = places_listed_in(folder.path() / "list.txt");
    CHECK(names_of(places) == Lines{"Bob B.", "at all", "carol"});
    CHECK(places[1].problem == "there is no such folder or file");
    CHECK(places[2].kind == Place::Kind::repository);
    folder.write("empty.txt", "# nothing\n");
    CHECK_THROWS_AS(places_listed_in(folder.path() / "empty.txt"), UsageError);
    CHECK_THROWS_AS(places_listed_in(folder.path() / "none.txt"), UsageError);
}
