#include "support/message.hpp"

#include <sys/wait.h>
#include <zlib.h>

#include <charconv>
#include <system_error>

namespace {

const std::string ok_begin = "ok ", failed_begin = "failed ";

std::string hexadecimal(unsigned long number) {
    std::string digits(8, '0');
    for (std::size_t i = 8; i-- > 0; number /= 16) digits[i] = "0123456789abcdef"[number % 16];
    return digits;
}

Result failed(const std::string& why) {
    return {false, "failed: " + why};
}

Result received(std::string_view body) {
    const unsigned long sum = crc32_z(0, reinterpret_cast<const Bytef*>(body.data()), body.size());
    return {true, std::to_string(body.size()) + " bytes, crc32 " + hexadecimal(sum)};
}

}  // namespace

std::string message_of(const Fetched& fetched) {
    if (!fetched.ok) return failed_begin + fetched.why + "\n";
    return ok_begin + std::to_string(fetched.body.size()) + "\n" + fetched.body;
}

Result result_of(const Fetched& fetched) {
    return fetched.ok ? received(fetched.body) : failed(fetched.why);
}

Result result_of(std::string_view message, int status) {
    if (WIFSIGNALED(status)) return failed("killed by signal " + std::to_string(WTERMSIG(status)));
    const std::size_t end = message.find('\n');
    if (end == std::string_view::npos) {
        if (WEXITSTATUS(status) != 0) return failed("ended with status " + std::to_string(WEXITSTATUS(status)));
        return failed("the worker sent nothing");
    }
    const std::string header(message.substr(0, end));
    const std::string_view body = message.substr(end + 1);
    if (header.rfind(failed_begin, 0) == 0) return failed(header.substr(failed_begin.size()));
    const char* const end_of_header = header.data() + header.size();
    std::size_t announced = 0;
    std::from_chars_result number{header.data(), std::errc::invalid_argument};
    if (header.rfind(ok_begin, 0) == 0)
        number = std::from_chars(header.data() + ok_begin.size(), end_of_header, announced);
    if (number.ec != std::errc() || number.ptr != end_of_header)
        return failed("the worker's first line is neither \"ok BYTES\" nor \"failed REASON\"");
    if (body.size() != announced)
        return failed(std::to_string(body.size()) + " of " + std::to_string(announced) + " bytes came");
    return received(body);
}
