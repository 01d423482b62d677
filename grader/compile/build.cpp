#include "grader/compile/build.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <stdexcept>

#include "config.hpp"
#include "grader/compile/compiler_limits.hpp"
#include "grader/compile/diagnostics.hpp"
#include "grader/compile/kept.hpp"
#include "grader/compile/not_understood.hpp"
#include "grader/compile/precompiled.hpp"
#include "grader/compile/silencing.hpp"
#include "grader/compile/whole_text.hpp"
#include "grader/contain/container.hpp"
#include "grader/contain/scratch.hpp"
#include "ground/file.hpp"
#include "ground/given_code.hpp"

namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

void append(Words& words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
}

struct Ways {
    std::string of_library;  // how libraries of given code that are built in these ways end
    Words command;           // the compiler, and how it compiles
    Words sanitizer;         // what the command says of it
    Words runtime;           // what is linked in the sanitizer's own place; none: that
};

// Answers the calls that the compiler adds to what is explored, and what the standard library asks of the system: it has
// to be found first (grader/explore/runtime/).
constexpr const char* player_runtime = "libplayed.a";

// The optimizer is that of ./kit run: what it makes of a program is what is graded. A sanitized build is there for
// what the sanitizer sees, and more optimizing would take away accesses before it sees them, and take the compiler
// longer.
Ways ways_of(Flavour flavour) {
    Ways ways{".a", {}, {}, {}};
    append(ways.command, {std::begin(configured_compiler), std::end(configured_compiler)});
    append(ways.command, {"-std=c++20", "-Wall", "-Wextra", "-fno-diagnostics-color", "-pthread"});
    append(ways.command, {std::begin(exercise_options), std::end(exercise_options)});
    if (!is_instrumented(flavour)) return ways;
    append(ways.command, {"-O1", "-g1"});  // lines for the reports; more takes the compiler longer
    if (flavour == Flavour::address_sanitizer) {
        ways.of_library = "_address.a";
        ways.sanitizer = {"-fsanitize=address,undefined", "-fno-sanitize-recover=all", left_to_address_sanitizer};
        return ways;
    }
    ways.of_library = "_thread.a";
    if (is_explored(flavour)) {
        ways.sanitizer = {std::begin(played_options), std::end(played_options)};
        ways.runtime = {std::begin(beside_played), std::end(beside_played)};
    } else {
        ways.sanitizer = {"-fsanitize=thread"};
    }
    return ways;
}

// What the program's chapter names: libraries of given code by their files, and what the linker has to find for them.
struct Given {
    Words libraries, found;
};

// For compiler and linker. The precompiled preamble is of no use with it, so only who says so has it.
constexpr const char* openmp = "-fopenmp";

bool uses_openmp(const std::string& source) {
    static const std::regex mentions(R"(pragma[\s("]+omp\b|\bomp\.h\b)", std::regex::icase);
    return std::regex_search(source, mentions);
}

// Throws std::runtime_error where the kit has not got it.
Given given_for(const Kit& kit, const std::string& name, const std::string& source, const Ways& ways) {
    const std::string chapter = fs::path(name).parent_path().filename().string();
    if (const std::string missing = missing_for(kit.build, chapter); !missing.empty())
        throw std::runtime_error(missing);
    Given given;
    for (const std::string& word : linked_with(kit.build, chapter)) {
        if (word == openmp && !uses_openmp(source)) continue;
        if (word.front() == '-') given.found.push_back(word);
        else given.libraries.push_back("lib" + word + ways.of_library);
    }
    for (const std::string& library : given.libraries)
        if (!fs::exists(kit.build / "labs/support" / library))
            throw std::runtime_error("the kit's own " + library + " is not built");
    return given;
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

void add_library(Recipe& recipe, const fs::path& built) {
    recipe.add(std::to_string(fs::file_size(built)));
    recipe.add(std::to_string(fs::last_write_time(built).time_since_epoch().count()));
}

// What goes into every program: a library by its date and size, since to read it takes longer than to compile a
// program, and the headers' text, which is kept once and goes by its place from then on.
void add_given_code(Recipe& recipe, const Kit& kit, const Words& libraries) {
    for (const std::string& library : libraries) add_library(recipe, kit.build / "labs/support" / library);
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(kit.root / "labs/support"))
        if (entry.path().extension() == ".hpp") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    Recipe headers;
    for (const fs::path& file : files) {
        headers.add(file.filename().string());
        headers.add(read_file(file));
    }
    std::optional<fs::path> place = kept(cache_of(kit), headers);
    if (!place) {
        const Scratch made(cache_of(kit), work_prefix);
        place = keep(cache_of(kit), headers, made.path());
    }
    recipe.add(place->filename().string());
}

void add_words(Recipe& recipe, const Words& words) {
    for (const std::string& word : words) recipe.add(word);
}

// One tree for the compiler, laid out as students know it: errors are told by the names they use.
class Workplace {
  public:
    Workplace(const Kit& kit, const std::string& name, const std::string& source)
        : scratch_(cache_of(kit), work_prefix), libraries_{kit.build / "labs/support", "/given"}, name_(name) {
        fs::create_directories((tree_.outside / name).parent_path());
        fs::create_directories(made());
        write_file(tree_.outside / name, source);
        const Shared given{kit.root / "labs/support", "/lab/labs/support"};
        if (containment() != "bubblewrap") fs::create_directory_symlink(given.outside, tree_.outside / "labs/support");
        else fs::create_directories(tree_.outside / "labs/support");
        shared_ = {tree_, given, libraries_, out_};
    }

