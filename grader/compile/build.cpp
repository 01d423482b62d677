#include "grader/compile/build.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "config.hpp"
#include "grader/compile/compiler_limits.hpp"
#include "grader/compile/diagnostics.hpp"
#include "grader/compile/not_understood.hpp"
#include "grader/compile/silencing.hpp"
#include "grader/contain/container.hpp"
#include "grader/contain/scratch.hpp"

namespace {

namespace fs = std::filesystem;

constexpr int longest_compilation = 1200;  // for a compiler that waits for something; processor time is limited anyway

std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_file(const fs::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
}

// FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv: a name for contents, no protection.
std::string name_of(const std::string& contents) {
    std::ostringstream name;
    for (std::uint64_t hash : {0xcbf29ce484222325u, 0x9ae16a3b2f90404fu}) {
        for (const unsigned char byte : contents) hash = (hash ^ byte) * 0x100000001b3u;
        name << std::hex << hash;
    }
    return name.str();
}

using Words = std::vector<std::string>;

void append(Words& words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
}

struct Ways {
    std::string library;
    Words command;    // the compiler, and how it compiles
    Words sanitizer;  // what the command says of it
};

// The optimizer is that of ./kit run: what it makes of a program is what is graded. A sanitized build is there for
// what the sanitizer sees, and more optimizing would take away accesses before it sees them, and take the compiler
// longer.
Ways ways_of(Flavour flavour) {
    Ways ways{"libsupport.a", {}, {}};
    append(ways.command, {std::begin(configured_compiler), std::end(configured_compiler)});
    append(ways.command, {"-std=c++20", "-Wall", "-Wextra", "-fno-diagnostics-color", "-pthread"});
    append(ways.command, {std::begin(exercise_options), std::end(exercise_options)});
    if (flavour == Flavour::plain) return ways;
    append(ways.command, {"-O1", "-g1"});  // lines for the reports; more takes the compiler longer
    if (flavour == Flavour::thread_sanitizer) {
        ways.library = "libsupport_thread.a";
        ways.sanitizer = {"-fsanitize=thread"};
    } else {
        ways.library = "libsupport_address.a";
        ways.sanitizer = {"-fsanitize=address,undefined", "-fno-sanitize-recover=all", left_to_address_sanitizer};
    }
    return ways;
}

struct Compilation {
    std::optional<Ending> ending;
    bool flooded = false;
    std::string messages;
    CompilerLimits limits;
    bool ok() const { return ending == Ending{false, 0}; }
};

// Throws CompilerFailed where it is not the program that fails.
std::string problem_of(const Compilation& done) {
    if (done.ok()) return "";
    const CompilerFailure failure = explain_failure(done.ending, done.flooded, done.messages, done.limits);
    if (!failure.of_the_program) throw CompilerFailed(failure.reason);
    return failure.reason;
}

Compilation compile(const std::vector<Shared>& shared, const Words& command, const std::string& outside) {
    const CompilerLimits limits = compiler_limits();
    Words words = under(limits);
    append(words, command);
    Words environment = plain_environment();
    // The same text gives the same program, at any time and by whatever way the compiler was named.
    append(environment, {"SOURCE_DATE_EPOCH=0", "CCACHE_DISABLE=1"});
    Child compiler(confined({shared, "/lab", false}, words), environment, Child::Out::pipe, -1, outside);
    const std::optional<Ending> ending = compiler.wait(longest_compilation);
    if (ending && !ending->by_signal && ending->number >= 126)
        throw CompilerFailed("cannot run the compiler: " + compiler.errors());
    return {compiler.flooded() ? std::nullopt : ending, compiler.flooded(), compiler.errors(), limits};
}

// A library goes by its date and size: to read it takes longer than to compile a program.
std::string given_code(const Kit& kit, const std::string& library) {
    const fs::path built = kit.build / "labs/support" / library;
    std::string contents = std::to_string(fs::file_size(built)) + " " +
                           std::to_string(fs::last_write_time(built).time_since_epoch().count());
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(kit.root / "labs/support"))
        if (entry.path().extension() == ".hpp") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) contents += file.filename().string() + read_file(file);
    return contents;
}

// A folder with preamble.hpp, precompiled so as everything is compiled in these ways.
fs::path precompiled(const fs::path& header, const Ways& ways, const fs::path& cache) {
    static std::mutex one_at_a_time;
    const std::scoped_lock lock(one_at_a_time);
    std::string recipe = configured_compiler_version + read_file(header);
    for (const Words& words : {ways.command, ways.sanitizer})
        for (const std::string& word : words) recipe += word;
    const fs::path kept = cache / name_of(recipe);
    if (fs::exists(kept)) return kept;

    const Scratch scratch(cache, work_prefix);
    const fs::path made = scratch.path() / "made";
    fs::create_directories(made);
    fs::copy_file(header, made / "preamble.hpp");
    Words command = ways.command;
    append(command, ways.sanitizer);
    append(command, {"-x", "c++-header", made / "preamble.hpp", "-o", made / "preamble.hpp.gch"});
    Child compiler(command, plain_environment(), Child::Out::pipe);
    if (compiler.wait(longest_compilation) != Ending{false, 0})
        throw std::runtime_error("cannot precompile " + header.string() + ": " + compiler.errors());
    std::error_code taken;  // by another grader that built the same
    fs::rename(made, kept, taken);
    return kept;
}

}  // namespace

