// A task of chapter 7: it sends one chat message, and waits for the reply.
#pragma once

#include "support/chat_connection.hpp"
#include "support/outcome.hpp"
#include "support/send_options.hpp"

// Blocks until the server has acknowledged the message of the task with that number, or clearly will not.
// A connection that breaks is replaced and the message sent again, after a pause that grows, options.retries times at
// most: with the same id, so that the server delivers it once. Throws std::system_error if this machine has no socket
// for it. Thread-safe, if each thread has a connection of its own.
Outcome deliver(ChatConnection& connection, int task, const SendOptions& options);

// The same, but what deliver throws is a failure, too.
Outcome try_deliver(ChatConnection& connection, int task, const SendOptions& options);
