// Whatever ends a grading, and whatever is killed while it goes on: it ends, and leaves nothing behind.
//
// The gradings are done by this very program, in a process that is ours to signal. Nothing is timed: we
// wait for the event, with the patience alone for an event that never comes.
#include "grader/contain/keeper.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>

#include "bench/catch.hpp"
#include "bench/criterion.hpp"
#include "grader/judge/grading.hpp"
#include "small_kit.hpp"

namespace {

namespace fs = std::filesystem;

fs::path told(const char* variable) {
    return std::getenv(variable);
}

}  // namespace

TEST_CASE("it watches its program for ever", "[.criterion]") {
    Program program(executable(), {});
    while (program.settle() != Rest::ended) program.pause();
    judge({true, "", "", "", ""});
}

TEST_CASE("a whole grading", "[.grading]") {
    const Kit kit{kit_root, told("KIT_TEST_BUILD")};
    ChapterEntry chapter;
    chapter.id = "ch01_unit";
    ProgramEntry program;
    program.name = "exercise";
    program.exercise = true;
    program.criteria.push_back({"it watches its program for ever", 1, false, "plain"});
    _exit(kept(leftovers(kit), [&] {
        const ProgramGraded graded = grade_program(kit, chapter, program, std::getenv("KIT_TEST_SOURCE"));
        return graded.grade.complete() ? 0 : 3;
    }));
}

namespace {

// Waits for ever, in two processes of two sessions.
const char* const runs_long = R"(#include <unistd.h>
int main() {
    if (fork() == 0) setsid();
    while (true) pause();
}
)";

// 2^26 types: longer than the compiler may take.
const char* const compiles_long = R"(template <int N, long M> struct Two {
    static const long value = Two<N - 1, 2 * M>::value + Two<N - 1, 2 * M + 1>::value;
};
template <long M> struct Two<0, M> { static const long value = M; };
int main() { return Two<26, 0>::value == 0; }
)";

bool in_time(const std::function<bool()>& event) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(patience_seconds);
    while (!event()) {
        if (std::chrono::steady_clock::now() > limit) return false;
        usleep(2'000);
    }
    return true;
}

class Grading {
  public:
    explicit Grading(const std::string& source) {
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);  // orphans are ours, so none is overlooked
        fs::create_directories(small_.folder().path() / "tests");
        fs::create_directories(small_.folder().path() / "tmp");
        const fs::path self = fs::read_symlink("/proc/self/exe");
        fs::create_symlink(self, small_.folder().path() / "tests/ch01_unit");
        const std::string build = small_.folder().path().string();
        std::vector<std::string> environment = plain_environment();
        environment.insert(environment.end(), {"KIT_TEST_BUILD=" + build, "KIT_TEST_SOURCE=" + source,
                                               "TMPDIR=" + build + "/tmp", "KIT_CONTAINED=" + containment()});
        child_.emplace(std::vector<std::string>{self.string(), "a whole grading"}, environment, Child::Out::pipe);
    }
    ~Grading() {
        child_.reset();
        end_all_below();
    }

    pid_t process() const { return child_->process(); }
    pid_t worker() const { return children_of(process()).at(0); }

    // Of all that descend from us, those of this name that live.
    std::vector<pid_t> named(const std::string& name) const {
        std::vector<pid_t> found;
        for (const Task& task : tasks_below(getpid()))
            if (!task.ended() && task.thread == task.process && status_line(task.process, "Name") == name)
                found.push_back(task.process);
        return found;
    }

    // The grading's end is left to be taken note of.
    bool nobody_is_left() const {
        const std::vector<Task> before = tasks_below(getpid());
        return nobody_lives(before, tasks_below(getpid()));
    }

    // Folders of a moment's work.
    std::size_t folders() const {
        std::size_t count = 0;
        for (const auto& [folder, prefix] : leftovers({kit_root, small_.folder().path()})) {
            const fs::path parent = prefix == scratch_prefix ? small_.folder().path() / "tmp" : folder;
            std::error_code none;
            for (const auto& entry : fs::directory_iterator(parent, none))
                if (entry.path().filename().string().rfind(prefix, 0) == 0) ++count;
        }
        return count;
    }

    std::optional<Ending> ending() { return child_->wait(); }
    Kit kit() const { return small_.kit(); }

  private:
    SmallKit small_;
    std::optional<Child> child_;
};

// What is at work when the grading is interrupted: the compiler, or the program and its daemon.
struct Moment {
    const char* source;
    const char* name;
    std::size_t processes;
};
const Moment moments[] = {{compiles_long, "cc1plus", 1}, {runs_long, "program", 2}};

bool reaches(const Grading& grading, const Moment& moment) {
    return in_time([&] { return grading.named(moment.name).size() == moment.processes; });
}

}  // namespace

