#include "ch07_executors/sender.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "bench/lines.hpp"
#include "support/chat_json.hpp"

namespace {

Words arguments(const SendPlan& plan, const World& world) {
    return {"--host",    "127.0.0.1:" + std::to_string(world.port()),
            "--tasks",   std::to_string(plan.tasks),
            "--workers", plan.workers,
            "--samples", std::to_string(plan.samples),
            "--retries", std::to_string(plan.retries),
            "--timeout", plan.timeout};
}

const std::string table_header = "executor,samples,mean_s,median_s,stdev_s,min_s,max_s,tasks_per_s,errors,retries";
enum Column { executor, samples, mean, median, stdev, least, most, rate, errors, retries, columns };

}  // namespace

bool is_pool() {
    return program_name() == "send_pool";
}

std::string readme(int step) {
    return "labs/ch07_executors/README.md#step-" + std::to_string(step);
}

std::string readme_of(int pool, int processes) {
    return readme(is_pool() ? pool : processes);
}

std::string ok_line(int task) {
    return "task " + std::to_string(task) + ": ok";
}

std::string failed_line(int task) {
    return "task " + std::to_string(task) + ": failed: ";
}

Sender::Sender(const SendPlan& plan, const Setting& setting, Flavour flavour)
    : Asking([&](const World& its) { return arguments(plan, its); }, setting, flavour, Speech::lines), plan_(plan) {}

int Sender::task_of(const HttpRequest& message) {
    const auto said = nlohmann::json::parse(message.body, nullptr, /*allow_exceptions=*/false);
    if (!said.is_object() || !said.contains("id")) return 0;
    const auto& id = said.at("id");
    if (id.is_number_integer()) return id.get<int>();
    return id.is_string() ? std::atoi(id.get<std::string>().c_str()) : 0;
}

std::size_t Sender::times_sent(int task) const {
    const std::vector<HttpRequest>& all = world.requests();
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [task](const HttpRequest& message) { return task_of(message) == task; }));
}

std::map<int, pid_t> Sender::workers() const {
    const auto owners = owners_of(world.port(), program.process(), program.tasks());
    std::map<int, pid_t> found;
    for (const HttpRequest& message : held())
        if (const auto owner = owners.find(world.client_port(message)); owner != owners.end())
            found[task_of(message)] = owner->second;
    return found;
}

void Sender::acknowledge(const HttpRequest& message) {
    world.send(message, ack_line({task_of(message), message.id}));
}

void Sender::refuse(const HttpRequest& message) {
    world.send(message, error_line("not today"));
}

void Sender::serve(Server server) {
    world.serve(
        [server = std::move(server)](World&, const HttpRequest& message) { server(task_of(message), message); });
}

Rest Sender::acknowledge_all() {
    serve([this](int, const HttpRequest& message) { acknowledge(message); });
    return settle();
}

bool Sender::has_told(int task) const {
    const Words lines = program.lines();
    return std::find(lines.begin(), lines.end(), ok_line(task)) != lines.end();
}

Words Sender::table() const {
    const Words lines = program.lines();
    if (lines.empty()) return {};
    Words cells;
    std::istringstream row(lines.back());
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
    return cells.size() == columns ? cells : Words{};
}

std::string Sender::wrong_run(Rest rest, const std::vector<int>& failing, long tried_again) {
    Words expected = {table_header, program_name() + ","};
    const auto fails = [&](int task) { return std::find(failing.begin(), failing.end(), task) != failing.end(); };
    for (int task = 1; task <= plan_.tasks; ++task) expected.push_back(fails(task) ? failed_line(task) : ok_line(task));
    Words lines = program.lines();
    const Words cells = table();
    if (!cells.empty()) lines.back() = cells[executor] + ",";  // the rest of the line is looked at below
    const int code = failing.empty() ? 0 : 1;
    const std::string wrong = wrong_lines_or_end(wrong_in_any_order(lines, expected), rest, code);
    if (!wrong.empty()) return wrong;
    if (cells.empty() || cells[samples] != std::to_string(plan_.samples))
        return "the last line is " + in_quotes(program.lines().back()) + ", not the table's row for " +
               counted(static_cast<std::size_t>(plan_.samples), "sample", "samples");
    if (cells[errors] != std::to_string(failing.size()))
        return "the table's number of errors is " + cells[errors] + ", not " + std::to_string(failing.size());
    if (tried_again >= 0 && cells[retries] != std::to_string(tried_again))
        return "the table's number of retries is " + cells[retries] + ", not " + std::to_string(tried_again);
    return "";
}

void Sender::hold_results(bool hold) {
    program.stage().policy.hold_pipes = program.stage().policy.hold_socket_pairs = hold;
    if (hold) return;
    for (const Held& held : program.stage().held(Held::Kind::pipe_write)) program.stage().let_go(held);
}

std::optional<Held> Sender::result_of(pid_t worker) const {
    for (const Held& held : program.stage().held(Held::Kind::pipe_write))
        if (held.process == worker) return held;
    return std::nullopt;
}

std::vector<Held> Sender::pausing(Nanoseconds at_least) const {
    std::vector<Held> found = program.asleep();
    std::erase_if(found, [&](const Held& held) { return held.asked < at_least; });
    return found;
}
