// Right    Raw pthreads, a ring buffer and printf. Each producer has its own range of numbers.

#include <pthread.h>

#include <cstdint>
#include <cstdio>
#include <vector>

#include "support/queue_options.hpp"

struct Ring {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t not_full = PTHREAD_COND_INITIALIZER, not_empty = PTHREAD_COND_INITIALIZER;
    std::vector<long long> places;
    std::size_t first = 0, size = 0, peak = 0;
    bool closed = false;
};

void put(Ring& ring, long long item) {
    pthread_mutex_lock(&ring.mutex);
    while (ring.size == ring.places.size()) pthread_cond_wait(&ring.not_full, &ring.mutex);
    ring.places[(ring.first + ring.size++) % ring.places.size()] = item;
    if (ring.size > ring.peak) ring.peak = ring.size;
    pthread_cond_signal(&ring.not_empty);
    pthread_mutex_unlock(&ring.mutex);
}

bool take(Ring& ring, long long& item) {
    pthread_mutex_lock(&ring.mutex);
    while (ring.size == 0 && !ring.closed) pthread_cond_wait(&ring.not_empty, &ring.mutex);
    const bool taken = ring.size > 0;
    if (taken) {
        item = ring.places[ring.first];
        ring.first = (ring.first + 1) % ring.places.size();
        --ring.size;
        pthread_cond_signal(&ring.not_full);
    }
    pthread_mutex_unlock(&ring.mutex);
    return taken;
}

struct Actor {
    Ring* ring;
    long long from = 0, to = 0;  // for a producer
    long long count = 0, sum = 0;
    pthread_t thread{};
};

void* produce(void* argument) {
    const Actor& self = *static_cast<Actor*>(argument);
    for (long long item = self.from; item <= self.to; ++item) put(*self.ring, item);
    return nullptr;
}

void* consume(void* argument) {
    Actor& self = *static_cast<Actor*>(argument);
    for (long long item; take(*self.ring, item); ++self.count) self.sum += item;
    return nullptr;
}

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    Ring ring;
    ring.places.resize(options.capacity);
    const long long items = options.items;
    const long long all = options.producers;
    std::vector<Actor> producers, consumers(static_cast<std::size_t>(options.consumers), Actor{&ring});
    for (long long i = 0; i < all; ++i) producers.push_back({&ring, items * i / all + 1, items * (i + 1) / all});
    for (Actor& actor : producers) pthread_create(&actor.thread, nullptr, produce, &actor);
    for (Actor& actor : consumers) pthread_create(&actor.thread, nullptr, consume, &actor);

    for (Actor& actor : producers) pthread_join(actor.thread, nullptr);
    pthread_mutex_lock(&ring.mutex);
    ring.closed = true;
    pthread_cond_broadcast(&ring.not_empty);
    pthread_mutex_unlock(&ring.mutex);
    long long count = 0, sum = 0;
    for (Actor& actor : consumers) {
        pthread_join(actor.thread, nullptr);
        count += actor.count;
        sum += actor.sum;
    }
    std::printf("consumed %lld items, sum %lld, peak %zu\n", count, sum, ring.peak);
}
