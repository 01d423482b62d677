// How much is done at once follows what a container may use, not what the machine has.
#include "grader/compile/turns.hpp"

#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

constexpr std::uint64_t gigabyte = std::uint64_t{1} << 30;
const Allowance machine{16, 64 * gigabyte};

}  // namespace

TEST_CASE("without control groups the machine is there to be used") {
    const Folder none;
    const Allowance left = within_groups(machine, none.path(), "0::/\n");
    CHECK(left.processors == 16);
    CHECK(left.memory == 64 * gigabyte);
    CHECK(within_groups(machine, none.path(), "no such thing").processors == 16);
}

TEST_CASE("the limits of version 2 are those of a group and of all above it") {
    const Folder mounted;
    mounted.write("cpu.max", "max 100000\n");
    mounted.write("memory.max", "max\n");
    mounted.write("a/cpu.max", "150000 100000\n");
    mounted.write("a/memory.max", "8589934592\n");
    mounted.write("a/b/cpu.max", "800000 100000\n");
    mounted.write("a/b/memory.max", "2147483648\n");
    const Allowance left = within_groups(machine, mounted.path(), "0::/a/b\n");
    CHECK(left.processors == 2);  // one and a half
    CHECK(left.memory == 2 * gigabyte);
    CHECK(within_groups(machine, mounted.path(), "0::/a\n").memory == 8 * gigabyte);
}

TEST_CASE("the limits of version 1 are each in the folder of its controller") {
    const Folder mounted;
    mounted.write("cpu/jobs/cpu.cfs_quota_us", "50000\n");
    mounted.write("cpu/jobs/cpu.cfs_period_us", "100000\n");
    mounted.write("memory/jobs/memory.limit_in_bytes", "1073741824\n");
    const Allowance left = within_groups(machine, mounted.path(), "4:memory:/jobs\n1:cpu,cpuacct:/jobs\n0::/\n");
    CHECK(left.processors == 1);
    CHECK(left.memory == gigabyte);
}

TEST_CASE("in a container a group is known by its name outside, and found at the top") {
    const Folder mounted;
    mounted.write("cpu/cpu.cfs_quota_us", "-1\n");
    mounted.write("cpu/cpu.cfs_period_us", "100000\n");
    mounted.write("memory/memory.limit_in_bytes", "1073741824\n");
    const Allowance left =
        within_groups(machine, mounted.path(), "4:memory:/docker/0123\n1:cpu,cpuacct:/docker/0123\n");
    CHECK(left.processors == 16);
    CHECK(left.memory == gigabyte);
    mounted.write("memory.max", "536870912\n");
    CHECK(within_groups(machine, mounted.path(), "0::/../../other\n").memory == gigabyte / 2);
}

TEST_CASE("turns are two for each processor, as far as the memory goes, and one at least") {
    CHECK(turns_for({2, 64 * gigabyte}) == 4);
    CHECK(turns_for({16, 2 * gigabyte}) == 4);
    CHECK(turns_for({4, gigabyte / 8}) == 1);
    CHECK(turns_for({1, UINT64_MAX}) == 2);
}
