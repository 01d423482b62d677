#include "support/server.hpp"

#include <stdexcept>

namespace {

const std::string greeting = "listening on ";

std::vector<std::string> with_port(Server::Port port, std::vector<std::string> arguments) {
    if (port == Server::Port::any) arguments.insert(arguments.begin(), {"--port", "0"});
    return arguments;
}

// The first line, or what there is of it when the other end closes.
std::string first_line(ChildProgram& program) {
    std::string line;
    for (std::string letter; (letter = program.read_some(1)) != "" && letter != "\n";) line += letter;
    return line;
}

}  // namespace

// A server whose usual port is taken says so on stderr, and that is for us to tell. Ctrl-C is meant for the program
// beside it; we stop the server afterwards.
Server::Server(const std::filesystem::path& file, Port port, const std::vector<std::string>& arguments)
    : name_(file.filename().string()),
      program_(file, with_port(port, arguments),
               port == Port::usual ? ChildProgram::Output::all_to_us : ChildProgram::Output::to_us,
               ChildProgram::Interrupt::ignored) {
    const std::string line = first_line(program_);
    if (line.rfind(greeting, 0) != 0) throw std::runtime_error(line.empty() ? file.string() + " does not start" : line);
    url_ = line.substr(greeting.size());
}
