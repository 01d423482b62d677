// ./kit release: what students get, what they never get, and what it leaves alone where they have worked.
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "bench/catch.hpp"
#include "config.hpp"
#include "engine.hpp"
#include "ground/file.hpp"
#include "ground/text.hpp"
#include "support/child_program.hpp"
#include "tools/check.hpp"
#include "tools/release/bundles.hpp"
#include "tools/release/git.hpp"
#include "tools/release/hand_out.hpp"
#include "tools/release/links.hpp"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Said {
    int code = 0;
    std::string text;
};

// A copy of this kit in a repository of its own: what is committed there is known.
class CommittedKit {
  public:
    CommittedKit() {
        fs::create_directory(root());
        for (const auto& entry : fs::directory_iterator(kit_root)) {
            const std::string name = entry.path().filename().string();
            if (name == ".git" || name == ".cache" || name.rfind("build", 0) == 0) continue;
            fs::copy(entry.path(), root() / name, fs::copy_options::recursive);
        }
        forget_other_repositories();
        commit_first(root(), "The kit");
    }
    fs::path root() const { return folder_.path() / "kit"; }
    fs::path place(const std::string& name) const { return folder_.path() / name; }
    const Folder& folder() const { return folder_; }

    Said run(std::vector<std::string> words) const {
        words.insert(words.begin(), {"KIT_ROOT=" + root().string(), kit_build + std::string("/tools/release")});
        ChildProgram program("/usr/bin/env", words, ChildProgram::Output::all_to_us);
        Said said;
        for (std::string some; !(some = program.read_some()).empty();) said.text += some;
        const int status = program.wait();
        said.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return said;
    }
    Said release(const std::string& name) const { return run({place(name).string()}); }

    void change(const std::string& file, const std::string& text) const {
        write_file(root() / file, text);
        commit("Changed");
    }
    void commit(const std::string& message) const {
        git(root(), {"add", "--all"});
        git(root(), {"-c", "user.name=a", "-c", "user.email=a@localhost", "commit", "--quiet", "--message", message});
    }

  private:
    Folder folder_;
};

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// The lines of at least this length tell one text from another.
std::set<std::string> telling_lines(const std::string& text) {
    constexpr std::size_t least = 31;
    std::set<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        const std::size_t first = line.find_first_not_of(" \t");
        if (first != std::string::npos && line.size() - first >= least) lines.insert(line.substr(first));
    }
    return lines;
}

std::vector<std::string> problems_in(const fs::path& folder) {
    Check check(folder);
    check_all(check);
    std::vector<std::string> problems;
    for (const Problem& problem : check.problems()) problems.push_back(problem.where + ": " + problem.what);
    return problems;
}

// As on a full disk: no file may be longer than 64 KiB.
class SmallFiles {
  public:
    SmallFiles() {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{65'536, before_.rlim_max};
        std::signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallFiles() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_DFL);
    }

  private:
    rlimit before_{};
};

const std::string starter = "labs/ch01_countdown/countdown_threads_v1.cpp";

}  // namespace

TEST_CASE("what students get has no solution, model answer or submission in it, nor a line of one") {
    const CommittedKit kit;
    const Said said = kit.release("labs");
    INFO(said.text);
    REQUIRE(said.code == 0);
    const Tree tree = students_repository(kit.root(), read_manifest(kit.root()).chapters);
    std::set<std::string> theirs, of_labs;
    for (const auto& [path, handed] : tree) {
        for (const std::string folder : {"solutions/", "selftest/", "release/", "tools/release/", ".ci/"})
            CHECK(path.rfind(folder, 0) != 0);
        theirs.merge(telling_lines(handed.text));
    }
    CHECK(tree.count("Instructors.md") == 0);
    std::size_t compared = 0;
    for (const TrackedFile& file : tracked_files(kit.root()))
        if (file.path.rfind("labs/", 0) == 0 || file.path.rfind("answers/", 0) == 0)
            of_labs.merge(telling_lines(read_file(kit.root() / file.path)));
    for (const TrackedFile& file : tracked_files(kit.root())) {
        if (file.path.rfind("solutions/", 0) != 0) continue;
        for (const std::string& line : telling_lines(read_file(kit.root() / file.path))) {
            if (of_labs.count(line) > 0) continue;
            ++compared;
            INFO(file.path + ": " + line);
            CHECK(theirs.count(line) == 0);
        }
    }
    CHECK(compared > 100);
    CHECK(git(kit.place("labs"), {"rev-list", "--count", "HEAD"}) == "1\n");
    CHECK(unclean_files(kit.place("labs")).empty());
    CHECK(git(kit.place("labs"), {"remote"}).empty());
}

