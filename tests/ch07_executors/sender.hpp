// A program that sends messages to a chat server, which is the grader: what the criteria of chapter 7 share. The grader
// holds each message until the criterion replies to it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/asking.hpp"

struct SendPlan {
    int tasks = 6;  // of each sample
    std::string workers = "3";
    int samples = 1, retries = 3;
    std::string timeout = "2s";
};

bool is_pool();  // else it is send_processes
std::string readme(int step);
std::string readme_of(int pool, int processes);

std::string ok_line(int task);
std::string failed_line(int task);  // stands for any line that begins so and gives a reason: lines.hpp

class Sender : public Asking {
  public:
    explicit Sender(const SendPlan& plan, const Setting& setting = {}, Flavour flavour = Flavour::plain);

    // Messages that the server holds now, the number of the task that one belongs to, and whose it is.
    std::vector<HttpRequest> held() const { return world.in_flight(); }
    static int task_of(const HttpRequest& message);  // 0: it has no such id
    std::size_t times_sent(int task) const;
    std::map<int, pid_t> workers() const;  // by task: whose connections the messages came by that are held now

    void acknowledge(const HttpRequest& message);
    void refuse(const HttpRequest& message);  // with an error
    Rest acknowledge_all();                   // now, and as they come
    using Server = std::function<void(int task, const HttpRequest&)>;
    void serve(Server server);

    bool has_told(int task) const;
    // Of a whole run, in which all tasks of the first sample but these are done: what is wrong, or "". `retries` are
    // those that its table has to tell; -1: any number.
    std::string wrong_run(Rest rest, const std::vector<int>& failing = {}, long retries = -1);
    Words table() const;  // the columns of its only row; none where there is none

    // What workers write to main from now on, whether pipe or socket pair: of a program that was started so. Those
    // that are held go on where it is false.
    void hold_results(bool hold);
    std::optional<Held> result_of(pid_t worker) const;

    std::vector<Held> pausing(Nanoseconds at_least) const;  // who is asleep for so long

  private:
    SendPlan plan_;
};
