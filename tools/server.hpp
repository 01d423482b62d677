// A server that runs for as long as somebody needs it: a given one, build/labs/support/NAME, or one that is
// an exercise.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

class Server {
  public:
    // Starts it at its usual port, or at any free one. Blocks until it can be used, that is until it
    // has printed its address. Throws std::runtime_error with what it said where it does not start.
    enum class Port { usual, any };
    Server(const std::filesystem::path& file, Port port, const std::vector<std::string>& arguments = {});
    ~Server();  // stops it, and waits for its end
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    const std::string& name() const { return name_; }
    const std::string& url() const { return url_; }  // http://127.0.0.1:8020

  private:
    std::string name_, url_;
    pid_t process_ = -1;
    int output_ = -1;
};

// The program of that name: given, or the exercise, finished or the one in labs/.
std::filesystem::path server_file(const std::string& name, bool solution);

// Starts the servers of these names, and puts their addresses into the arguments: `{status_server}` becomes
// http://127.0.0.1:8020. Where the usual port is taken, any other will do; unless `usual_alone`: then
// what is there is left to answer, which is told on stderr.
std::vector<std::unique_ptr<Server>> start_servers(const std::vector<std::string>& names,
                                                   std::vector<std::string>& arguments, bool usual_alone,
                                                   bool solution);

// The arguments without those flags whose value is a server's address or a path of the kit, which a
// program finds by itself: as somebody would type them.
std::vector<std::string> as_typed(const std::vector<std::string>& arguments);

// What stands for a path of the kit, `{assets}`, becomes that path.
void put_assets(std::vector<std::string>& arguments);
