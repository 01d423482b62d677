#include "support/pnm.hpp"

#include <stdexcept>
#include <string>

#include "support/decode.hpp"

namespace {

constexpr int most_brightness = 65'535;

class Header {
  public:
    explicit Header(std::string_view bytes) : rest_(bytes) {}

    // A whole number from 1 to `most`, with one blank behind it.
    int number(const std::string& name, int most) {
        skip_blanks();
        int number = 0;
        while (is_digit() && number <= most) number = number * 10 + take() - '0';
        if (number < 1 || number > most || !is_blank())
            throw std::runtime_error("its " + name + " is not a whole number from 1 to " + std::to_string(most));
        take();
        return number;
    }

    std::string_view rest() const { return rest_; }

  private:
    bool is_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
    bool is_blank() const { return rest_.substr(0, 1).find_first_of(" \t\n\v\f\r") == 0; }

    char take() {
        const char first = rest_.front();
        rest_.remove_prefix(1);
        return first;
    }

    // Blanks, and comments from # to the end of the line.
    void skip_blanks() {
        for (bool comment = false; !rest_.empty(); take()) {
            if (rest_.front() == '#') comment = true;
            if (!comment && !is_blank()) return;
            if (rest_.front() == '\n' || rest_.front() == '\r') comment = false;
        }
    }

    std::string_view rest_;
};

}  // namespace

bool is_pnm(std::string_view bytes) {
    return bytes.substr(0, 2) == "P5" || bytes.substr(0, 2) == "P6";
}

Picture pnm_picture(std::string_view bytes) {
    const int channels = bytes.substr(0, 2) == "P6" ? 3 : 1;
    Header header(bytes.substr(2));
    Picture picture{header.number("width", longest_side), 0, 3, {}};
    picture.height = header.number("height", longest_side);
    const int most = header.number("greatest value", most_brightness);
    const std::size_t bytes_each = most > 255 ? 2 : 1;
    const std::size_t values = static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) *
                               static_cast<std::size_t>(channels);
    const std::string_view pixels = header.rest();
    if (pixels.size() / bytes_each < values) throw std::runtime_error("the file ends before its picture does");

    picture.pixels.reserve(values * (channels == 1 ? 3 : 1));
    for (std::size_t i = 0; i < values; ++i) {
        int value = static_cast<unsigned char>(pixels[i * bytes_each]);
        if (bytes_each == 2) value = value * 256 + static_cast<unsigned char>(pixels[i * 2 + 1]);
        if (value > most) throw std::runtime_error("a pixel is brighter than its greatest value");
        picture.pixels.insert(picture.pixels.end(), channels == 1 ? 3 : 1,
                              static_cast<std::uint8_t>((value * 255 + most / 2) / most));
    }
    return picture;
}
