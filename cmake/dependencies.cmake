# The system's packages come first; what is missing is fetched at a pinned tag.
include(FetchContent)

string(COMPARE EQUAL "${CMAKE_SYSTEM_NAME}" "Linux" LINUX_HOST)

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
find_package(CURL REQUIRED)
find_package(ZLIB REQUIRED)
find_library(LIBEVENT_CORE event_core REQUIRED)
find_library(LIBEVENT_EXTRA event_extra REQUIRED)
find_path(STB_INCLUDE_DIR stb/stb_image.h)
if(NOT STB_INCLUDE_DIR)  # a folder of headers, without a CMake package or a release
  message(STATUS "stb is not installed: fetching it")
  FetchContent_Declare(stb GIT_REPOSITORY https://github.com/nothings/stb GIT_TAG master
    SOURCE_DIR ${FETCHCONTENT_BASE_DIR}/stb-src/stb)
  FetchContent_MakeAvailable(stb)
  set(STB_INCLUDE_DIR ${FETCHCONTENT_BASE_DIR}/stb-src)
endif()
if(LINUX_HOST)
  find_or_fetch(Catch2 https://github.com/catchorg/Catch2 v3.7.1)
endif()
