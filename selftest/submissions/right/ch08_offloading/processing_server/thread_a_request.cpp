// Right    One thread per request. Finished threads are joined along the way, the rest at the end.

#include <atomic>
#include <list>
#include <thread>
#include <utility>

#include "support/processing_service.hpp"

struct Job {
    std::atomic<bool> done = false;
    std::thread thread;
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    std::list<Job> jobs;
    const int exit_code = serve(options, [&jobs](Task task) {
        jobs.remove_if([](Job& job) {
            if (!job.done) return false;
            job.thread.join();
            return true;
        });
        Job& job = jobs.emplace_back();
        job.thread = std::thread([&job, task = std::move(task)] {
            task();
            job.done = true;
        });
    });
    for (Job& job : jobs) job.thread.join();
    return exit_code;
}