TEST_CASE("what students get is in step, whichever chapters it has, and no link leads nowhere") {
    const CommittedKit kit;
    for (const std::string chapters : {"", "ch02", "ch03,ch08"}) {
        const std::string name = "labs" + chapters;
        std::vector<std::string> words = {kit.place(name).string()};
        if (!chapters.empty()) words.insert(words.end(), {"--chapters", chapters});
        REQUIRE(kit.run(words).code == 0);
        CHECK(problems_in(kit.place(name)) == std::vector<std::string>{});
    }
    const fs::path some = kit.place("labsch03,ch08");
    CHECK(fs::exists(some / "labs/ch08_offloading/README.md"));
    for (const std::string left_out : {"labs/ch01_countdown", "tests/ch01_countdown", "answers/ch01.md"})
        CHECK(!fs::exists(some / left_out));
    CHECK(fs::exists(some / "answers/ch08.md"));
    CHECK(contains(read_file(some / "Instructions.md"), "./kit run big_countdown_sequential"));
    const Said said = kit.run({kit.place("none").string(), "--chapters", "ch01,ch99"});
    CHECK(said.code == 2);
    CHECK(contains(said.text, "--chapters has 'ch99', which is no chapter; there are ch01, ch02"));
    CHECK(!fs::exists(kit.place("none")));
}

TEST_CASE("only what is committed is released") {
    const CommittedKit kit;
    write_file(kit.root() / "labs/notes.txt", "mine");
    write_file(kit.root() / "LICENSE", "none");
    const Said said = kit.release("labs");
    CHECK(said.code == 2);
    CHECK(contains(said.text, "this is not: LICENSE, labs/notes.txt; commit it"));
    CHECK(!fs::exists(kit.place("labs")));
}

TEST_CASE("a folder with something else in it is left alone, and so is the kit itself") {
    const CommittedKit kit;
    kit.folder().write("home/thesis.txt", "all of it");
    const Said said = kit.release("home");
    CHECK(said.code == 2);
    CHECK(contains(said.text, "has 'thesis.txt' in it, and is no release"));
    CHECK(fs::directory_iterator(kit.place("home"))->path().filename() == "thesis.txt");
    CHECK(contains(kit.release("kit/labs").text, "is inside the kit"));
    CHECK(contains(kit.run({kit.place("x").string(), "--for", "moodle"}).text,
                   "--for 'moodle' is unknown; there are students, classroom50 and gradescope"));
}

TEST_CASE("an empty repository becomes the students' one") {
    const CommittedKit kit;
    fs::create_directory(kit.place("labs"));
    git(kit.place("labs"), {"init", "--quiet"});
    CHECK(kit.release("labs").code == 0);
    CHECK(git(kit.place("labs"), {"rev-list", "--count", "HEAD"}) == "1\n");
}

TEST_CASE("an update brings what is the kit's, and leaves what was changed there") {
    const CommittedKit kit;
    REQUIRE(kit.release("labs").code == 0);
    const fs::path labs = kit.place("labs");
    write_file(labs / starter, "int main() {}  // mine\n");
    write_file(labs / "answers/ch01.md", "my answers\n");
    write_file(labs / "labs/ch02_ping/page.svg", "my own picture\n");
    write_file(labs / "labs/notes.txt", "my notes\n");
    fs::remove(kit.root() / "labs/ch02_ping/page.svg");
    fs::remove(kit.root() / "labs/ch03_big_countdown/cache_line.svg");
    write_file(kit.root() / starter, "// a better starter\n");
    kit.change("grader/README.md", "# Another engine\n");

    const Said said = kit.release("labs");
    INFO(said.text);
    CHECK(said.code == 0);
    CHECK(read_file(labs / starter) == "int main() {}  // mine\n");
    CHECK(read_file(labs / "answers/ch01.md") == "my answers\n");
    CHECK(read_file(labs / "labs/ch02_ping/page.svg") == "my own picture\n");
    CHECK(read_file(labs / "labs/notes.txt") == "my notes\n");
    CHECK(read_file(labs / "grader/README.md") == "# Another engine\n");
    CHECK(!fs::exists(labs / "labs/ch03_big_countdown/cache_line.svg"));
    for (const std::string& line : {"kept     " + starter, std::string("kept     answers/ch01.md"),
                                    std::string("kept     labs/ch02_ping/page.svg"),
                                    std::string("removed  labs/ch03_big_countdown/cache_line.svg")})
        CHECK(contains(said.text, "  " + line + "\n"));
    CHECK(contains(said.text, "Nothing was committed"));
    CHECK(git(labs, {"rev-list", "--count", "HEAD"}) == "1\n");

    // The next time it is still the student's.
    CHECK(contains(kit.release("labs").text, "  kept     " + starter + "\n"));
    CHECK(read_file(labs / starter) == "int main() {}  // mine\n");
}