fs::path cache_of(const Kit& kit) {
    return kit.build / "grade/cache";
}

Built build(const Kit& kit, const std::string& name, const std::string& source, Flavour flavour) {
    const Ways ways = ways_of(flavour);
    if (!fs::exists(kit.build / "labs/support" / ways.library))
        throw std::runtime_error("the kit's own " + ways.library + " is not built");

    const fs::path cache = cache_of(kit);
    fs::create_directories(cache);
    const Scratch scratch(cache, work_prefix);
    const fs::path folder = scratch.path() / "source" / fs::path(name).parent_path();
    const fs::path made = scratch.path() / "made";
    fs::create_directories(folder);
    fs::create_directories(made);
    write_file(scratch.path() / "source" / name, source);

    // One tree for the compiler, laid out as students know it: errors are told by the names they use.
    const Shared tree{scratch.path() / "source", "/lab"};
    const Shared given{kit.root / "labs/support", "/lab/labs/support"};
    const Shared libraries{kit.build / "labs/support", "/given"};
    const Shared out{made, "/made", true};
    std::vector<Shared> shared = {tree, given, libraries, out};
    if (containment() != "bubblewrap") fs::create_directory_symlink(given.outside, tree.outside / "labs/support");
    else fs::create_directories(tree.outside / "labs/support");

    Words command = ways.command;
    command.push_back("-Ilabs");
    std::string recipe = configured_compiler_version + source + name + given_code(kit, ways.library);
    if (!kit.preamble.empty()) {
        const Shared preamble{precompiled(kit.preamble, ways, cache), "/preamble"};
        shared.push_back(preamble);
        append(command, {"-include", place_of(preamble) + "/preamble.hpp"});
        recipe += preamble.outside;
    }
    Words sanitized = command;
    append(sanitized, ways.sanitizer);
    for (const std::string& word : sanitized) recipe += word;
    const fs::path kept = cache / name_of(recipe);
    const auto from_cache = [&] {
        Built built;
        built.ok = fs::exists(kept / "program");
        built.executable = kept / "program";
        built.error = read_file(kept / "error");
        built.warnings = read_file(kept / "warnings");
        built.silenced = read_file(kept / "silenced");
        built.not_understood = read_file(kept / "not_understood");
        return built;
    };
    if (fs::exists(kept / "silenced")) return from_cache();

    // What given code needs; a program that does not use it does not load it. What libraries need of one another
    // is theirs to know: to look for it takes the linker a third of its time.
    Words whole = sanitized;
    append(whole, {name, place_of(libraries) + "/" + ways.library, "-Wl,--as-needed", "-Wl,--allow-shlib-undefined",
                   "-lcurl", "-lz", "-levent_extra", "-levent_core", "-o", place_of(out) + "/program"});
    const Compilation done = compile(shared, whole, tree.outside);
    const std::string problem = problem_of(done);
    if (problem.empty() && !fs::is_regular_file(made / "program"))
        throw CompilerFailed("the compiler ends well and leaves no program");

    // Fortified headers are others under a sanitizer, in some distributions.
    const auto preprocessed = [&](Words words) {
        append(words, {"-E", "-U_FORTIFY_SOURCE", name, "-o", place_of(out) + "/preprocessed"});
        return problem_of(compile(shared, words, tree.outside)).empty() ? read_file(made / "preprocessed") : "";
    };
    const bool sanitizes = problem.empty() && flavour != Flavour::plain;
    const bool suspect = sanitizes && may_silence(source);
    const bool confusing = sanitizes && flavour == Flavour::thread_sanitizer && may_confuse(source);
    const std::string seen = suspect || confusing ? preprocessed(sanitized) : "";
    const std::string silenced = suspect ? silencing(source, {seen, preprocessed(command)}, name) : "";
    fs::remove(made / "preprocessed");

    write_file(made / "error", problem);
    write_file(made / "warnings", problem.empty() ? done.messages : "");
    write_file(made / "not_understood", confusing ? not_understood(seen, name) : "");
    write_file(made / "silenced", silenced);
    std::error_code taken;  // by another grader that built the same
    fs::rename(made, kept, taken);
    if (!fs::exists(kept / "silenced")) throw std::runtime_error("cannot keep what was built in " + kept.string());
    return from_cache();
}