TEST_CASE("a grading that a signal ends leaves nobody and nothing behind, and ends by that signal") {
    const Moment& compiling = moments[0];
    const Moment& judging = moments[1];
    for (const auto& [number, moment] : {std::pair{SIGINT, compiling}, {SIGTERM, judging}, {SIGHUP, judging}}) {
        CAPTURE(number, moment.name);
        Grading grading(moment.source);
        REQUIRE(reaches(grading, moment));
        kill(grading.process(), number);
        CHECK(in_time([&] { return grading.nobody_is_left(); }));
        CHECK(grading.folders() == 0);
        CHECK(grading.ending() == Ending{true, number});
    }
}

TEST_CASE("a grading that is killed leaves nobody and nothing behind") {
    for (const Moment& moment : moments) {
        CAPTURE(moment.name);
        Grading grading(moment.source);
        REQUIRE(reaches(grading, moment));
        kill(grading.process(), SIGKILL);
        CHECK(in_time([&] { return grading.nobody_is_left(); }));
        CHECK(grading.folders() == 0);
    }
}

TEST_CASE("a grading whose processes are killed at once leaves nobody behind, and the next one sweeps") {
    if (containment() != "bubblewrap") return;
    for (const Moment& moment : moments) {
        CAPTURE(moment.name);
        Grading grading(moment.source);
        REQUIRE(reaches(grading, moment));
        kill(-grading.process(), SIGKILL);
        CHECK(in_time([&] { return grading.nobody_is_left(); }));
        sweep({leftovers(grading.kit())[0]});
        CHECK(grading.folders() == 0);
    }
}

TEST_CASE("a sweep leaves the folders of those at work alone") {
    Grading grading(compiles_long);
    REQUIRE(reaches(grading, moments[0]));
    sweep({leftovers(grading.kit())[0]});
    CHECK(grading.folders() == 1);
}

TEST_CASE("whichever of its processes is killed, a grading ends, says that the kit failed, and leaves nobody behind") {
    const auto kills = [](const char* what, const std::function<pid_t(const Grading&)>& victim) {
        CAPTURE(what);
        Grading grading(runs_long);
        REQUIRE(reaches(grading, moments[1]));
        kill(victim(grading), SIGKILL);
        CHECK(grading.ending() == Ending{false, 3});
        CHECK(in_time([&] { return grading.nobody_is_left(); }));
        CHECK(grading.folders() == 0);
    };
    kills("the worker", [](const Grading& grading) { return grading.worker(); });
    kills("the criterion", [](const Grading& grading) { return grading.named("ch01_unit").at(0); });
    if (containment() == "bubblewrap") {
        kills("the container", [](const Grading& grading) { return grading.named("bwrap").at(0); });
    }
}

TEST_CASE("a compiler that is killed, and killed once more when it is tried alone, ends the grading, too") {
    Grading grading(compiles_long);
    REQUIRE(reaches(grading, moments[0]));
    const pid_t first = grading.named("cc1plus").at(0);
    kill(first, SIGKILL);
    const auto second = [&] {
        const std::vector<pid_t> running = grading.named("cc1plus");
        return running.size() == 1 && running[0] != first;
    };
    REQUIRE(in_time(second));
    kill(grading.named("cc1plus").at(0), SIGKILL);
    CHECK(grading.ending() == Ending{false, 3});
    CHECK(in_time([&] { return grading.nobody_is_left(); }));
}

TEST_CASE("what a process inherits is put right, and so is what its children inherit") {
    const std::string self = fs::read_symlink("/proc/self/exe").string();
    // Everything that a shell can bend: no standard streams, ignored signals, an odd umask, low soft limits.
    const std::string bend = "trap '' CHLD PIPE; umask 077; ulimit -S -n 32; exec '" + self +
                             "' 'it finds all as it should be' <&- >&- 2>&-";
    Child child({"bash", "-c", bend}, plain_environment(), Child::Out::pipe);
    CHECK(child.wait() == Ending{false, 0});
}

TEST_CASE("it finds all as it should be", "[.inherited]") {
    for (const int stream : {0, 1, 2})
        CHECK(fs::read_symlink("/proc/self/fd/" + std::to_string(stream)) == "/dev/null");
    const mode_t mask = umask(022);
    CHECK(mask == 022);
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    CHECK(files.rlim_cur == std::min<rlim_t>(files.rlim_max, 65'536));
    // A child's end is told, and the child ignores no signal.
    Child child({"sh", "-c", "kill -PIPE $$; exit 4"}, plain_environment(), Child::Out::pipe);
    CHECK(child.wait() == Ending{true, SIGPIPE});
}
