#include "grader/judge/system_probe.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>

#include "config.hpp"
#include "grader/contain/patience.hpp"
#include "grader/judge/sanitizer.hpp"
#include "grader/stage/injector.hpp"
#include "grader/stage/program.hpp"

namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr int told_to_exit_with = 7;
constexpr auto asked_for = 1500ms;  // by probe.cpp

[[noreturn]] void refused(const std::string& what, const std::string& remedy) {
    throw std::runtime_error("this system refuses what the grader needs: " + what + ". " + remedy);
}

const char* const allow_in_docker =
    "In a container, allow --cap-add=SYS_PTRACE or --security-opt seccomp=unconfined; "
    "elsewhere kernel.yama.ptrace_scope may be 1 at most";

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

std::unique_ptr<Program> started() {
    try {
        return std::make_unique<Program>(fs::path(kit_build) / "grader/probe", std::vector<std::string>{});
    } catch (const std::runtime_error& error) {
        const std::string said = first_line(error.what());
        const bool taken = said.find("resource busy") != std::string::npos;
        refused(said,
                taken ? "The container's runtime holds a seccomp listener already, and a process can have only one: "
                        "grade outside of this container, or in one whose runtime has none"
                      : "It needs Linux 5.9 or later; in a container, allow --security-opt seccomp=unconfined");
    }
}

// The program's one sleeper; none where the program ended before.
std::optional<Held> wait_for_sleeper(Program& program) {
    const auto limit = SteadyClock::now() + std::chrono::seconds(patience_seconds);
    while (program.asleep().empty() && !program.ending() && SteadyClock::now() < limit)
        if (!program.pump()) program.pause();
    const std::vector<Held> sleepers = program.asleep();
    return sleepers.empty() ? std::nullopt : std::optional(sleepers.front());
}

std::string wrong_start(Program& program) {
    const std::string said = first_line(program.errors());
    const std::optional<Ending> ending = program.ending();
    return "an empty program " + (ending ? describe(*ending) : "does not end") +
           (said.empty() ? "" : " and says \"" + said + "\"");
}

// Written before anything else is started, and only read from then on.
std::map<Flavour, std::string>& problems() {
    static std::map<Flavour, std::string> found;
    return found;
}

void try_stage() {
    const std::unique_ptr<Program> program = started();
    const std::optional<Held> sleeper = wait_for_sleeper(*program);
    if (!sleeper && program->errors().find("timerfd") != std::string::npos)
        refused(first_line(program->errors()), "It needs Linux 5.9 or later");
    if (!sleeper || sleeper->asked != asked_for)
        refused("reading the memory of a program (process_vm_readv and /proc/PID/mem)", allow_in_docker);
    if (task_of(sleeper->process, sleeper->thread).call < 0)
        refused("reading which call a program is blocked in (/proc/PID/syscall)", allow_in_docker);
    program->stage().recheck(program->tasks());  // throws where its socket cannot be looked at
    if (!make_exit(sleeper->thread, told_to_exit_with) || program->settle() != Rest::ended ||
        program->ending() != Ending{false, told_to_exit_with})
        refused("stopping a program and moving it on (ptrace)", allow_in_docker);
}

std::string problem_with(const Kit& kit, Flavour flavour) {
    const std::string name = flavour == Flavour::thread_sanitizer ? "ThreadSanitizer" : "AddressSanitizer";
    const Built empty = build(kit, "labs/empty/empty.cpp", "int main() {}\n", flavour);
    if (!empty.ok) return "an empty program does not compile with " + name + ": " + first_line(empty.error);
    Program program(empty.executable, {}, sanitized(flavour));
    if (program.settle() == Rest::ended && program.ending() == Ending{false, 0}) return "";
    const std::string death = sanitizer_died(program.errors());
    return name + " cannot start here: " + (death.empty() ? wrong_start(program) : death);
}

}  // namespace

void require_system(const Kit& kit) {
    try_stage();
    for (const Flavour flavour : {Flavour::thread_sanitizer, Flavour::address_sanitizer})
        problems()[flavour] = problem_with(kit, flavour);
}

std::string sanitizer_problem(Flavour flavour) {
    const auto found = problems().find(flavour);
    return found == problems().end() ? "" : found->second;
}
