#include "grader/compile/not_understood.hpp"

#include <algorithm>
#include <vector>

#include "grader/compile/tokens.hpp"

namespace {

struct Gap {
    std::vector<std::string> names;  // any of them
    const char* text;
};

const std::vector<Gap>& gaps() {
    static const std::vector<Gap> all = {
        {{"thrd_create", "mtx_lock", "mtx_timedlock", "mtx_trylock", "cnd_wait", "cnd_timedwait"},
         "ThreadSanitizer does not know the threads and locks of C11 (threads.h): use those of C++ (std::thread, "
         "std::mutex) or of POSIX (pthread_create, pthread_mutex_lock)"},
        {{"atomic_thread_fence", "__atomic_thread_fence", "__c11_atomic_thread_fence", "__sync_synchronize"},
         "ThreadSanitizer does not know std::atomic_thread_fence, and takes what is ordered by it for a race: give the "
         "order to the atomic operations themselves (std::memory_order_release, std::memory_order_acquire)"}};
    return all;
}

}  // namespace

bool may_confuse(const std::string& source) {
    for (const char* part : {"thrd_", "mtx_", "cnd_", "thread_fence", "__sync_", "##", "%:%:"})
        if (source.find(part) != std::string::npos) return true;
    return false;
}

std::string not_understood(const std::string& preprocessed, const std::string& name) {
    const std::vector<Token> tokens = tokens_of(preprocessed, name);
    for (const Gap& gap : gaps()) {
        const bool used = std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
            return token.kind == Token::name && token.in_file &&
                   std::find(gap.names.begin(), gap.names.end(), token.text) != gap.names.end();
        });
        if (used) return gap.text;
    }
    return "";
}
