#include "support/mpirun.hpp"

std::vector<std::string> mpirun_arguments(int ranks, const std::filesystem::path& program) {
    // As variables, which an MPI that is not Open MPI ignores; it would refuse flags. More ranks than cores must not spin
    // while they wait, and in a container all of this is often run as root.
    return {"OMPI_MCA_rmaps_base_oversubscribe=1",
            "OMPI_MCA_mpi_yield_when_idle=1",
            "OMPI_ALLOW_RUN_AS_ROOT=1",
            "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
            "mpirun",
            "-n",
            std::to_string(ranks),
            program.string()};
}
