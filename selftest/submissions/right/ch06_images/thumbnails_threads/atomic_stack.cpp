// Right    No lock: threads push arrivals onto an atomic stack. main takes the whole stack, and waits
//          on the atomic while it is empty.

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    std::size_t picture;
    Downloaded downloaded;
    Arrival* below = nullptr;
};

class Stack {
  public:
    void push(std::unique_ptr<Arrival> arrival) {
        arrival->below = top_;
        while (!top_.compare_exchange_weak(arrival->below, arrival.get())) {
        }
        arrival.release();  // the stack owns it from here on
        top_.notify_one();
    }

    // Returns the arrivals, oldest first. Sleeps until there is one.
    std::vector<std::unique_ptr<Arrival>> take_all() {
        top_.wait(nullptr);
        std::vector<std::unique_ptr<Arrival>> all;
        for (Arrival* one = top_.exchange(nullptr); one != nullptr; one = all.back()->below) all.emplace_back(one);
        std::reverse(all.begin(), all.end());
        return all;
    }

  private:
    std::atomic<Arrival*> top_ = nullptr;
};

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Stack stack;
    std::atomic_size_t next = 0;
    std::vector<std::jthread> downloaders;
    while (downloaders.size() < static_cast<std::size_t>(options.connections) && downloaders.size() < album.size()) {
        downloaders.emplace_back([&] {
            for (std::size_t i = next.fetch_add(1); i < album.size(); i = next.fetch_add(1))
                stack.push(std::make_unique<Arrival>(Arrival{i, download(album[i])}));
        });
    }
    for (std::size_t left = album.size(); left > 0;) {
        for (const std::unique_ptr<Arrival>& arrival : stack.take_all()) {
            const Listed& picture = album[arrival->picture];
            report.add(picture.name, make_thumbnail(picture, arrival->downloaded, options));
            --left;
        }
    }
    return report.finish();
}

int main(int argc, char** argv) {
    const ThumbnailOptions options = parse_thumbnail_options(argc, argv, "downloads by threads, resizes in main");
    try {
        return make_thumbnails(options);
    } catch (const NoAlbum& error) {
        print_error("thumbnails_threads: ", error.what());
        return 1;
    }
}