    fs::path made() const { return out_.outside; }

    // Of the whole program. What given code needs stands behind it; a program that does not use it does not load it.
    // What libraries need of one another is theirs to know: to look for it takes the linker a third of its time.
    Compilation compile_whole(const Ways& ways, const Given& given,
                              const std::optional<fs::path>& preamble_folder) const {
        std::vector<Shared> shared = shared_;
        Words command = ways.command;
        if (preamble_folder) {
            const Shared preamble{*preamble_folder, "/preamble"};
            shared.push_back(preamble);
            append(command, {"-include", place_of(preamble) + "/preamble.hpp"});
        }
        append(command, ways.sanitizer);
        append(command, {"-Ilabs", name_});
        for (const std::string& library : given.libraries) command.push_back(place_of(libraries_) + "/" + library);
        append(command, {std::begin(linker_options), std::end(linker_options)});
        append(command, given.found);
        if (!ways.runtime.empty()) {
            append(command, {"-Wl,--whole-archive", place_of(libraries_) + "/" + player_runtime});
            // Doubles stand before the given code that they take the place of.
            append(command, {"-Wl,--no-whole-archive", "-Wl,-z,muldefs"});
            append(command, ways.runtime);
        }
        append(command, {"-o", place_of(out_) + "/program"});
        return compile(shared, command, tree_.outside);
    }

    // "" where that does not work.
    std::string preprocessed(Words command) const {
        // Fortified headers are others under a sanitizer, in some distributions.
        append(command, {"-Ilabs", "-E", "-U_FORTIFY_SOURCE", name_, "-o", place_of(out_) + "/preprocessed"});
        const bool ok = problem_of(compile(shared_, command, tree_.outside)).empty();
        const std::string text = ok ? read_if_there(made() / "preprocessed") : "";
        fs::remove(made() / "preprocessed");
        return text;
    }

  private:
    const Scratch scratch_;
    const Shared libraries_;
    const std::string name_;
    const Shared tree_{scratch_.path() / "source", "/lab"};
    const Shared out_{scratch_.path() / "made", "/made", true};
    std::vector<Shared> shared_;
};

// Names of a preamble may be in a program's way; then the program's own includes are all that there is.
Compilation compile_somehow(const Workplace& workplace, const Ways& ways, const Given& given,
                            const std::optional<fs::path>& preamble) {
    if (preamble) {
        const Compilation done = workplace.compile_whole(ways, given, preamble);
        if (done.ok()) return done;
    }
    return workplace.compile_whole(ways, given, std::nullopt);
}

Built built_in(const fs::path& place) {
    Built built;
    built.ok = fs::exists(place / "program");
    built.executable = place / "program";
    built.error = read_file(place / "error");
    built.warnings = read_file(place / "warnings");
    built.silenced = read_file(place / "silenced");
    built.not_understood = read_file(place / "not_understood");
    return built;
}

}  // namespace

fs::path cache_of(const Kit& kit) {
    return kit.build / "grade/cache";
}

Built build(const Kit& kit, const std::string& name, const std::string& own, Flavour flavour) {
    const std::string source = whole_text(flavour, kit.root, name, own);
    const Ways ways = ways_of(flavour);
    const Given given = given_for(kit, name, source, ways);
    fs::create_directories(cache_of(kit));
    const bool sanitizes = is_instrumented(flavour);
    const bool behind_preamble = sanitizes || kit.all_behind_preamble;

    Recipe recipe;
    for (const std::string& part : {std::string(configured_compiler_version), name, source}) recipe.add(part);
    recipe.add(behind_preamble ? "behind a preamble" : "");
    add_words(recipe, ways.command);
    add_words(recipe, ways.sanitizer);
    if (!ways.runtime.empty()) {
        add_words(recipe, ways.runtime);
        add_library(recipe, kit.build / "labs/support" / player_runtime);
    }
    add_given_code(recipe, kit, given.libraries);
    add_words(recipe, given.found);
    add_words(recipe, {std::begin(linker_options), std::end(linker_options)});
    if (const std::optional<fs::path> place = kept(cache_of(kit), recipe)) return built_in(*place);

    const Workplace workplace(kit, name, source);
    const Compilation done = compile_somehow(
        workplace, ways, given, behind_preamble ? precompiled(kit, ways.command, ways.sanitizer) : std::nullopt);
    const std::string problem = problem_of(done);
    if (problem.empty() && !fs::is_regular_file(workplace.made() / "program"))
        throw CompilerFailed("the compiler ends well and leaves no program");

    Words sanitized = ways.command;
    append(sanitized, ways.sanitizer);
    const bool suspect = sanitizes && problem.empty() && may_silence(own);
    const bool confusing = flavour == Flavour::thread_sanitizer && problem.empty() && may_confuse(own);
    const std::string seen = suspect || confusing ? workplace.preprocessed(sanitized) : "";
    const std::string silenced = suspect ? silencing(own, {seen, workplace.preprocessed(ways.command)}, name) : "";

    write_file(workplace.made() / "error", problem);
    write_file(workplace.made() / "warnings", problem.empty() ? done.messages : "");
    write_file(workplace.made() / "not_understood", confusing ? not_understood(seen, name) : "");
    write_file(workplace.made() / "silenced", silenced);
    return built_in(keep(cache_of(kit), recipe, workplace.made()));
}

void precompile(const Kit& kit) {
    for (const Flavour flavour : all_flavours) {
        if (!is_instrumented(flavour)) continue;
        const Ways ways = ways_of(flavour);
        precompiled(kit, ways.command, ways.sanitizer);
    }
}
