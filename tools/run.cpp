// ./kit run: a program of the kit, with its usual arguments where none are typed.
#ifdef __linux__
#include <sys/personality.h>
#endif

#include <iostream>
#include <vector>

#include "tools/marks.hpp"
#include "tools/run_to_end.hpp"
#include "tools/servers.hpp"
#include "tools/tool.hpp"

namespace {

const std::string usage = "./kit run [--solution] [--sanitize thread|address] PROGRAM [ARGUMENTS]";

// What is typed: everything after the program's name is the program's own.
struct Request {
    bool solution = false;
    std::string sanitizer;  // thread, address or none
    std::string program;
    std::vector<std::string> arguments;
};

Request read_request(int argc, char** argv) {
    const std::string sanitize = "--sanitize";
    Request request;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--solution" && request.arguments.empty()) {
            request.solution = true;
        } else if (!request.program.empty()) {
            request.arguments.push_back(word);
        } else if (word == sanitize || word.rfind(sanitize + "=", 0) == 0) {
            const bool joined = word != sanitize;
            request.sanitizer = joined ? word.substr(sanitize.size() + 1) : i + 1 < argc ? argv[++i] : "";
            if (request.sanitizer != "thread" && request.sanitizer != "address")
                throw UsageError(sanitize + " takes thread or address" +
                                 (request.sanitizer.empty() ? "" : ", not '" + request.sanitizer + "'"));
        } else if (word.substr(0, 1) == "-") {
            throw UsageError(word + " is no flag of run; usage: " + usage);
        } else {
            request.program = word;
        }
    }
    return request;
}

// ThreadSanitizer knows few layouts of a process's addresses: some kernels' random ones are none of them.
void ask_for_fixed_addresses() {
#ifdef __linux__
    personality(ADDR_NO_RANDOMIZE);  // where it is refused, the sanitizer says what it misses
#endif
}

int run(int argc, char** argv) {
    Request request = read_request(argc, argv);
    const Manifest manifest = kit_manifest();
    for (const ChapterEntry& chapter : manifest.chapters) {
        const ProgramEntry* program = chapter.find(request.program);
        if (!program) continue;
        if (request.solution && !program->exercise) {
            throw UsageError(program->name + " is given, complete: it has no solution; leave --solution out");
        }
        require_built(chapter);
        require_built(*program);
        const auto folder = kit_root() / "build" / request.sanitizer / (request.solution ? "solutions" : "labs");
        const bool typed = !request.arguments.empty();
        if (!typed) request.arguments = program->arguments;
        put_folders(request.arguments, chapter, request.solution);
        const bool asks_help = typed && request.arguments.front() == "--help";
        const auto servers = start_servers(chapter, asks_help ? std::vector<ServerEntry>() : program->servers,
                                           request.arguments, /*usual_alone=*/typed, request.solution);
        for (const auto& server : servers)
            std::cerr << "kit: " << server->name() << " listens on " << server->url() << " while this runs"
                      << std::endl;
        if (!request.sanitizer.empty()) ask_for_fixed_addresses();
        return run_to_end(folder / chapter.id / program->name, request.arguments);
    }
    const std::string wrong = request.program.empty() ? "no program named" : "there is no program " + request.program;
    throw UsageError(wrong + "; there are " + list_of(manifest.program_names(/*exercises_alone=*/false)));
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("run", run, argc, argv);
}
