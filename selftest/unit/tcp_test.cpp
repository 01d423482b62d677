// The table of connections, read to its last row.
#include "grader/network/tcp.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "bench/catch.hpp"
#include "grader/contain/loopback.hpp"
#include "support/descriptor.hpp"

TEST_CASE("every connection is seen, whatever number of pages they fill") {
    int port = 0;
    const Descriptor listener(listen_on_loopback(port));
    REQUIRE(listener.is_open());
    const sockaddr_in name = on_loopback(port);

    std::vector<Descriptor> callers;
    for (const std::size_t wanted : {0U, 1U, 12U, 13U, 14U, 26U, 27U, 28U, 200U}) {
        while (callers.size() < wanted) {
            Descriptor caller(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
            REQUIRE(connect(caller.number(), reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0);
            callers.push_back(std::move(caller));
        }
        const std::vector<TcpEnd> ends = tcp_ends(getpid());
        const auto to_it =
            std::count_if(ends.begin(), ends.end(), [port](const TcpEnd& end) { return end.remote == port; });
        CHECK(to_it == static_cast<long>(wanted));
    }
}
