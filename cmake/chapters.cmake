# A chapter is a folder: labs/chNN_topic with a chapter.json in it. To add one is to add its folders.
file(GLOB chapter_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/labs/ch[0-9][0-9]_*/chapter.json)
set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${chapter_files})
set(CHAPTERS)  # the ids: ch01_countdown ...
foreach(file ${chapter_files})
  file(READ ${file} text)
  string(JSON programs ERROR_VARIABLE wrong LENGTH "${text}" programs)
  if(wrong)
    message(NOTICE "${file}: is not a chapter, ./kit check tells more: ${wrong}")
    continue()  # It costs itself alone.
  endif()
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(chapter ${folder} NAME)
  list(APPEND CHAPTERS ${chapter})
  set(${chapter}_JSON "${text}")
endforeach()

# The list of texts at that place in the chapter's JSON; empty where there is none.
function(texts_of out chapter)
  set(texts)
  string(JSON count ERROR_VARIABLE none LENGTH "${${chapter}_JSON}" ${ARGN})
  if(count MATCHES "^[1-9]")
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
      string(JSON text GET "${${chapter}_JSON}" ${ARGN} ${i})
      list(APPEND texts ${text})
    endforeach()
  endif()
  set(${out} ${texts} PARENT_SCOPE)
endfunction()

# Calls `action(chapter program kind others...)` for every program: the others are what has to be there when it runs.
# OWN_LIBRARIES are those that it needs beside its chapter's.
function(for_each_program action)
  foreach(chapter ${CHAPTERS})
    texts_of(shared ${chapter} servers)
    string(JSON programs LENGTH "${${chapter}_JSON}" programs)
    math(EXPR last "${programs} - 1")
    foreach(p RANGE ${last})
      string(JSON program GET "${${chapter}_JSON}" programs ${p} name)
      string(JSON kind GET "${${chapter}_JSON}" programs ${p} kind)
      texts_of(servers ${chapter} programs ${p} servers)
      texts_of(starts ${chapter} programs ${p} starts)
      texts_of(OWN_LIBRARIES ${chapter} programs ${p} libraries)
      cmake_language(CALL ${action} ${chapter} ${program} ${kind} ${shared} ${servers} ${starts})
    endforeach()
  endforeach()
endfunction()

# The program whose table is the chapter's plot; empty where there is none.
function(plotted_program out chapter)
  string(JSON program ERROR_VARIABLE none GET "${${chapter}_JSON}" plot program)
  if(none)
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

# What these programs need beside them while they run, where it is a program of the kit: it is built with them.
function(build_before target prefix)
  foreach(other ${ARGN})
    foreach(name ${prefix}${other} ${other})
      if(TARGET ${name})
        add_dependencies(${target} ${name})
        break()
      endif()
    endforeach()
  endforeach()
endfunction()

# ./kit run --sanitize asks for it: thread, for data races, or address, for memory errors and undefined behaviour.
set(KIT_SANITIZE "" CACHE STRING "The sanitizer that the targets sanitized_... are built with")

# `target`, from `source`, in build/BELOW: built as EXERCISE_OPTIONS say, with these libraries.
function(add_build target source below)
  add_executable(${target} ${source})
  target_link_libraries(${target} PRIVATE ${ARGN})
  target_compile_options(${target} PRIVATE ${EXERCISE_OPTIONS})
  get_filename_component(program ${source} NAME_WE)
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${program}
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${below})
endfunction()

# One program: `folder` is labs or solutions, and its target is `prefix` and its name.
function(add_lab_program folder prefix chapter program)
  set(source ${PROJECT_SOURCE_DIR}/${folder}/${chapter}/${program}.cpp)
  set(target ${prefix}${program})
  set(sanitized sanitized_${target})
  if(NOT EXISTS ${source})
    return()  # A missing file costs its own program alone; ./kit check tells.
  endif()
  set(settled ${chapter})
  if(OWN_LIBRARIES)
    set(settled ${program})
  endif()
  get_property(missing GLOBAL PROPERTY MISSING_FOR_${settled})
  if(missing)
    add_custom_target(${target})  # ./kit run says what is missing.
    add_custom_target(${sanitized})
    return()
  endif()
  get_property(libraries GLOBAL PROPERTY GIVEN_FOR_${settled})
  add_build(${target} ${source} ${folder}/${chapter} ${libraries})
  build_before(${target} "${prefix}" ${ARGN})
  if(KIT_SANITIZE)
    set(its_libraries)
    foreach(library ${libraries})
      if(TARGET ${library}_${KIT_SANITIZE})
        string(APPEND library _${KIT_SANITIZE})
      endif()
      list(APPEND its_libraries ${library})
    endforeach()
    add_build(${sanitized} ${source} ${KIT_SANITIZE}/${folder}/${chapter} ${its_libraries})
    build_before(${sanitized} "${prefix}" ${ARGN})
    target_compile_options(${sanitized} PRIVATE ${SANITIZED_${KIT_SANITIZE}} -g)
    target_link_options(${sanitized} PRIVATE ${SANITIZED_${KIT_SANITIZE}})
    set_target_properties(${sanitized} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()
