// Runs COMMAND as a container's runtime or a lab machine would let it run, as far as that can be done without being
// root:
//
//   confine [--refuse WHAT]... [--limit WHAT=N]... [--cpus N] [--memory MIB] [--docker] [--listener]
//           [--tmp full|noexec] -- COMMAND
//
//   --refuse    getfd, vm, ptrace, personality, userns or seccomp: the calls answer EPERM
//   --limit     nofile, nproc, as, cpu or fsize: a hard limit
//   --cpus      so many processors
//   --memory    so much for all processes together, beyond which the system kills one of them
//   --docker    what Docker's default profile refuses of these, and none but its capabilities
//   --listener  a filter whose calls somebody else answers, as some runtimes have it: a process can have only one
//   --tmp       64 KiB of room in /tmp, or programs that cannot be started there
//
// Exits with 77 where this system does not let it do so.
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr int cannot = 77;

void require(bool done, const char* what) {
    if (done) return;
    std::fprintf(stderr, "confine: %s: %s\n", what, std::strerror(errno));
    std::exit(cannot);
}

[[noreturn]] void usage(const std::string& what) {
    std::fprintf(stderr, "confine: %s\n", what.c_str());
    std::exit(2);
}

// Each call is looked at by itself: first its number, then, where it says so, an argument's bits.
class Filter {
  public:
    void refuse(long call, unsigned error = EPERM) {
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1));
        answer(SECCOMP_RET_ERRNO | error);
    }

    // Only where one of these bits is set in the first argument.
    void refuse_bits(long call, unsigned bits) {
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 4));
        add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args)));
        add(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1));
        answer(SECCOMP_RET_ERRNO | EPERM);
        add(load_number);
    }

    void hand_over(long call) {
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(call), 0, 1));
        answer(SECCOMP_RET_USER_NOTIF);
    }

    int install(unsigned flags) {
        answer(SECCOMP_RET_ALLOW);
        const sock_fprog program{static_cast<unsigned short>(steps_.size()), steps_.data()};
        require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
        const long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
        require(result >= 0, "seccomp");
        return static_cast<int>(result);
    }

  private:
    static constexpr sock_filter load_number = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));

    void add(const sock_filter& step) { steps_.push_back(step); }
    void answer(unsigned what) { add(BPF_STMT(BPF_RET | BPF_K, what)); }

    std::vector<sock_filter> steps_{load_number};
};

constexpr unsigned fixed_addresses = 0x0040000;  // ADDR_NO_RANDOMIZE
constexpr long number_of_pidfd_getfd = 438;      // on every machine

void refuse(Filter& filter, const std::string& what) {
    if (what == "getfd") {
        filter.refuse(number_of_pidfd_getfd);
    } else if (what == "vm") {
        filter.refuse(SYS_process_vm_readv);
        filter.refuse(SYS_process_vm_writev);
    } else if (what == "ptrace") {
        filter.refuse(SYS_ptrace);
    } else if (what == "personality") {
        filter.refuse_bits(SYS_personality, fixed_addresses);
    } else if (what == "userns") {
        filter.refuse_bits(SYS_unshare, CLONE_NEWUSER);
        filter.refuse_bits(SYS_clone, CLONE_NEWUSER);
        filter.refuse(SYS_clone3, ENOSYS);  // its flags lie in memory, where no filter looks: clone is taken instead
    } else if (what == "seccomp") {
        filter.refuse(SYS_seccomp);
    } else {
        usage("--refuse " + what + "?");
    }
}

void limit(const std::string& what) {
    static const std::map<std::string, int> limits = {{"nofile", RLIMIT_NOFILE},
                                                      {"nproc", RLIMIT_NPROC},
                                                      {"as", RLIMIT_AS},
                                                      {"cpu", RLIMIT_CPU},
                                                      {"fsize", RLIMIT_FSIZE}};
    const std::size_t equals = what.find('=');
    const auto found = limits.find(what.substr(0, equals));
    if (equals == std::string::npos || found == limits.end()) usage("--limit " + what + "?");
    const rlim_t most = std::strtoull(what.c_str() + equals + 1, nullptr, 10);
    const rlimit both{most, most};
    require(setrlimit(static_cast<decltype(RLIMIT_AS)>(found->second), &both) == 0, what.c_str());
}

void take_processors(int count) {
    cpu_set_t allowed, kept;
    require(sched_getaffinity(0, sizeof allowed, &allowed) == 0, "affinity");
    CPU_ZERO(&kept);
    for (std::size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&kept) < count; ++i)
        if (CPU_ISSET(i, &allowed)) CPU_SET(i, &kept);
    require(sched_setaffinity(0, sizeof kept, &kept) == 0, "affinity");
}

// The memory controller's folder of the group that we are in, and the file with its limit.
struct MemoryGroup {
    fs::path folder, limit;
};

MemoryGroup own_memory_group() {
    std::ifstream groups("/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {  // NUMBER:CONTROLLERS:/PATH
        const std::size_t path = line.rfind(':') + 2;
        if (line.find(":memory:") != std::string::npos)
            return {fs::path("/sys/fs/cgroup/memory") / line.substr(path), "memory.limit_in_bytes"};
        if (line.rfind("0::", 0) == 0 && fs::exists("/sys/fs/cgroup/cgroup.controllers"))
            return {fs::path("/sys/fs/cgroup") / line.substr(path), "memory.max"};
    }
    errno = ENOENT;
    require(false, "a memory group");
    return {};
}

