#include "ch08_offloading/requests.hpp"

#include <optional>

#include "support/processing_json.hpp"

const Picture& small_picture() {
    static const Picture picture = some_picture({16, 12}, 1);
    return picture;
}

const Picture& colour_picture() {
    static const Picture picture = some_picture({40, 30}, 3);
    return picture;
}

std::string not_served(Service& server) {
    const int first = server.ask("/process1", small_picture());
    server.settle();
    const int second = server.ask("/process2", colour_picture());
    const Rest rest = server.settle();
    std::string problem = rest == Rest::standstill ? "" : server.wrong_end(rest);
    if (problem.empty()) problem = server.wrong_answer(first, "/process1", small_picture());
    if (problem.empty()) problem = server.wrong_answer(second, "/process2", colour_picture());
    return problem;
}

std::string http(const std::string& line, const std::string& body, const std::string& header) {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header +
           "Connection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::vector<BadRequest> bad_requests() {
    const std::string sound = request_of(small_picture());
    const auto instead = [&](const std::string& from, const std::string& to) {
        std::string text = sound;
        return text.replace(text.find(from), from.size(), to);
    };
    const auto post = [](const std::string& body) { return http("POST /process1", body); };
    return {{"no JSON", post("what?")},
            {"an empty body", post("")},
            {"a list", post("[1, 2, 3]")},
            {"JSON that is cut off", post(sound.substr(0, 50))},
            {"no width", post(instead("\"width\": 16, ", ""))},
            {"no pixels", post("{\"width\": 1, \"height\": 1, \"channels\": 1}")},
            {"a width in words", post(instead("16", "\"sixteen\""))},
            {"a width of 0", post(instead("16", "0"))},
            {"a height below 0", post(instead("12", "-12"))},
            {"a picture that does not fit its width", post(instead("16", "17"))},
            {"a picture of 2 channels", post(instead("\"channels\": 1", "\"channels\": 2"))},
            {"pixels that are a number", post("{\"width\": 1, \"height\": 1, \"channels\": 1, \"pixels\": 7}")},
            {"pixels that are no base64", post("{\"width\": 1, \"height\": 1, \"channels\": 1, \"pixels\": \"*(&!\"}")},
            {"an unknown path", http("POST /process3", sound), 404},
            {"the method GET", http("GET /process1"), 405}};
}

std::string wrong_refusal(Service& server, const BadRequest& bad) {
    const int call = server.send(bad.request);
    const Rest rest = server.settle();
    const std::string with = "a request with " + bad.what;
    if (rest != Rest::standstill) return "after " + with + ", " + server.wrong_end(rest);
    const std::optional<HttpReply> reply = server.client.reply(call);
    if (!reply) return with + " gets no answer";
    if (reply->status != bad.status)
        return with + " is answered with " + std::to_string(reply->status) + ", not with " + std::to_string(bad.status);
    if (reply->body.empty()) return with + " is answered with " + std::to_string(bad.status) + " and no reason";
    return "";
}
