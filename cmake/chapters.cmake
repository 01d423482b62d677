# labs/labs.json is the one list of chapters and programs. Adding a chapter is one entry there.
file(READ ${PROJECT_SOURCE_DIR}/labs/labs.json MANIFEST)
set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/labs/labs.json)

# Calls `action(chapter program kind servers...)` for every program of the manifest.
function(for_each_program action)
  string(JSON chapters LENGTH "${MANIFEST}" chapters)
  math(EXPR last_chapter "${chapters} - 1")
  foreach(c RANGE ${last_chapter})
    string(JSON chapter GET "${MANIFEST}" chapters ${c} id)
    string(JSON programs LENGTH "${MANIFEST}" chapters ${c} programs)
    math(EXPR last_program "${programs} - 1")
    foreach(p RANGE ${last_program})
      string(JSON program GET "${MANIFEST}" chapters ${c} programs ${p} name)
      string(JSON kind GET "${MANIFEST}" chapters ${c} programs ${p} kind)
      string(JSON count ERROR_VARIABLE none LENGTH "${MANIFEST}" chapters ${c} programs ${p} servers)
      set(servers)
      if(count MATCHES "^[1-9]")
        math(EXPR last_server "${count} - 1")
        foreach(s RANGE ${last_server})
          string(JSON server GET "${MANIFEST}" chapters ${c} programs ${p} servers ${s})
          list(APPEND servers ${server})
        endforeach()
      endif()
      cmake_language(CALL ${action} ${chapter} ${program} ${kind} ${servers})
    endforeach()
  endforeach()
endfunction()

# The ids of all chapters.
function(list_chapters out)
  string(JSON chapters LENGTH "${MANIFEST}" chapters)
  math(EXPR last "${chapters} - 1")
  set(ids)
  foreach(c RANGE ${last})
    string(JSON id GET "${MANIFEST}" chapters ${c} id)
    list(APPEND ids ${id})
  endforeach()
  set(${out} ${ids} PARENT_SCOPE)
endfunction()

# The program whose table is the chapter's plot; empty where there is none.
function(plotted_program out chapter)
  set(program "")
  string(JSON chapters LENGTH "${MANIFEST}" chapters)
  math(EXPR last "${chapters} - 1")
  foreach(c RANGE ${last})
    string(JSON id GET "${MANIFEST}" chapters ${c} id)
    if(id STREQUAL chapter)
      string(JSON program ERROR_VARIABLE none GET "${MANIFEST}" chapters ${c} plot program)
    endif()
  endforeach()
  if(program MATCHES "NOTFOUND$")
    set(program "")
  endif()
  set(${out} "${program}" PARENT_SCOPE)
endfunction()

# How programs of labs/ and solutions/ are compiled beyond what CMake does; the grader does the same.
set(EXERCISE_OPTIONS)
if(CMAKE_CXX_COMPILER_ID MATCHES "^(GNU|Clang)$")
  # A loop of three instructions costs up to twice as much where it happens to lie badly in memory.
  set(EXERCISE_OPTIONS -falign-loops=32)
endif()

# One program: `folder` is labs or solutions, and its target is `prefix` and its name. What it needs
# beside it while it runs may be an exercise, too: then that is built with it, and stands before it.
function(add_lab_program folder prefix chapter program)
  set(source ${PROJECT_SOURCE_DIR}/${folder}/${chapter}/${program}.cpp)
  if(NOT EXISTS ${source})
    return()  # A missing file costs its own program alone; ./kit check tells.
  endif()
  add_executable(${prefix}${program} ${source})
  target_link_libraries(${prefix}${program} PRIVATE support)
  foreach(server ${ARGN})
    if(TARGET ${prefix}${server})
      add_dependencies(${prefix}${program} ${prefix}${server})
    endif()
  endforeach()
  target_compile_options(${prefix}${program} PRIVATE ${EXERCISE_OPTIONS})
  set_target_properties(${prefix}${program} PROPERTIES
    OUTPUT_NAME ${program}
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${folder}/${chapter})
endfunction()
