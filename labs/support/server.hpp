// A server that runs beside a program. It is stopped, and its end waited for, when the object is destroyed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/child_program.hpp"

class Server {
  public:
    // Starts it at its usual port, or at any free one. Blocks until it can be used, that is until it
    // has printed its address. Throws std::runtime_error with what it said where it does not start.
    enum class Port { usual, any };
    Server(const std::filesystem::path& file, Port port, const std::vector<std::string>& arguments = {});

    const std::string& name() const { return name_; }
    const std::string& url() const { return url_; }  // http://127.0.0.1:8020

  private:
    std::string name_, url_;
    ChildProgram program_;
};
