// Messages over a pipe that stays open.
#include "support/frame.hpp"

#include <unistd.h>

#include <csignal>
#include <thread>

#include "bench/catch.hpp"
#include "support/descriptor.hpp"

namespace {

struct Pipe {
    Descriptor reader, writer;
    Pipe() {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        reader = Descriptor(ends[0]);
        writer = Descriptor(ends[1]);
    }
};

}  // namespace

TEST_CASE("messages arrive one by one, however long they are") {
    Pipe pipe;
    const std::string messages[] = {"", "a", std::string("\0\n\xff", 3), std::string(1'000'000, 'x')};
    std::jthread writing([&] {
        for (const std::string& message : messages) write_frame(pipe.writer.number(), message);
        pipe.writer.close();
    });
    for (const std::string& message : messages) CHECK(read_frame(pipe.reader.number()) == message);
    CHECK_FALSE(read_frame(pipe.reader.number()).has_value());
}

TEST_CASE("a message that breaks off is none") {
    Pipe pipe;
    REQUIRE(write(pipe.writer.number(), "\x05\0\0\0\0\0\0\0abc", 11) == 11);
    pipe.writer.close();
    CHECK_FALSE(read_frame(pipe.reader.number()).has_value());
}

TEST_CASE("nobody reads any more: that is told") {
    std::signal(SIGPIPE, SIG_IGN);
    Pipe pipe;
    pipe.reader.close();
    CHECK_FALSE(write_frame(pipe.writer.number(), "a"));
    std::signal(SIGPIPE, SIG_DFL);
}
