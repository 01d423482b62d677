#include "grader/contain/remedy.hpp"

#include <cerrno>
#include <cstring>
#include <sstream>
#include <system_error>

namespace {

constexpr int known[] = {EAGAIN, EMFILE, ENFILE, ENOMEM, ENOSPC, EDQUOT};

std::string in_one_line(const std::string& text) {
    std::istringstream words(text);
    std::string line;
    for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
    return line;
}

}  // namespace

std::string remedy(int error) {
    switch (error) {
        case EAGAIN: return "allow more processes and threads (ulimit -u, or the container's limit), or end others";
        case EMFILE: return "allow more open files (ulimit -n)";
        case ENFILE: return "the whole system has no open file left: end other programs";
        case ENOMEM: return "give it more memory";
        case ENOSPC:
        case EDQUOT: return "free some space on the disk";
        default: return "";
    }
}

std::string remedy_in(const std::string& message) {
    for (const int error : known)
        if (message.find(std::strerror(error)) != std::string::npos) return remedy(error);
    return "";
}

std::string cause_of(const std::exception& error) {
    const std::string what = in_one_line(error.what());
    const auto* of_system = dynamic_cast<const std::system_error*>(&error);
    const std::string help = of_system ? remedy(of_system->code().value()) : remedy_in(what);
    if (help.empty() || what.find(help) != std::string::npos) return what;
    return what + ": " + help;
}
