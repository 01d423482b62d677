// Preloaded where lines are to be seen in pieces: stdout is unbuffered, so that each piece that is
// printed is a write of its own; and behind each, and behind each unlocking of a mutex, stands a
// write of nothing. While it writes, a piece holds stdout's lock and perhaps a mutex of the program,
// and its thread would take them again for the next piece before anybody else wakes up; at a write of
// nothing it holds only what it holds from piece to piece.
//
// Needs libc alone. Not for sanitized programs: it stands before what a sanitizer wraps.
#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" {

__attribute__((constructor)) void unbuffer_stdout() {
    setvbuf(stdout, nullptr, _IONBF, 0);
}

static void gap() {
    syscall(SYS_write, STDOUT_FILENO, "", 0);
}

static void gap_after(FILE* file) {
    if (file == stdout) gap();
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
    static const auto unlock = reinterpret_cast<int (*)(pthread_mutex_t*)>(dlsym(RTLD_NEXT, "pthread_mutex_unlock"));
    const int result = unlock(mutex);
    gap();
    return result;
}

size_t fwrite(const void* __restrict data, size_t size, size_t count, FILE* __restrict file) {
    flockfile(file);
    const size_t written = fwrite_unlocked(data, size, count, file);
    funlockfile(file);
    gap_after(file);
    return written;
}

int fputc(int c, FILE* file) {
    flockfile(file);
    const int written = putc_unlocked(c, file);
    funlockfile(file);
    gap_after(file);
    return written;
}

int putc(int c, FILE* file) {
    return fputc(c, file);
}

int putchar(int c) {
    return fputc(c, stdout);
}

int fputs(const char* __restrict text, FILE* __restrict file) {
    const size_t size = strlen(text);
    return fwrite(text, 1, size, file) == size ? 1 : EOF;
}

int puts(const char* text) {
    flockfile(stdout);
    const size_t size = strlen(text);
    const bool whole = fwrite_unlocked(text, 1, size, stdout) == size && putc_unlocked('\n', stdout) != EOF;
    funlockfile(stdout);
    gap_after(stdout);
    return whole ? 1 : EOF;
}

int vprintf(const char* __restrict format, va_list arguments) {
    const int written = vfprintf(stdout, format, arguments);
    gap_after(stdout);
    return written;
}

int printf(const char* __restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int written = vprintf(format, arguments);
    va_end(arguments);
    return written;
}

int fprintf(FILE* __restrict file, const char* __restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int written = vfprintf(file, format, arguments);
    va_end(arguments);
    gap_after(file);
    return written;
}

// What a compiler makes of the two above where it is told to fortify.
int __printf_chk(int, const char* __restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int written = vprintf(format, arguments);
    va_end(arguments);
    return written;
}

int __fprintf_chk(FILE* __restrict file, int, const char* __restrict format, ...) {
    va_list arguments;
    va_start(arguments, format);
    const int written = vfprintf(file, format, arguments);
    va_end(arguments);
    gap_after(file);
    return written;
}
}
