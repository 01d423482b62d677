// A class that nobody taught: for each student, what is handed in and which verdicts that must get. The same numbers
// give the same class each time.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ground/caught.hpp"
#include "ground/manifest.hpp"

enum class Form {
    folder,
    zip,
    nested_zip,  // all of it in one folder further down, as GitHub makes them
    empty,       // a folder with nothing in it: nothing can be graded
    broken_zip,  // half of a zip: the same
};

// What one program of a student is.
struct Program {
    enum class Kind {
        right,
        wrong,     // fails by the criteria that it names
        starter,   // as it was handed out
        missing,   // the file is not there,
        broken,    // does not compile,
        binary,    // holds random bytes,
        huge,      // is too large: nothing is built
        pretender  // prints a perfect report from a constructor, and ends
    };
    Kind kind = Kind::missing;
    std::filesystem::path file;  // where it is taken from, if anywhere
    std::vector<Caught> caught;  // of a wrong one
};

struct AnswersFile {
    enum class Kind { missing, untouched, model, windows, hostile };
    Kind kind = Kind::missing;
    bool counts() const { return kind != Kind::missing && kind != Kind::untouched; }
};

struct Member {
    std::string name;  // of the folder or zip, without ".zip"
    Form form = Form::folder;
    std::map<std::string, Program> programs;     // by name
    std::map<std::string, AnswersFile> answers;  // by chapter's number

    bool is_readable() const { return form != Form::empty && form != Form::broken_zip; }
};

// `root` is the kit's folder.
std::vector<Member> planned_class(const std::vector<ChapterEntry>& chapters, const std::filesystem::path& root,
                                  int size);
