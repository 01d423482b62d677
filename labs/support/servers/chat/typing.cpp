#include "support/servers/chat/typing.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <utility>

#include "support/one_line.hpp"
#include "support/write_all.hpp"

namespace {

bool begins_character(char byte) {
    return (byte & 0xc0) != 0x80;
}

std::size_t columns() {
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col : 80;
}

}  // namespace

Typing::Typing() {
    tcgetattr(STDIN_FILENO, &before_);
    termios keys = before_;
    keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
    tcsetattr(STDIN_FILENO, TCSANOW, &keys);
}

Typing::~Typing() {
    hide();
    tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

Typing::Key Typing::take(char key) {
    constexpr char ctrl_c = 3, ctrl_d = 4, backspace = 8, ctrl_u = 21, esc = 27, del = 127;
    if (inside_ != none) {
        if (inside_ == escape) inside_ = key == '[' || key == 'O' ? sequence : none;
        else if (key >= '@' && key <= '~') inside_ = none;
        return Key::more;
    }
    if (key == '\n' || key == '\r') return Key::enter;
    if (key == ctrl_c || (key == ctrl_d && line_.empty())) return Key::end;
    if (key == esc) inside_ = escape;
    else if (key == backspace || key == del) take_back();
    else if (key == ctrl_u) line_.clear();
    else if (!is_control(static_cast<unsigned char>(key))) line_ += key;
    return Key::more;
}

std::string Typing::entered() {
    return std::exchange(line_, {});
}

void Typing::take_back() {
    while (!line_.empty() && !begins_character(line_.back())) line_.pop_back();
    if (!line_.empty()) line_.pop_back();
}

void Typing::hide() const {
    write_all(STDOUT_FILENO, "\r\033[K");
}

void Typing::show() const {
    const std::string line = one_line(line_);
    auto begin = line.end();
    for (std::size_t left = columns() - 1; begin != line.begin() && left > 0;)
        if (begins_character(*--begin)) --left;
    write_all(STDOUT_FILENO, std::string(begin, line.end()));
}
