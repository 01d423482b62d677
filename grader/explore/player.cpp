#include "grader/explore/player.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "grader/contain/container.hpp"
#include "grader/contain/passed_descriptor.hpp"
#include "grader/contain/patience.hpp"
#include "grader/proc/tasks.hpp"

namespace explore {

namespace {

constexpr std::size_t most_output = 1 << 20;

Descriptor memory_file(const char* name, std::size_t size) {
    Descriptor file(memfd_create(name, MFD_CLOEXEC));
    if (!file.is_open() || ftruncate(file.number(), static_cast<off_t>(size)) != 0)
        throw std::system_error(errno, std::generic_category(), name);
    return file;
}

// Of a program that has written over them nobody knows what it did.
bool names_threads_alone(const SharedOrder& order) {
    const auto end = order.event.begin() + order.events;
    const auto last = order.point.begin() + order.points;
    return std::all_of(order.event.begin(), end,
                       [](const Event& one) { return one.thread < most_threads && one.other < most_threads; }) &&
           std::all_of(order.point.begin(), last, [](const Point& one) {
               return one.chosen < one.options && one.options <= most_threads &&
                      std::all_of(one.who.begin(), one.who.begin() + one.options,
                                  [](std::uint8_t who) { return who < most_threads; });
           });
}

}  // namespace

Player::Player(const std::filesystem::path& executable, const std::vector<std::string>& arguments)
    : executable_(executable), memory_(memory_file("order", sizeof(SharedOrder))), written_(memory_file("output", 0)) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        throw std::system_error(errno, std::generic_category(), "socketpair");
    socket_ = Descriptor(ends[0]);
    Descriptor its(ends[1]);
    void* const place = mmap(nullptr, sizeof(SharedOrder), PROT_READ | PROT_WRITE, MAP_SHARED, memory_.number(), 0);
    if (place == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
    order_ = static_cast<SharedOrder*>(place);

    const Shared program{std::filesystem::absolute(executable), "/played/" + executable.filename().string()};
    std::vector<std::string> command = {place_of(program)};
    command.insert(command.end(), arguments.begin(), arguments.end());
    std::vector<std::string> environment = plain_environment();
    environment.push_back("LD_BIND_NOW=1");  // by the server, once for all copies
    environment.push_back(std::string(socket_variable) + "=" + std::to_string(its.number()));
    server_ = std::make_unique<Child>(confined({{program}, ""}, command), environment, Child::Out::pipe, its.number());
    its.close();
    // What it prints goes to its end, whoever prints it.
    fcntl(written_.number(), F_SETFL, O_APPEND);
    if (!send_descriptor(socket_.number(), memory_.number()) || !send_descriptor(socket_.number(), written_.number()))
        throw std::system_error(errno, std::generic_category(), "handing over a descriptor");
}

Player::~Player() {
    server_.reset();
    munmap(order_, sizeof(SharedOrder));
}

void Player::play(const Choices& choices) {
    play_to(choices, false);
}

void Player::play_up_to(const Choices& choices) {
    play_to(choices, true);
}

void Player::play_to(const Choices& choices, bool halt) {
    if (choices.size() > most_points) throw std::runtime_error("more choices than an order has");
    order_->given = static_cast<std::uint32_t>(choices.size());
    std::copy(choices.begin(), choices.end(), order_->choices.begin());
    order_->halt = halt ? 1 : 0;
    order_->end = End::running;
    order_->points = order_->events = order_->threads = 0;
    if (ftruncate(written_.number(), 0) != 0) throw std::system_error(errno, std::generic_category(), "ftruncate");

    const char go = 'g';
    int status = 0;
    if (send(socket_.number(), &go, 1, MSG_NOSIGNAL) != 1 || !answers() ||
        read(socket_.number(), &status, sizeof status) != static_cast<ssize_t>(sizeof status)) {
        const std::optional<Ending> ending = server_->ended();
        server_->kill();
        throw std::runtime_error("a program that is played does not answer" +
                                 (ending ? ", but " + describe(*ending) : "") +
                                 (server_->errors().empty() ? "" : ": " + server_->errors()));
    }
    ending_ = WIFSIGNALED(status) ? Ending{true, WTERMSIG(status)} : Ending{false, WEXITSTATUS(status)};
    if (ending_ == Ending{true, SIGKILL} && order_->end != End::not_played)
        throw std::runtime_error("a program that is played was killed: where memory ran out, give it more");
    struct stat file = {};
    fstat(written_.number(), &file);
    output_.resize(std::min<std::size_t>(static_cast<std::size_t>(file.st_size), most_output));
    const ssize_t size = pread(written_.number(), output_.data(), output_.size(), 0);
    output_.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    // The program may write there, too: what it says is believed no further than there is room.
    order_->points = std::min<std::uint32_t>(order_->points, most_points);
    if (order_->points < order_->given && order_->end != End::not_played) order_->end = End::not_followed;
    order_->events = std::min<std::uint32_t>(order_->events, most_events);
    order_->threads = std::min<std::uint32_t>(order_->threads, most_threads);
    if (!names_threads_alone(*order_)) order_->end = End::not_played;
}

// An order takes a few milliseconds; one that computes on and on is ended by its limit of processor time.
bool Player::answers() {
    pollfd answer{socket_.number(), POLLIN, 0};
    std::vector<Task> before;
    for (int looks = 0; looks < patience_seconds * 10; ++looks) {
        if (poll(&answer, 1, 100) == 1) return true;
        const std::vector<Task> now = tasks_below(server_->process());
        if (proves_standstill(before, now)) end_standstill(now);
        before = now;
    }
    return false;
}

// Whoever has the turn waits in the kernel, and nobody is there to wake it. The copy is the process without children.
void Player::end_standstill(const std::vector<Task>& tasks) {
    for (const Task& task : tasks) {
        if (task.thread != task.process || task.ended() || !children_of(task.process).empty()) continue;
        order_->end = End::not_played;
        kill(task.process, SIGKILL);
    }
}

void Player::play_by_chance(std::uint64_t seed, std::uint32_t steps, std::uint32_t changes) {
    order_->seed = seed;
    order_->steps = steps;
    order_->changes = changes;
    play({});
    order_->seed = 0;
}

Choices Player::choices() const {
    Choices made;
    for (std::uint32_t i = 0; i < order_->points; ++i) made.push_back(order_->point[i].chosen);
    return made;
}

int Player::taken() const {
    const Choices made = choices();
    return std::accumulate(made.begin(), made.end(), 0);
}

void Player::prune(bool states_seen_before) {
    order_->prune = states_seen_before ? 1 : 0;
    order_->seen.fill({});
}

}  // namespace explore
