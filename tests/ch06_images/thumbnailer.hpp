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
    int connections = 0, workers = 0, queue = 0;  // 0: the program's default: 8, 2, 4
    int width = 32;
    Words strange = {};  // paths of further pictures in the album, behind the others
};

// The pictures of the album, which count from 1: each is different, and has 1 to 4 channels. All are small but one.
constexpr std::size_t the_large_one = 27;
Picture picture_of(std::size_t number);
std::string name_of(std::size_t number);  // "p1"
std::string line_of(std::size_t number, int width);
std::string failed_line_of(std::size_t number);  // stands for any line that begins so and gives a reason: lines.hpp
std::string readme(int step);
// The step that goes with the program that is judged: thumbnails_threads, _processes, _pipeline.
std::string readme_of(int threads, int processes, int pipeline);
bool is_pipeline();
bool is_processes();

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
    std::size_t times_asked(std::size_t number) const;
    std::size_t ever_asked() const;  // for how many pictures; each counts once

    void send(const HttpRequest& request);  // the whole picture
    Rest serve_all();                       // each picture, now and as it is asked for
    Rest serve_all_but(std::size_t number);
    using Server = std::function<void(std::size_t number, const HttpRequest&)>;
    void serve(Server server);  // from now on each picture by it, as it is asked for

    // Of a program with Policy::hold_renames: thumbnails that are done and have no name yet, the number of one, and
    // how it goes on. Files of other names get them at once.
    std::vector<Held> finished() const;
    static std::size_t number_of(const Held& finished);
    Rest let_finish(const std::vector<Held>& finished);
    Rest let_all_finish();  // as they come, to where there are none

    // Who pauses for at least as long as a host has asked for. settle lets other sleepers go.
    std::vector<Held> pausing(Nanoseconds at_least) const;
    Nanoseconds held_pauses{};  // from so long on they are left to the criterion; 0: none is

    std::filesystem::path file_of(std::size_t number) const;
    std::size_t files() const;                // how many thumbnails are there, whole or not
    bool has_told(std::size_t number) const;  // its line is there, and says that it was done

    // How the thumbnail is not what it should be: missing, of another size, or another picture; "" where it is right.
    std::string wrong_thumbnail(std::size_t number) const;
    // Of a whole run in which all pictures but these are to become thumbnails: what is wrong, or "".
    std::string wrong_album(Rest rest, const std::vector<std::size_t>& failing = {});
    // The same, of pictures of which some may have become thumbnails and may have failed.
    std::string wrong_album_but(Rest rest, const std::vector<std::size_t>& perhaps);

  protected:
    Rest settle_once() override;
    std::vector<Held> bystanders() const override;

  private:
    ThumbnailPlan plan_;
};
