// A TCP connection between the grader and the program under test. It knows bytes, and nothing of what they say: what is
// to be sent waits here until the other end takes it, and what has come is kept until its owner takes it away.
//
// Never blocks, and reports no error: of a connection that broke, what was still to be sent is dropped, and the next
// look at what came says so. Not thread-safe. Closes its socket when it is destroyed.
#pragma once

#include <cstddef>
#include <string>

#include "support/descriptor.hpp"

class Connection {
  public:
    // Takes over a non-blocking socket, connected or not.
    explicit Connection(int socket);

    int socket() const { return socket_.number(); }
    bool is_open() const { return socket_.is_open(); }
    void close() { socket_.close(); }

    // Sends what goes at once. The rest waits for write_some.
    void send(const std::string& bytes);
    bool write_some();  // true where anything moved
    bool all_sent() const { return out_.empty(); }
    void drop_unsent() { out_.clear(); }

    // Takes in a piece of what has come, and adds it to `in`, which is the owner's to shorten.
    enum class Came { nothing, bytes, end, failure };
    Came read_piece();
    std::string in;

    // From now on until the kernel thinks otherwise: so that none of the other end's bytes seem to be on their way.
    void acknowledge_at_once();

    // Something was sent, and not acknowledged.
    bool is_in_transit() const;

  private:
    Descriptor socket_;
    std::string out_;
    std::size_t sent_ = 0;  // of out_
};
