// What a process inherits from the one that starts it, and what the kit relies on, whoever starts it: a service
// manager, a container's runtime, or a script that ignores signals, closes standard streams or lowers limits.
#pragma once

// For the beginning of main, before anything is opened and any thread is started: opens standard streams that
// are closed (as /dev/null), sets signals, umask and soft limits. Nothing here fails: what the system refuses
// stays as it is. SIGINT, SIGHUP, SIGTERM and SIGQUIT stay ignored where they are: that is somebody's wish (nohup).
void put_inherited_right();

// For a child between fork and exec: the signals as every program expects them. Safe there.
void reset_signals();
