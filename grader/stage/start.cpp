// Program::Program: from an executable to a program on the stage, with everything that launch hands over.
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "config.hpp"
#include "grader/contain/launch_order.hpp"
#include "grader/contain/passed_descriptor.hpp"
#include "grader/contain/patience.hpp"
#include "grader/stage/program.hpp"

namespace {

namespace fs = std::filesystem;

constexpr unsigned long cpu_seconds = 60;
constexpr unsigned long file_bytes = 64ul << 20;
constexpr unsigned long memory_bytes = 6ul << 30;  // of addresses: 256 threads' stacks count in full
constexpr unsigned long descriptors = 4096;

fs::path built_here(const std::string& name) {
    return fs::path(kit_build) / "grader" / name;
}

// One that launch sends. -1 where launch ended before it could.
int next_descriptor(int socket) {
    return receive_descriptor(socket, patience_seconds);
}

}  // namespace

Program::Program(const fs::path& executable, const std::vector<std::string>& arguments, const Setting& setting)
    : world_(setting.world), client_(setting.client) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        throw std::system_error(errno, std::generic_category(), "socketpair");

    const Shared launch{built_here("launch"), "/on-stage/launch"};
    const Shared clock{built_here("libclock.so"), "/on-stage/libclock.so"};
    const Shared pieces{built_here("libpieces.so"), "/on-stage/libpieces.so"};
    const Shared program{fs::absolute(executable), "/on-stage/" + executable.filename().string()};
    const bool held = setting.policy.hold_sleeps;
    std::string preloaded = held ? place_of(clock) : "";
    if (setting.pieces) preloaded += (held ? ":" : "") + place_of(pieces);
    const bool own_network = world_ && containment() == "bubblewrap";
    LaunchOrder order{.socket = ends[1],
                      .port = own_network ? world_->port() : 0,
                      .calls = client_ ? client_->most_calls() : 0,
                      .preload = preloaded,
                      .fixed_addresses = setting.sanitized,
                      .processor_clocks = setting.policy.hold_processor_clocks,
                      .sends = setting.policy.hold_socket_pairs,
                      .cpu_seconds = cpu_seconds,
                      .file_bytes = file_bytes,
                      .memory_bytes = setting.sanitized ? 0 : memory_bytes,
                      .descriptors = descriptors,
                      .program = {place_of(program)}};
    order.program.insert(order.program.end(), arguments.begin(), arguments.end());
    std::vector<std::string> command = in_words(order);
    command.insert(command.begin(), place_of(launch));

    std::vector<std::string> environment = plain_environment();
    environment.insert(environment.end(), setting.environment.begin(), setting.environment.end());

    if (containment() != "bubblewrap") {
        scratch_ = std::make_unique<Scratch>(fs::temp_directory_path(), scratch_prefix);
    }
    std::vector<Shared> shared = {launch, clock, pieces, program};
    shared.insert(shared.end(), setting.shared.begin(), setting.shared.end());
    child_ = std::make_unique<Child>(confined({shared, ""}, command), environment, setting.out, ends[1],
                                     scratch_ ? scratch_->path().string() : "");
    close(ends[1]);
    const int listener = next_descriptor(ends[0]);
    const int server = own_network && listener >= 0 ? next_descriptor(ends[0]) : -1;
    if (server >= 0) world_->listen_at(server);
    for (int calls = client_ && listener >= 0 ? client_->most_calls() : 0; calls > 0; --calls) {
        const int socket = next_descriptor(ends[0]);
        if (socket >= 0) client_->take(socket);
    }
    close(ends[0]);
    if (listener < 0) {
        child_->wait();
        const std::string why =
            child_->errors().empty() && child_->ended() ? ::describe(*child_->ended()) : child_->errors();
        throw std::runtime_error("cannot put the program on the stage: " + why);
    }
    stage_ = std::make_unique<Stage>(listener, child_->out_identity(), child_->error_identity(), setting.policy);
}
