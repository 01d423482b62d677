// Chapter 7, given: Messages by MPI
//
// Goal    The task list of this chapter, for workers that may be on other
//         machines: rank 0 gives a task to each rank that asks for one.
// Run     mpirun -n 4 build/labs/ch07_executors/send_mpi
// Expect  Like send_processes with three workers. A rank that asks for a task
//         brings the outcome of its last one. If a rank dies, MPI ends them all.
// Read    labs/ch07_executors/README.md, step 9

#include <mpi.h>

#include <string>
#include <vector>

#include "support/deliver.hpp"
#include "support/print.hpp"
#include "support/send_report.hpp"

constexpr int boss = 0, no_task = 0;

struct Request {
    int rank;
    std::string outcome;  // of its last task; empty if it has had none
};

// Waits for whichever rank asks first.
Request next_request() {
    MPI_Status status;
    MPI_Probe(MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, &status);
    int size = 0;
    MPI_Get_count(&status, MPI_CHAR, &size);
    Request request{status.MPI_SOURCE, std::string(static_cast<std::size_t>(size), '\0')};
    MPI_Recv(request.outcome.data(), size, MPI_CHAR, request.rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    return request;
}

void give(int task, int rank) {
    MPI_Send(&task, 1, MPI_INT, rank, 0, MPI_COMM_WORLD);
}

// What rank 0 does.
int hand_out(const SendOptions& options, int workers) {
    SendReport report(options);
    std::vector<int> busy_with(static_cast<std::size_t>(workers) + 1, no_task);  // by rank
    std::vector<int> idle;  // ranks that have asked and got nothing yet
    for (int sample = 0; sample < options.samples; ++sample) {
        const std::vector<int> tasks = report.begin_sample();
        auto next = tasks.begin();
        const auto give_next = [&](int rank) {
            report.begin(*next);
            busy_with[static_cast<std::size_t>(rank)] = *next;
            give(*next++, rank);
        };
        for (; next != tasks.end() && !idle.empty(); idle.pop_back()) give_next(idle.back());
        for (int left = options.tasks; left > 0;) {
            const Request request = next_request();
            if (const auto outcome = outcome_in(request.outcome)) {
                report.end(busy_with[static_cast<std::size_t>(request.rank)], *outcome);
                --left;
            }
            if (next != tasks.end()) give_next(request.rank);
            else idle.push_back(request.rank);
        }
        report.end_sample();
    }
    while (idle.size() < static_cast<std::size_t>(workers)) idle.push_back(next_request().rank);
    for (const int rank : idle) give(no_task, rank);
    return report.finish();
}

// What all other ranks do: they ask until there is no task.
void work(const SendOptions& options) {
    ChatConnection connection(options);  // kept from task to task
    std::string outcome;
    while (true) {
        MPI_Send(outcome.data(), static_cast<int>(outcome.size()), MPI_CHAR, boss, 0, MPI_COMM_WORLD);
        int task = no_task;
        MPI_Recv(&task, 1, MPI_INT, boss, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        if (task == no_task) return;
        outcome = message_of(try_deliver(connection, task, options));
    }
}

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_mpi", "sends messages by the ranks of MPI");
    MPI_Init(&argc, &argv);
    int rank = 0, ranks = 0;
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    int exit_code = 0;
    if (rank != boss) work(options);
    else if (ranks > 1) exit_code = hand_out(options, ranks - 1);
    else {
        print_error("send_mpi: rank 0 only hands out tasks: start at least 2 ranks, as in mpirun -n 4 send_mpi");
        exit_code = 2;
    }
    MPI_Finalize();
    return exit_code;
}