// Goes on in a process of a group with so much memory. This one stays behind, to remove the group.
void take_memory(const std::string& mebibytes) {
    const MemoryGroup own = own_memory_group();
    const fs::path group = own.folder / ("confine-" + std::to_string(getpid()));
    require(mkdir(group.c_str(), 0755) == 0, "a memory group");
    const bool limited = static_cast<bool>(std::ofstream(group / own.limit) << mebibytes << 'M' << std::flush);
    const pid_t confined = limited ? fork() : -1;
    if (confined == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
        const bool moved = static_cast<bool>(std::ofstream(group / "cgroup.procs") << 0 << std::flush);
        require(moved, "moving into a memory group");
        return;
    }
    int status = 0;
    if (confined > 0) waitpid(confined, &status, 0);
    while (rmdir(group.c_str()) != 0 && errno == EBUSY) usleep(1'000);  // until all that it has left behind is gone
    require(confined > 0, "a limit on memory, and a process under it");
    std::exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

// Those of Docker's default; an ordinary user has none to lose.
void drop_capabilities() {
    unsigned kept = 0;
    for (const int capability :
         {CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_FOWNER, CAP_FSETID, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP,
          CAP_NET_BIND_SERVICE, CAP_NET_RAW, CAP_SYS_CHROOT, CAP_MKNOD, CAP_AUDIT_WRITE})
        kept |= 1U << capability;
    for (int capability = 0; capability < 64; ++capability)
        if (capability >= 32 || (kept >> capability & 1U) == 0) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct data[2];
    require(syscall(SYS_capget, &header, data) == 0, "capabilities");
    for (int half = 0; half < 2; ++half) {
        const unsigned mask = half == 0 ? kept : 0;
        data[half] = {data[half].effective & mask, data[half].permitted & mask, 0};
    }
    require(syscall(SYS_capset, &header, data) == 0, "capabilities");
}

// Keeps the listener open as long as this process lives, and is no descendant of it that it could sweep away.
void keep_listener(int listener) {
    const int self = static_cast<int>(syscall(SYS_pidfd_open, getpid(), 0));
    require(self >= 0, "pidfd");
    const pid_t between = fork();
    require(between >= 0, "fork");
    if (between == 0) {
        if (fork() != 0) _exit(0);
        for (const int stream : {0, 1, 2}) close(stream);
        pollfd end{self, POLLIN, 0};
        while (poll(&end, 1, -1) < 0) {
        }
        _exit(0);
    }
    waitpid(between, nullptr, 0);
    close(self);
    close(listener);
}

void mount_tmp(const std::string& how) {
    if (how != "full" && how != "noexec") usage("--tmp " + how + "?");
    const uid_t user = getuid();
    const gid_t group = getgid();
    if (user == 0) {
        require(unshare(CLONE_NEWNS) == 0, "a mount namespace");
    } else {
        require(unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0, "a user namespace");
        std::ofstream("/proc/self/setgroups") << "deny";
        std::ofstream("/proc/self/uid_map") << user << ' ' << user << " 1";
        std::ofstream("/proc/self/gid_map") << group << ' ' << group << " 1";
    }
    require(mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "private mounts");
    const bool full = how == "full";
    const char* const options = full ? "size=64k,mode=1777" : "mode=1777";
    require(mount("tmpfs", "/tmp", "tmpfs", full ? 0 : MS_NOEXEC, options) == 0, "/tmp");
    if (full) std::ofstream("/tmp/full") << std::string(60'000, 'x');
}

}  // namespace

int main(int argc, char** argv) {
    Filter filter;
    bool filtered = false, listener = false;
    int i = 1;
    for (; i < argc && std::string(argv[i]) != "--"; ++i) {
        const std::string flag = argv[i];
        const auto value = [&] { return i + 1 < argc ? std::string(argv[++i]) : (usage(flag + " what?"), ""); };
        if (flag == "--refuse") {
            refuse(filter, value());
            filtered = true;
        } else if (flag == "--docker") {
            for (const char* what : {"getfd", "personality", "userns"}) refuse(filter, what);
            drop_capabilities();
            filtered = true;
        } else if (flag == "--limit") {
            limit(value());
        } else if (flag == "--cpus") {
            take_processors(std::atoi(value().c_str()));
        } else if (flag == "--memory") {
            take_memory(value());
        } else if (flag == "--listener") {
            listener = true;
        } else if (flag == "--tmp") {
            mount_tmp(value());
        } else {
            usage(flag + "?");
        }
    }
    if (i + 1 >= argc) usage("confine ... -- COMMAND");
    if (listener) {
        Filter held;
        held.hand_over(SYS_mknodat);
        keep_listener(held.install(SECCOMP_FILTER_FLAG_NEW_LISTENER));
    }
    if (filtered) filter.install(0);
    execvp(argv[i + 1], argv + i + 1);
    require(false, argv[i + 1]);
}
