/* measure STDIN PROGRAM ARGUMENTS...: runs the program once with that file as its input and its output thrown away, and
   prints wall nanoseconds, user and system microseconds, peak memory in kilobytes and the exit code.
   Small on purpose: the kernel counts the memory of the process that starts a program into the peak of the new one. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, argv[1], O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    pid_t child;
    int status;
    struct rusage used;
    long long start = nanoseconds();
    if (posix_spawn(&child, argv[2], &files, 0, argv + 2, environ) != 0) return 3;
    if (wait4(child, &status, 0, &used) != child) return 4;
    long long wall = nanoseconds() - start;
    long memory = used.ru_maxrss;
#ifdef __APPLE__
    memory /= 1024;
#endif
    printf("%lld %lld %lld %ld %d\n", wall,
        used.ru_utime.tv_sec * 1000000LL + used.ru_utime.tv_usec,
        used.ru_stime.tv_sec * 1000000LL + used.ru_stime.tv_usec,
        memory, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return 0;
}
