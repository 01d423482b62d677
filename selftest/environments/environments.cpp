// Grades solutions where containers and lab machines let less happen: every point is earned there, or the verdict is
// that the kit cannot grade, with what is refused and what to allow, and never a point lost.
//
//   environments [NAME]...
//
// Exits with 0 when all is as it should be, with 77 where this system does not let it be tried.
#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "config.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int not_tried = 77;

using Sources = std::vector<std::string>;

// Programs of which every part of the engine is asked for something: held sleeps, the network, the microscope, pipes
// and their end, held locks, two processes at once.
const Sources telling = {"ch01_countdown/countdown_processes",
                         "ch02_ping/ping_pool",
                         "ch03_big_countdown/big_countdown_contention",
                         "ch04_ipc/fetch_pipes",
                         "ch04_ipc/fetch_select",
                         "ch05_shared_memory/bounded_queue",
                         "ch08_offloading/offload_client"};
const Sources shortest = {"ch01_countdown/countdown_processes"};
const Sources many_at_once = {"ch02_ping/ping_pool", "ch04_ipc/fetch_select", "ch05_shared_memory/fetch_threads",
                              "ch08_offloading/processing_server"};

struct Environment {
    std::string name;
    std::string confined;  // the arguments of confine
    Sources programs;
    std::vector<int> exit_codes = {0};  // one of them
    std::string says = "";              // a part of what the grader says
};

// Whom the system kills is for nobody to foresee.
const std::vector<int> graded_or_kit_failed = {0, 3};

const std::vector<Environment> environments = {
    {"docker", "--docker", telling},
    {"no user namespaces", "--refuse userns", shortest},
    {"no process_vm_readv", "--refuse vm", {"ch01_countdown/countdown_processes", "ch04_ipc/fetch_pipes"}},
    {"no pidfd_getfd", "--refuse getfd", {"ch04_ipc/fetch_pipes"}},
    {"no personality", "--refuse personality", {"ch05_shared_memory/bounded_queue"}},
    {"no ptrace", "--refuse ptrace", shortest, {3}, "ptrace"},
    {"no seccomp", "--refuse seccomp", shortest, {3}, "seccomp=unconfined"},
    {"a seccomp listener", "--listener", shortest, {3}, "holds a seccomp listener already"},
    {"100 open files", "--limit nofile=100", shortest, {3}, "allow more open files (ulimit -n)"},
    {"256 open files", "--limit nofile=256", many_at_once},
    {"1024 open files", "--limit nofile=1024", {"ch04_ipc/fetch_select"}},
    {"one core", "--cpus 1", {"ch01_countdown/countdown_processes", "ch05_shared_memory/bounded_queue"}},
    {"4 GiB of addresses", "--limit as=4294967296", {"ch05_shared_memory/bounded_queue"}, {3}, "ulimit -v"},
    {"140 MiB of memory", "--memory 140", {"ch05_shared_memory/fetch_threads"}, graded_or_kit_failed},
    {"full tmp", "--tmp full", shortest},
    {"tmp without exec", "--tmp noexec", shortest},
};

struct Ran {
    int exit_code;
    std::string text;
};

Ran run(const std::string& command) {
    std::FILE* const pipe = popen((command + " 2>&1 </dev/null").c_str(), "r");
    Ran ran{-1, ""};
    if (!pipe) return ran;
    char some[4096];
    while (const std::size_t count = std::fread(some, 1, sizeof some, pipe)) ran.text.append(some, count);
    const int status = pclose(pipe);
    ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ran;
}

// The solution as a student would hand it in.
fs::path submission_of(const std::string& program) {
    const fs::path folder = fs::path(kit_build) / "environments" / fs::path(program).filename();
    const fs::path file = folder / "labs" / (program + ".cpp");
    fs::create_directories(file.parent_path());
    fs::copy_file(fs::path(kit_root) / "solutions" / (program + ".cpp"), file, fs::copy_options::overwrite_existing);
    return folder;
}

std::string quoted(const fs::path& path) {
    return "'" + path.string() + "'";
}

// The exit code of this test.
int try_out(const Environment& environment) {
    const fs::path build = kit_build;
    int result = 0;
    for (const std::string& program : environment.programs) {
        const fs::path submission = submission_of(program);
        const Ran ran = run(quoted(build / "selftest/confine") + " " + environment.confined + " -- " +
                            quoted(build / "grader/grade") + " " + fs::path(program).filename().string() +
                            " --submission " + quoted(submission));
        const std::string what = environment.name + ": " + program;
        if (ran.exit_code == not_tried) {
            std::cout << "NOT TRIED: " << what << ": " << ran.text;
            return not_tried;
        }
        const bool says_it = ran.text.find(environment.says) != std::string::npos;
        const std::vector<int>& codes = environment.exit_codes;
        const bool right = std::count(codes.begin(), codes.end(), ran.exit_code) == 1 && says_it;
        std::cout << (right ? "as expected: " : "WRONG: ") << what << ": exit code " << ran.exit_code << '\n';
        if (right) continue;
        std::cout << "  expected  exit code " << codes.front()
                  << (environment.says.empty() ? "" : ", \"" + environment.says + "\"") << '\n'
                  << ran.text << '\n';
        result = 1;
    }
    return result;
}

bool is_asked_for(const std::string& name, int argc, char** argv) {
    for (int i = 1; i < argc; ++i)
        if (argv[i] == name) return true;
    return argc == 1;
}

}  // namespace

int main(int argc, char** argv) {
    int result = 0;
    bool any = false;
    for (const Environment& environment : environments) {
        if (!is_asked_for(environment.name, argc, argv)) continue;
        any = true;
        if (const int tried = try_out(environment); result != 1 && tried != 0) result = tried;
    }
    if (any) return result;
    std::cerr << "environments: there is none of that name\n";
    return 2;
}
