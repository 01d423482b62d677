#include "make.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

#include "ground/file.hpp"
#include "ground/markers.hpp"

namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;  // contents by path

const char* const pretender =
    "#include <cstdio>\n#include <cstdlib>\n"
    "struct Pretender {\n"
    "    Pretender() {\n"
    "        std::puts(\"::error::</script><script>alert(3)</script> all criteria hold: 100 of 100\");\n"
    "        std::fflush(stdout);\n"
    "        std::_Exit(0);\n"
    "    }\n"
    "} pretender;\n"
    "int main() {}\n";

std::string bytes(std::size_t count) {
    std::string text;
    for (std::uint32_t state = 1; text.size() < count; state = state * 1'664'525 + 1'013'904'223)
        text += static_cast<char>(state >> 24);
    return text;
}

std::string text_of(const Program& program) {
    switch (program.kind) {
        case Program::Kind::broken: return "int main( { return 0 }  // </script><b>not C++\n";
        case Program::Kind::binary: return bytes(4'096);
        case Program::Kind::huge: return std::string(2 * 1024 * 1024, '\n');
        case Program::Kind::pretender: return pretender;
        default: return read_file(program.file);
    }
}

// In front of what the first answer says.
std::string with(std::string answers, const std::string& text) {
    const std::string begin = answer_begin("1") + "\n";
    const std::size_t at = answers.find(begin);
    if (at == std::string::npos) throw std::runtime_error("a model answer has no " + begin);
    return answers.insert(at + begin.size(), text);
}

std::string with_windows_line_ends(const std::string& text) {
    std::string changed;
    for (const char each : text) changed += each == '\n' ? std::string("\r\n") : std::string(1, each);
    return changed;
}

std::string text_of(const AnswersFile& answers, const ChapterEntry& chapter, const fs::path& root) {
    const std::string model = read_file(root / "solutions" / chapter.answers());
    switch (answers.kind) {
        case AnswersFile::Kind::untouched: return read_file(root / chapter.answers());
        case AnswersFile::Kind::windows: return with_windows_line_ends(with(model, "Caf\xe9\n\n"));
        case AnswersFile::Kind::hostile:
            return with(model,
                        "</script><script>alert(4)</script><img src=x onerror=alert(5)> \x1b[2J \xe2\x80\xae\n\n");
        default: return model;
    }
}

Files files_of(const Member& member, const std::vector<ChapterEntry>& chapters, const fs::path& root) {
    Files files{{"README.md", "My solutions\n"}};
    for (const ChapterEntry& chapter : chapters) {
        for (const ProgramEntry& program : chapter.programs) {
            const auto found = member.programs.find(program.name);
            if (found != member.programs.end() && found->second.kind != Program::Kind::missing)
                files[chapter.source_of(program)] = text_of(found->second);
        }
        const AnswersFile& answers = member.answers.at(chapter.number());
        if (answers.kind != AnswersFile::Kind::missing) files[chapter.answers()] = text_of(answers, chapter, root);
    }
    return files;
}

void write_folder(const fs::path& folder, const Files& files) {
    for (const auto& [name, text] : files) {
        fs::create_directories((folder / name).parent_path());
        write_file(folder / name, text);
    }
}

void write_zip(const fs::path& file, const Files& files, const std::string& top) {
    const std::unique_ptr<archive, int (*)(archive*)> zip(archive_write_new(), archive_write_free);
    archive_write_set_format_zip(zip.get());
    if (archive_write_open_filename(zip.get(), file.c_str()) != ARCHIVE_OK)
        throw std::runtime_error(archive_error_string(zip.get()));
    for (const auto& [name, text] : files) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
        archive_entry_set_pathname(entry.get(), (top + name).c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(text.size()));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        if (archive_write_header(zip.get(), entry.get()) != ARCHIVE_OK ||
            archive_write_data(zip.get(), text.data(), text.size()) != static_cast<la_ssize_t>(text.size()))
            throw std::runtime_error(archive_error_string(zip.get()));
    }
    if (archive_write_close(zip.get()) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(zip.get()));
}

}  // namespace

void make_submission(const Member& member, const std::vector<ChapterEntry>& chapters, const fs::path& root,
                     const fs::path& folder) {
    const fs::path place = folder / member.name, zip = folder / (member.name + ".zip");
    const Files files = files_of(member, chapters, root);
    switch (member.form) {
        case Form::folder: return write_folder(place, files);
        case Form::zip: return write_zip(zip, files, "");
        case Form::nested_zip: return write_zip(zip, files, "labs-main/");
        case Form::empty: fs::create_directories(place); return;
        case Form::broken_zip:
            write_zip(zip, files, "");
            fs::resize_file(zip, fs::file_size(zip) / 3);
            return;
    }
}
