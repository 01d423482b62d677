# The system's packages come first; what every chapter needs is fetched at a pinned tag where it is missing.
include(FetchContent)

string(COMPARE EQUAL "${CMAKE_SYSTEM_NAME}" "Linux" LINUX_HOST)
option(KIT_GRADER "Build the autograder (Linux)" ${LINUX_HOST})

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

function(find_or_fetch package repository tag)
  find_package(${package} QUIET)
  if(NOT ${package}_FOUND)
    message(STATUS "${package} is not installed: fetching ${tag}")
    FetchContent_Declare(${package} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW ON)
    FetchContent_MakeAvailable(${package})
  endif()
endfunction()

find_or_fetch(CLI11 https://github.com/CLIUtils/CLI11 v2.4.2)
find_or_fetch(nlohmann_json https://github.com/nlohmann/json v3.11.3)
if(KIT_GRADER)
  find_or_fetch(Catch2 https://github.com/catchorg/Catch2 v3.7.1)
endif()

find_package(LibArchive QUIET)  # ./kit class reads zips

# What some chapters need: labs/support makes of it what it can.
find_package(CURL QUIET)
find_package(ZLIB QUIET)
find_package(OpenMP QUIET COMPONENTS CXX)
find_package(TBB QUIET)
set(MPI_CXX_SKIP_MPICXX ON)  # the C interface is enough: MPI has given up its own for C++
find_package(MPI QUIET COMPONENTS CXX)
find_package(SQLite3 QUIET)
find_path(LIBEVENT_INCLUDE_DIR event2/http.h)
find_library(LIBEVENT_CORE event_core)
find_library(LIBEVENT_EXTRA event_extra)
find_path(STB_INCLUDE_DIR stb/stb_image.h)
option(KIT_FETCH_STB "Fetch stb where no package has it" OFF)
if(NOT STB_INCLUDE_DIR AND KIT_FETCH_STB)  # a folder of headers, without a CMake package or a release
  FetchContent_Declare(stb GIT_REPOSITORY https://github.com/nothings/stb GIT_TAG master
    SOURCE_DIR ${FETCHCONTENT_BASE_DIR}/stb-src/stb)
  FetchContent_MakeAvailable(stb)
  set(STB_INCLUDE_DIR ${FETCHCONTENT_BASE_DIR}/stb-src CACHE PATH "" FORCE)
endif()
