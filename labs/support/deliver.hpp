// A task of chapter 7: one chat message is sent, and its reply awaited.
#pragma once

#include "support/chat_connection.hpp"
#include "support/outcome.hpp"
#include "support/send_options.hpp"

// Blocks until the server has acknowledged the message of the task with that number, or it is clear that it will not.
// A connection that breaks is replaced and the message sent again, after a pause that grows, options.retries times at
// most: with the same id, so that the server delivers it once. Throws std::system_error where this machine has no socket
// for it. Thread-safe, where each thread has a connection of its own.
Outcome deliver(ChatConnection& connection, int task, const SendOptions& options);

// The same, but what it throws is a failure, too.
Outcome try_deliver(ChatConnection& connection, int task, const SendOptions& options);
