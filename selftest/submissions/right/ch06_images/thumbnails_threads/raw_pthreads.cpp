// Right    Raw pthreads: a pthread_mutex_t and a pthread_cond_t guard a linked list of arrivals.

#include <pthread.h>

#include <cstdlib>
#include <utility>
#include <vector>

#include "support/album.hpp"
#include "support/print.hpp"
#include "support/thumbnail.hpp"
#include "support/thumbnail_report.hpp"

struct Arrival {
    std::size_t picture;
    Downloaded downloaded;
    Arrival* next;
};

struct Shared {
    const std::vector<Listed>* album;
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t news = PTHREAD_COND_INITIALIZER;
    std::size_t next = 0;  // guarded by mutex, as the list is
    Arrival* first = nullptr;
    Arrival** end = &first;
};

void* download_some(void* argument) {
    Shared& shared = *static_cast<Shared*>(argument);
    for (;;) {
        pthread_mutex_lock(&shared.mutex);
        const std::size_t i = shared.next;
        if (i < shared.album->size()) ++shared.next;
        pthread_mutex_unlock(&shared.mutex);
        if (i == shared.album->size()) return nullptr;

        Arrival* const arrival = new Arrival{i, download((*shared.album)[i]), nullptr};
        pthread_mutex_lock(&shared.mutex);
        *shared.end = arrival;
        shared.end = &arrival->next;
        pthread_cond_signal(&shared.news);
        pthread_mutex_unlock(&shared.mutex);
    }
}

Arrival* take(Shared& shared) {
    pthread_mutex_lock(&shared.mutex);
    while (shared.first == nullptr) pthread_cond_wait(&shared.news, &shared.mutex);
    Arrival* const arrival = shared.first;
    shared.first = arrival->next;
    if (shared.first == nullptr) shared.end = &shared.first;
    pthread_mutex_unlock(&shared.mutex);
    return arrival;
}

int make_thumbnails(const ThumbnailOptions& options) {
    const std::vector<Listed> album = list_album(options);
    ThumbnailReport report(album.size());
    Shared shared;
    shared.album = &album;
    std::vector<pthread_t> threads;
    for (int i = 0; i < options.connections && threads.size() < album.size(); ++i) {
        pthread_t thread;
        if (pthread_create(&thread, nullptr, download_some, &shared) != 0) {
            print_error("thumbnails_threads: no thread can be started");
            std::_Exit(1);
        }
        threads.push_back(thread);
    }
    for (std::size_t left = album.size(); left > 0; --left) {
        Arrival* const arrival = take(shared);
        const Listed& picture = album[arrival->picture];
        report.add(picture.name, make_thumbnail(picture, arrival->downloaded, options));
        delete arrival;
    }
    for (const pthread_t thread : threads) pthread_join(thread, nullptr);
    pthread_cond_destroy(&shared.news);
    pthread_mutex_destroy(&shared.mutex);
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
