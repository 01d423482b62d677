// What the programs of chapter 6 are asked for.
#pragma once

#include <string>

struct ThumbnailOptions {
    std::string host = "http://127.0.0.1:8060", album = "harbour";
    std::string config = "assets/config.txt", out = "thumbnails";
    int width = 256;
    int connections = 8;    // downloads at once
    int workers = 2;        // that resize
    int queue = 4;          // places between the two, if there is a queue
    std::string client_id;  // from the file `config`
};

enum class Queue { none, bounded };  // bounded: there is a flag --queue

// Prints help or a refusal, and ends the program, as Options::parse does. The folder `out` is there afterwards.
ThumbnailOptions parse_thumbnail_options(int argc, char** argv, const std::string& purpose, Queue queue = Queue::none);