TEST_CASE("a release that was interrupted is finished by the next one, and nothing of it is taken for a student's") {
    const Folder folder;
    const fs::path labs = folder.path() / "labs";
    hand_out({{"a", {"old a"}}, {"c", {"old c"}}, {"d/e", {"old e"}}}, labs, "students");
    {
        const SmallFiles full;  // the second file stops it
        CHECK_THROWS(
            hand_out({{"a", {"new a"}}, {"b", {std::string(100'000, 'b')}}, {"c", {"new c"}}}, labs, "students"));
    }
    CHECK(read_file(labs / "a") == "new a");
    CHECK(read_file(labs / "c") == "old c");
    require_release_or_empty(labs, "students");
    const HandedOut done = hand_out({{"a", {"newer a"}}, {"c", {"newer c"}}}, labs, "students");
    CHECK(done.kept.empty());
    CHECK(read_file(labs / "a") == "newer a");
    CHECK(read_file(labs / "c") == "newer c");
    CHECK(!fs::exists(labs / "d"));
}

TEST_CASE("nothing outside of the folder is written or removed, whatever is in it") {
    const Folder folder;
    folder.write("outside/file", "precious");
    const fs::path labs = folder.path() / "labs";
    hand_out({{"a", {"old"}}, {"in/file", {"old"}}}, labs, "students");
    fs::remove_all(labs / "in");
    fs::create_directory_symlink("../outside", labs / "in");
    json manifest = json::parse(read_file(labs / manifest_name));
    manifest["files"]["../outside/file"] = {digest_of("precious")};
    manifest["files"]["in/other"] = {digest_of("precious")};
    manifest["files"]["/etc/hostname"] = {digest_of("precious")};
    manifest["files"]["in/file"] = {digest_of("precious")};
    write_file(labs / manifest_name, manifest.dump());
    const HandedOut done = hand_out({{"a", {"new"}}, {"in/file", {"new"}}}, labs, "students");
    CHECK(read_file(folder.path() / "outside/file") == "precious");
    CHECK(done.kept == std::vector<std::string>{"in/file", "in/other"});
    CHECK(done.removed.empty());
}

TEST_CASE("a program stays a program") {
    const CommittedKit kit;
    REQUIRE(kit.release("labs").code == 0);
    const auto may_run = [&](const char* file) {
        return (fs::status(kit.place("labs") / file).permissions() & fs::perms::owner_exec) != fs::perms::none;
    };
    CHECK(may_run("kit"));
    CHECK(!may_run("LICENSE"));
}

TEST_CASE("a link that would lead nowhere becomes its own words, and code stays as it is") {
    const auto freed = [](const std::string& text) {
        return without_dead_links(text, "labs/ch02_ping/README.md",
                                  [](const std::string& path) { return path == "labs/ch02_ping/page.svg"; });
    };
    CHECK(freed("see ([the picture\nin 1](../ch01/README.md#x)).") == "see (the picture\nin 1).");
    CHECK(freed("![a page](page.svg) ![gone](gone.svg)") == "![a page](page.svg) gone");
    CHECK(freed("[`a.hpp`](../support/a.hpp), [web](https://x.org/y), [here](#step-1)") ==
          "`a.hpp`, [web](https://x.org/y), [here](#step-1)");
    CHECK(freed("`[x](y)` and\n```\n[&](int i) { return a[i](i); }\n```\n") ==
          "`[x](y)` and\n```\n[&](int i) { return a[i](i); }\n```\n");
    CHECK(freed("[not a link] (really), [x]") == "[not a link] (really), [x]");
}

TEST_CASE("the bundles have what their services start, and the packages that ./kit install names") {
    const CommittedKit kit;
    const std::vector<ChapterEntry> chapters = read_manifest(kit.root()).select("ch02");
    const Tree bundle = classroom50_bundle(kit.root(), chapters);
    CHECK(bundle.count("autograder.py") == 1);
    CHECK(bundle.count("kit/labs/ch02_ping/ping_pool.cpp") == 1);
    CHECK(bundle.count("kit/labs/ch01_countdown/chapter.json") == 0);
    const json apt = json::parse(bundle.at("runtime.json").text).at("apt");
    CHECK(std::find(apt.begin(), apt.end(), "libcurl4-openssl-dev") != apt.end());
    CHECK(std::find(apt.begin(), apt.end(), "g++") != apt.end());

    const std::string zip = gradescope_bundle(kit.root(), chapters).at("autograder.zip").text;
    CHECK(zip.rfind("PK", 0) == 0);
    for (const std::string name : {"run_autograder", "setup.sh", "labs/ch02_ping/chapter.json"})
        CHECK(contains(zip, name));
    CHECK(!contains(zip, "solutions/"));
    CHECK(zip == gradescope_bundle(kit.root(), chapters).at("autograder.zip").text);
}

TEST_CASE("the dev container may do what the grader needs") {
    const std::string file = kit_root + std::string("/release/everybody/.devcontainer/devcontainer.json");
    const json container = json::parse(read_file(file), nullptr, true, /*ignore_comments=*/true);
    CHECK(container.at("capAdd") == json({"SYS_PTRACE"}));
    CHECK(container.at("securityOpt").at(0) == "seccomp=unconfined");
    CHECK(container.at("onCreateCommand") == json({"./kit", "install"}));
}
