// What a traced thread tells whoever traces it (ptrace(2)).
#pragma once

#include <sys/types.h>

enum class Report { none, still, gone };

// `how`: WNOHANG, or 0 to wait for it. `status`: as of waitpid, where it stands still. The end of our own child is left
// to whoever started it, to be told there.
Report report_of(pid_t thread, bool own_child, int how, int& status);
