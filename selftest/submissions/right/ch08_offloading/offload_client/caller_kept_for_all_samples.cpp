// Right    Two callers live as long as the program. Semaphores say that there is a call to make, and that it is done.

#include <semaphore>
#include <string>
#include <thread>

#include "support/offload.hpp"
#include "support/print.hpp"

// Blocks until there is a result: the server's or, if the server fails, this device's own.
double there(const Work& work) {
    const Remote remote = work.there();
    if (remote.ok) return remote.result;
    print_error(work.name(), ": no result from the server (", remote.why, "), so it is computed here");
    return work.here();
}

class Caller {
  public:
    ~Caller() {
        work_ = nullptr;
        to_do_.release();
    }
    void start(const Work& work) {
        work_ = &work;
        to_do_.release();
    }
    double wait() {
        done_.acquire();
        return result_;
    }

  private:
    const Work* work_ = nullptr;  // written before to_do_ is released, read after it is acquired
    double result_ = 0;           // likewise with done_
    std::binary_semaphore to_do_{0}, done_{0};
    std::jthread thread_{[this] {
        for (to_do_.acquire(); work_; to_do_.acquire()) {
            result_ = there(*work_);
            done_.release();
        }
    }};
};

Results run(const std::string& mode, const Works& works, Caller& first, Caller& second) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    if (offload1) first.start(works.process1);
    if (offload2) second.start(works.process2);
    if (!offload1) results.edges = works.process1.here();
    if (!offload2) results.brightness = works.process2.here();
    if (offload1) results.edges = first.wait();
    if (offload2) results.brightness = second.wait();
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    Caller first, second;
    return measure_modes(options, [&](const std::string& mode) { return run(mode, works, first, second); });
}
