#include "grader/build.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>
#include <stdexcept>

#include "config.hpp"
#include "grader/container.hpp"
#include "grader/scratch.hpp"

namespace {

namespace fs = std::filesystem;

constexpr const char* cpu_seconds = "60";
constexpr const char* memory_bytes = "2147483648";
constexpr const char* file_bytes = "268435456";
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

struct Ways {
    std::string library;
    std::vector<std::string> command;  // the compiler, its limits, and how it compiles
};

Ways ways_of(Flavour flavour) {
    Ways ways{"libsupport.a",
              {"prlimit",
               std::string("--cpu=") + cpu_seconds,
               std::string("--as=") + memory_bytes,
               std::string("--fsize=") + file_bytes,
               "--core=0",
               configured_compiler,
               "-std=c++20",
               "-O1",
               "-Wall",
               "-Wextra",
               "-fno-diagnostics-color",
               "-pthread"}};
    if (flavour != Flavour::plain) ways.command.push_back("-g1");  // lines for the reports; more takes the compiler longer
    if (flavour == Flavour::thread_sanitizer) {
        ways.library = "libsupport_thread.a";
        ways.command.push_back("-fsanitize=thread");
    } else if (flavour == Flavour::address_sanitizer) {
        ways.library = "libsupport_address.a";
        ways.command.insert(ways.command.end(),
                            {"-fsanitize=address,undefined", "-fno-sanitize-recover=all", left_to_address_sanitizer});
    }
    return ways;
}

// The lines as the compiler joins them: a backslash at the end of a line, spaces behind it or not.
std::string spliced(const std::string& source) {
    std::string text;
    for (std::size_t at = 0; at < source.size(); ++at) {
        if (source[at] == '\\') {
            const std::size_t end = source.find_first_not_of(" \t\v\f\r", at + 1);
            if (end != std::string::npos && source[end] == '\n') {
                at = end;
                continue;
            }
        }
        text += source[at];
    }
    return text;
}

bool has_word(const std::string& text, const std::string& word) {
    const auto in_a_name = [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; };
    for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += word.size()) {
        const bool begins = at == 0 || !in_a_name(text[at - 1]);
        if (begins && (at + word.size() == text.size() || !in_a_name(text[at + word.size()]))) return true;
    }
    return false;
}

// A word with which a program could keep a sanitizer from seeing or telling, or could know that there
// is one, in a comment or not; "" where there is none. Whoever pastes tokens together hides words:
// that counts as one. So does an asm, which names symbols as it likes and which no sanitizer sees.
std::string silencing_word(const std::string& written) {
    const std::string source = spliced(written);
    for (const char* word : {"no_sanitize", "__tsan", "__asan", "__lsan", "__ubsan", "__sanitizer", "__SANITIZE_",
                             "__has_feature", "disable_sanitizer", "AnnotateIgnore", "AnnotateBenign",
                             "AnnotateHappens"}) {
        if (source.find(word) != std::string::npos) return word;
    }
    for (const char* word : {"asm", "__asm", "__asm__"})
        if (has_word(source, word)) return word;
    std::istringstream lines(source);
    for (std::string line; std::getline(lines, line);) {
        const bool pastes = line.find("##") != std::string::npos || line.find("%:%:") != std::string::npos;
        if (pastes && line.find("define") != std::string::npos) return "## in a macro";
    }
    return "";
}

// The compiler's first error and the lines that show it, without the notes behind it.
std::string first_error(const std::string& messages) {
    std::istringstream lines(messages);
    std::string quoted;
    int taken = 0;
    for (std::string line; std::getline(lines, line) && taken < 6;) {
        const bool an_error = line.find("error:") != std::string::npos || line.find("undefined reference") != std::string::npos;
        const bool another = line.find(": note:") != std::string::npos || line.find(": warning:") != std::string::npos;
        if (taken == 0 ? !an_error : an_error || another) {
            if (taken > 0) break;
            continue;
        }
        quoted += (taken++ > 0 ? "\n" : "") + line;
    }
    return quoted.empty() ? messages.substr(0, 400) : quoted;
}

std::string explain_failure(const std::optional<Ending>& ending, const std::string& messages) {
    const auto says = [&](const char* words) { return messages.find(words) != std::string::npos; };
    if (!ending) return "does not compile: the compiler does not come to an end, or floods its output";
    if (says("CPU time limit exceeded") || *ending == Ending{true, SIGXCPU} || (says("Killed") && says("cc1plus")))
        return "does not compile within 60 s of processor time";
    if (says("out of memory") || says("virtual memory exhausted") || says("bad_alloc"))
        return "does not compile within 2 GiB of memory";
    if (says("File size limit exceeded") || says("File too large"))
        return "compiles to more than 256 MiB";
    return first_error(messages);
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
    for (const std::string& word : ways.command) recipe += word;
    const fs::path kept = cache / name_of(recipe);
    if (fs::exists(kept)) return kept;

    const Scratch scratch(cache, work_prefix);
    const fs::path made = scratch.path() / "made";
    fs::create_directories(made);
    fs::copy_file(header, made / "preamble.hpp");
    std::vector<std::string> command = ways.command;
    command.insert(command.end(), {"-x", "c++-header", made / "preamble.hpp", "-o", made / "preamble.hpp.gch"});
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

    std::vector<std::string> command = ways.command;
    command.push_back("-Ilabs");
    std::string recipe = configured_compiler_version + source + name + given_code(kit, ways.library);
    if (!kit.preamble.empty()) {
        const Shared preamble{precompiled(kit.preamble, ways, cache), "/preamble"};
        shared.push_back(preamble);
        command.insert(command.end(), {"-include", place_of(preamble) + "/preamble.hpp"});
        recipe += preamble.outside;
    }
    // What given code needs; a program that does not use it does not load it. What libraries need of one another
    // is theirs to know: to look for it takes the linker a third of its time.
    std::vector<std::string> last = {name, place_of(libraries) + "/" + ways.library, "-Wl,--as-needed", "-Wl,--allow-shlib-undefined", "-lcurl", "-lz",
                                     "-levent_extra", "-levent_core", "-o", place_of(out) + "/program"};

    for (const std::string& word : command) recipe += word;
    const fs::path kept = cache / name_of(recipe);
    const auto from_cache = [&] {
        Built built;
        built.ok = fs::exists(kept / "program");
        built.executable = kept / "program";
        built.error = read_file(kept / "error");
        built.warnings = read_file(kept / "warnings");
        built.silenced = silencing_word(source);
        return built;
    };
    if (fs::exists(kept / "silenced")) return from_cache();

    command.insert(command.end(), last.begin(), last.end());
    std::vector<std::string> environment = plain_environment();
    Child compiler(confined({shared, "/lab", false}, command), environment, Child::Out::pipe, -1,
                   tree.outside.string());
    const std::optional<Ending> ending = compiler.wait(longest_compilation);
    const bool ok = ending == Ending{false, 0} && fs::is_regular_file(made / "program");
    if (ending && !ending->by_signal && ending->number >= 126)
        throw std::runtime_error("cannot run the compiler: " + compiler.errors());

    write_file(made / "error", ok ? "" : explain_failure(ending, compiler.errors()));
    write_file(made / "warnings", ok ? compiler.errors() : "");
    write_file(made / "silenced", silencing_word(source));
    std::error_code taken;  // by another grader that built the same
    fs::rename(made, kept, taken);
    if (!fs::exists(kept / "silenced")) throw std::runtime_error("cannot keep what was built in " + kept.string());
    return from_cache();
}
