#include "support/ping_options.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "support/options.hpp"
#include "support/print.hpp"

namespace {

using namespace std::chrono_literals;

// A # begins a comment at the start of a line or after a space: a URL may have one inside.
std::string without_comment(std::string line) {
    for (std::size_t at = line.find('#'); at != std::string::npos; at = line.find('#', at + 1)) {
        if (at > 0 && line[at - 1] != ' ' && line[at - 1] != '\t') continue;
        line.erase(at);
        break;
    }
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return "";
    return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

// Returns why the file cannot be read, or "".
std::string add_urls(const std::string& file, std::vector<std::string>& urls) {
    errno = 0;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        const std::string url = without_comment(line);
        if (!url.empty()) urls.push_back(url);
    }
    return in.is_open() && !in.bad() ? "" : std::strerror(errno);
}

PingOptions parse(int argc, char** argv, const std::string& purpose, bool pool) {
    PingOptions options;
    std::string file;
    Options flags(purpose);
    if (pool) flags.count("--workers", options.workers, {1, 256}, "threads that share the list");
    flags.duration("--timeout", options.timeout, {1ns, Duration::max()}, "for the whole of one URL");
    flags.text("--file", file, "more URLs, one per line; # begins a comment");
    flags.names("URL", options.urls, {0, 100'000}, "whom to ask: http://host[:port][/path]");
    flags.example(pool ? "--workers 2 http://127.0.0.1:8020/200 http://127.0.0.1:8020/404"
                       : "--timeout 2s http://127.0.0.1:8020/200 http://127.0.0.1:8020/404");
    flags.parse(argc, argv);

    const std::string problem = file.empty() ? "" : add_urls(file, options.urls);
    if (!problem.empty()) {
        print_error("--file: cannot read '", file, "': ", problem);
        if (options.urls.empty()) std::exit(1);
        options.complete = false;
    }
    if (options.urls.empty()) flags.refuse("no URL: give one or more, or a --file with some in it");
    return options;
}

}  // namespace

PingOptions parse_ping_options(int argc, char** argv, const std::string& purpose) {
    return parse(argc, argv, purpose, false);
}

PingOptions parse_ping_pool_options(int argc, char** argv, const std::string& purpose) {
    return parse(argc, argv, purpose, true);
}
