#include "tools/keys.hpp"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace {

// Each key at once, and not shown, for as long as this lives.
class SingleKeys {
  public:
    SingleKeys() {
        tcgetattr(STDIN_FILENO, &before_);
        termios now = before_;
        now.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &now);
    }
    ~SingleKeys() { tcsetattr(STDIN_FILENO, TCSANOW, &before_); }
    SingleKeys(const SingleKeys&) = delete;
    SingleKeys& operator=(const SingleKeys&) = delete;

  private:
    termios before_{};
};

}  // namespace

std::optional<std::string> next_answer(bool one_key) {
    std::cout << std::flush;
    if (isatty(STDIN_FILENO) && one_key) {
        const SingleKeys single;
        char key = 0;
        constexpr char end_of_input = 4;  // Ctrl-D
        if (read(STDIN_FILENO, &key, 1) != 1 || key == end_of_input) return std::nullopt;
        const std::string answer = key == '\n' || key == '\r' ? "" : std::string(1, key);
        std::cout << answer << '\n';
        return answer;
    }
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    if (!isatty(STDIN_FILENO)) std::cout << line << '\n';
    return line;
}
