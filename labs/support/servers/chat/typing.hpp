// The line that is being typed on a terminal, so that what others say can be printed above it.
//
// Backspace and Ctrl-U delete, Ctrl-D and Ctrl-C end it all; other keys that are no characters do nothing. For as long
// as the object lives the terminal hands over each key at once, and shows nothing by itself.
#pragma once

#include <termios.h>

#include <string>

class Typing {
  public:
    Typing();
    ~Typing();
    Typing(const Typing&) = delete;
    Typing& operator=(const Typing&) = delete;

    enum class Key { more, enter, end };
    Key take(char key);     // one byte of what was typed
    std::string entered();  // the line, once, after Key::enter

    void hide() const;  // before something else is printed
    void show() const;  // below it; its end, where there is no room for all

  private:
    void take_back();

    termios before_{};
    std::string line_;
    enum { none, escape, sequence } inside_ = none;  // ESC [ A is one key
};
