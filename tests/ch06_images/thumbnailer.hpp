// A program that makes thumbnails, the host that it asks, and the folder that it writes to: what the criteria of chapter
// 6 share. The host lists an album of small pictures at once, and holds every request for one of them.
#pragma once

#include <string>
#include <vector>

#include "bench/asking.hpp"
#include "grader/contain/scratch.hpp"
#include "support/picture.hpp"

struct ThumbnailPlan {
    std::size_t pictures = 12;
    int connections = 0;  // 0: the program's default, 8
    int width = 32;
    std::string config = "client_id=a-client\n";
    Words more = {};  // further flags
};

// The pictures of the album, which count from 1: each is different, and has 1 to 4 channels.
Picture picture_of(std::size_t number);
std::string name_of(std::size_t number);  // "p1"
std::string line_of(std::size_t number, int width);
std::string failed_line_of(std::size_t number);  // stands for any line that begins so and gives a reason: lines.hpp
std::string readme(int step);

// A base of its own, because it has to outlive the program.
struct WithFolder {
    Scratch folder{std::filesystem::temp_directory_path(), scratch_prefix};
};

class Thumbnailer : public WithFolder, public Asking {
  public:
    explicit Thumbnailer(const ThumbnailPlan& plan, const Setting& setting = {}, Flavour flavour = Flavour::plain);

    // Requests for pictures that the host holds now, and the number of the picture that one asks for.
    std::vector<HttpRequest> held() const;
    static std::size_t number_of(const HttpRequest& request);
    std::vector<std::size_t> ever_asked() const;  // in order

    void send(const HttpRequest& request);  // the whole picture
    Rest serve_all();                       // each picture, now and as it is asked for

    // How the thumbnail is not what it should be: missing, of another size, or another picture; "" where it is right.
    std::string wrong_thumbnail(std::size_t number) const;
    // Of a whole run in which all pictures but these are to become thumbnails: what is wrong, or "".
    std::string wrong_album(Rest rest, const std::vector<std::size_t>& failing = {});

  private:
    ThumbnailPlan plan_;
};
