// The style sheet and the scripts of the pages, as they are in this folder, with the hash by which a page's
// Content-Security-Policy knows each.
#pragma once

struct Asset {
    const char* text;
    const char* sha256;  // hexadecimal
};

extern const Asset style_sheet;
// Each begins with what all of them have in common.
extern const Asset student_script, class_script, question_script;
