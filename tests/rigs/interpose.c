/* Stands between a program and the C library (LD_PRELOAD): it writes down every call that touches a file under one
 * folder, makes the one that it is told to fail, and keeps what would be left there if the power went now.
 *
 *   RIG_ROOT    the folder
 *   RIG_LOG     a line for each call goes there
 *   RIG_PLAN    armed as soon as this file is there, and harmless again when it has gone. One line:
 *               <number of the plan> <call>:<path> <which, from 1> <fault> <once|always>
 *   RIG_SAFE    a folder for what the disk has for sure: f-<file> its bytes, d-<folder> its names
 *   RIG_FLAW    nosync: no sync is carried out, each says that it worked
 *               inplace: a file that takes the name of another is written into that one
 *
 * Calls count by name and path from the moment of arming, so that threads that take turns otherwise change nothing.
 * A fault is the name of an error, or SHORT (half is written), KILL, HUP, TERM. KILL in a write comes after half of it.
 * Where there is no room (ENOSPC, EDQUOT, EFBIG), a write first takes half. EINTR comes every other time.
 * What this library does itself goes to the kernel without a detour, so that it never sees its own calls.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FDS 1024
#define LABELS 512
#define LONG 1024

enum { CHANGES = 1, READS = 2, WRITES = 4 };
/* in the log, beside a mode */
enum { MAKES = 010000000, OPENED_TO_WRITE = 020000000 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char root[LONG], plan_path[LONG], safe[LONG];
static size_t root_len;
static int log_fd = -1, no_sync, in_place;

/* the path of each open file under the folder, from the folder on; empty where it is not ours */
static char opened[FDS][LONG];

static struct { char label[LONG]; int count; } labels[LABELS];
static int label_count;

static struct {
    long number;
    char label[LONG];
    int nth;
    char fault[16];
    int always;
} plan;
static int armed, fired, write_fails, turn, fired_reading;

static void begin(void)
{
    const char *value;
    if ((value = getenv("RIG_ROOT")))
        snprintf(root, sizeof root, "%s", value);
    root_len = strlen(root);
    if ((value = getenv("RIG_PLAN")))
        snprintf(plan_path, sizeof plan_path, "%s", value);
    if ((value = getenv("RIG_SAFE")))
        snprintf(safe, sizeof safe, "%s", value);
    value = getenv("RIG_FLAW");
    no_sync = value && !strcmp(value, "nosync");
    in_place = value && !strcmp(value, "inplace");
    if ((value = getenv("RIG_LOG"))) {
        int fd = syscall(SYS_openat, AT_FDCWD, value, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        /* out of the way of what the program counts */
        log_fd = syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 900);
        syscall(SYS_close, fd);
    }
}

static void ready(void) { pthread_once(&once, begin); }

/* the path from the folder on, with the numbers of temporary files left out; 0 where it is elsewhere */
static int under(const char *path, char *out)
{
    char whole[2 * LONG];
    ready();
    if (!root_len || !path)
        return 0;
    if (path[0] != '/') {
        char here[LONG];
        if (syscall(SYS_getcwd, here, sizeof here) < 0)
            return 0;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
        path = whole;
    }
    if (strncmp(path, root, root_len) || (path[root_len] && path[root_len] != '/'))
        return 0;
    path += root_len;
    while (*path == '/')
        path++;
    snprintf(out, LONG, "%s", *path ? path : ".");
    char *name = strstr(out, ".alongside-tmp-");
    if (name)
        for (int dashes = 0; dashes < 2;) {
            char *dash = strrchr(name, '-');
            if (!dash)
                break;
            *dash = 0;
            dashes++;
        }
    for (char *c = out; *c; c++)
        if (*c == ' ' || *c == '\n')
            *c = '_';
    return 1;
}

static int ours(int fd) { return fd >= 0 && fd < FDS && opened[fd][0]; }

static void read_plan(void)
{
    char text[2 * LONG], mode[16];
    int fd = plan_path[0] ? syscall(SYS_openat, AT_FDCWD, plan_path, O_RDONLY | O_CLOEXEC, 0) : -1;
    if (fd < 0) {
        armed = 0;
        return;
    }
    long got = syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    if (got <= 0)
        return;
    text[got] = 0;
    long number = plan.number;
    if (sscanf(text, "%ld %1023s %d %15s %15s", &number, plan.label, &plan.nth, plan.fault, mode) != 5)
        return;
    if (number != plan.number || !armed) {
        label_count = 0;
        fired = write_fails = turn = fired_reading = 0;
    }
    plan.number = number;
    plan.always = !strcmp(mode, "always");
    armed = 1;
}

struct call {
    char label[LONG];
    int nth;
    const char *fault; /* 0 where it is to go well */
    char name[16];
    long more;
};

static int is(const struct call *call, const char *fault) { return call->fault && !strcmp(call->fault, fault); }

static int no_room(const char *fault)
{
    return !strcmp(fault, "ENOSPC") || !strcmp(fault, "EDQUOT") || !strcmp(fault, "EFBIG");
}

static int count(const char *label)
{
    for (int n = 0; n < label_count; n++)
        if (!strcmp(labels[n].label, label))
            return ++labels[n].count;
    if (label_count == LABELS)
        return 0;
    snprintf(labels[label_count].label, LONG, "%s", label);
    return labels[label_count++].count = 1;
}

/* counts a call and says what is to go wrong with it */
static void enter(struct call *call, const char *name, const char *path, int kind, long more)
{
    int hits = 0;
    memset(call, 0, sizeof *call);
    snprintf(call->label, LONG, "%s:%.1000s", name, path);
    call->more = more;
    pthread_mutex_lock(&lock);
    read_plan();
    if (armed) {
        call->nth = count(call->label);
        if (!fired && !strcmp(call->label, plan.label) && call->nth == plan.nth) {
            hits = fired = 1;
            fired_reading = kind == READS;
            if (no_room(plan.fault) && (kind & WRITES)) {
                /* half of it fits, and the next one finds no room */
                write_fails = 1;
                snprintf(call->name, sizeof call->name, "SHORT");
                call->fault = call->name;
            }
        } else if (fired && write_fails && (kind & WRITES)) {
            hits = 1;
            write_fails = 0;
        } else if (fired && plan.always) {
            hits = !strcmp(plan.fault, "SHORT") ? kind & WRITES : (kind & CHANGES) || fired_reading;
            if (!strcmp(plan.fault, "EINTR"))
                hits = hits && ++turn % 2 == 0;
        }
        if (hits && !call->fault) {
            snprintf(call->name, sizeof call->name, "%s", plan.fault);
            call->fault = call->name;
        }
    }
    pthread_mutex_unlock(&lock);
}

static void note(const struct call *call, long result, int error)
{
    char line[2 * LONG];
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    int length = snprintf(line, sizeof line, "%lld %s %d %ld %d %lo %s\n",
                  (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000, call->label, call->nth, result, error,
                  call->more, call->fault ? call->fault : "-");
    if (log_fd >= 0)
        syscall(SYS_write, log_fd, line, length);
}

/* what every kind of call does with a fault: signals come, errors are given back. 1: the call is not carried out */
static int strikes(struct call *call)
{
    static const struct { const char *name; int number; } errors[] = {
        {"ENOSPC", ENOSPC}, {"EIO", EIO}, {"EACCES", EACCES}, {"EFBIG", EFBIG},
        {"EROFS", EROFS}, {"EDQUOT", EDQUOT}, {"EINTR", EINTR},
    };
    if (!call->fault)
        return 0;
    if (is(call, "HUP") || is(call, "TERM")) {
        /* the program may be gone before this call is over */
        note(call, 0, 0);
        syscall(SYS_kill, getpid(), is(call, "HUP") ? SIGHUP : SIGTERM);
        return 0;
    }
    if (is(call, "KILL")) {
        note(call, -1, 0);
        syscall(SYS_kill, getpid(), SIGKILL);
        for (;;)
            syscall(SYS_pause);
    }
    for (size_t n = 0; n < sizeof errors / sizeof *errors; n++)
        if (is(call, errors[n].name)) {
            errno = errors[n].number;
            return 1;
        }
    return 0;
}

static long leave(const struct call *call, long result)
{
    int error = result < 0 ? errno : 0;
    note(call, result, error);
    errno = error ? error : errno;
    return result;
}

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) \
        real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

/* ---- what the disk has for sure ---- */

/* a file's own number, which is not given again; 0 where there is none */
static int key(int dir, const char *path, int flags, char *out)
{
    struct statx meta;
    if (syscall(SYS_statx, dir, path, flags, STATX_INO | STATX_BTIME | STATX_TYPE, &meta))
        return 0;
    sprintf(out, "%llu-%lld-%u", (unsigned long long)meta.stx_ino, (long long)meta.stx_btime.tv_sec,
        meta.stx_btime.tv_nsec);
    return S_ISDIR(meta.stx_mode) ? 'd' : 'f';
}

static void copy_out(int from, int to)
{
    char bytes[16384];
    long got, at = 0;
    while ((got = syscall(SYS_pread64, from, bytes, sizeof bytes, at)) > 0) {
        syscall(SYS_write, to, bytes, got);
        at += got;
    }
}

static void names_out(const char *folder, int to)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    char line[LONG], id[128];
    while (dir && (entry = readdir(dir))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        int kind = key(dirfd(dir), entry->d_name, AT_SYMLINK_NOFOLLOW, id);
        if (kind)
            syscall(SYS_write, to, line, snprintf(line, sizeof line, "%c %s %s\n", kind, id, entry->d_name));
    }
    if (dir)
        closedir(dir);
}

/* before a sync: what it is about to make safe. Two at once are not mixed up. */
static int before_sync(int fd, char *as, char *taken)
{
    static int number;
    char id[128], link[64], path[LONG];
    int kind = safe[0] ? key(fd, "", AT_EMPTY_PATH, id) : 0;
    if (!kind)
        return 0;
    snprintf(as, 2 * LONG, "%s/%c-%s", safe, kind, id);
    snprintf(taken, 2 * LONG, "%s/taken-%d", safe, __sync_add_and_fetch(&number, 1));
    int to = syscall(SYS_openat, AT_FDCWD, taken, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (kind == 'd') {
        ssize_t length = readlink(link, path, sizeof path - 1);
        path[length < 0 ? 0 : length] = 0;
        names_out(path, to);
    } else {
        /* it may be open for writing only */
        int from = syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
        copy_out(from, to);
        syscall(SYS_close, from);
    }
    syscall(SYS_close, to);
    return 1;
}

static int synced(int fd, const char *name, int (*real)(int))
{
    struct call call;
    char as[2 * LONG], taken[2 * LONG];
    ready();
    if (!ours(fd))
        return real(fd);
    enter(&call, name, opened[fd], CHANGES, 0);
    if (strikes(&call))
        return leave(&call, -1);
    if (no_sync)
        return leave(&call, 0);
    int kept = before_sync(fd, as, taken);
    int result = real(fd);
    if (kept)
        syscall(SYS_renameat, AT_FDCWD, taken, AT_FDCWD, result ? taken : as);
    return leave(&call, result);
}

int fsync(int fd) { REAL(int, "fsync", int); return synced(fd, "fsync", real); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); return synced(fd, "fdatasync", real); }

/* ---- opening, closing ---- */

static int opens(int dir, const char *path, int flags, mode_t mode)
{
    struct call call;
    char rel[LONG];
    int changes = flags & (O_CREAT | O_TRUNC);
    if ((dir != AT_FDCWD && path && path[0] != '/') || !under(path, rel))
        return syscall(SYS_openat, dir, path, flags | O_LARGEFILE, mode);
    int kind = changes || (flags & O_ACCMODE) ? CHANGES : READS;
    enter(&call, "open", rel, kind, (changes ? mode | MAKES : 0) | (kind == CHANGES ? OPENED_TO_WRITE : 0));
    if (strikes(&call))
        return leave(&call, -1);
    int fd = syscall(SYS_openat, dir, path, flags | O_LARGEFILE, mode);
    leave(&call, fd);
    if (fd >= 0 && fd < FDS)
        strcpy(opened[fd], rel);
    return fd;
}

#define OPEN(name, dir, ...) \
    int name(__VA_ARGS__, int flags, ...) \
    { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        return opens(dir, path, flags, mode); \
    }

OPEN(open, AT_FDCWD, const char *path)
OPEN(open64, AT_FDCWD, const char *path)
OPEN(openat, dir, int dir, const char *path)
OPEN(openat64, dir, int dir, const char *path)

int creat(const char *path, mode_t mode) { return opens(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return opens(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd)
{
    struct call call;
    REAL(int, "close", int);
    if (!ours(fd))
        return real(fd);
    enter(&call, "close", opened[fd], CHANGES, 0);
    opened[fd][0] = 0;
    /* the file is closed whatever is said of it */
    int struck = strikes(&call), error = errno, result = real(fd);
    if (struck) {
        errno = error;
        result = -1;
    }
    return leave(&call, result);
}

/* ---- reading, writing ---- */

static ssize_t moves(int fd, const char *name, int kind, struct iovec *all, int pieces, off_t at)
{
    struct call call;
    size_t bytes = 0;
    for (int n = 0; n < pieces; n++)
        bytes += all[n].iov_len;
    enter(&call, name, opened[fd], kind, bytes);
    int half = is(&call, "SHORT") && bytes > 1;
    if (is(&call, "KILL") && (kind & WRITES) && bytes > 1)
        syscall(at < 0 ? SYS_write : SYS_pwrite64, fd, all[0].iov_base, all[0].iov_len / 2, at);
    if (strikes(&call))
        return leave(&call, -1);
    if (half || pieces == 1) {
        size_t length = half ? (all[0].iov_len + 1) / 2 : all[0].iov_len;
        long number = kind == READS ? (at < 0 ? SYS_read : SYS_pread64) : (at < 0 ? SYS_write : SYS_pwrite64);
        return leave(&call, syscall(number, fd, all[0].iov_base, length, at));
    }
    return leave(&call, syscall(kind == READS ? SYS_readv : SYS_writev, fd, all, pieces));
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    struct iovec all = {(void *)bytes, length};
    return ours(fd) ? moves(fd, "write", CHANGES | WRITES, &all, 1, -1) : syscall(SYS_write, fd, bytes, length);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    struct iovec all = {(void *)bytes, length};
    return ours(fd) ? moves(fd, "pwrite", CHANGES | WRITES, &all, 1, at)
            : syscall(SYS_pwrite64, fd, bytes, length, at);
}
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

ssize_t writev(int fd, const struct iovec *all, int pieces)
{
    return ours(fd) ? moves(fd, "writev", CHANGES | WRITES, (struct iovec *)all, pieces, -1)
            : syscall(SYS_writev, fd, all, pieces);
}

ssize_t read(int fd, void *bytes, size_t length)
{
    struct iovec all = {bytes, length};
    return ours(fd) ? moves(fd, "read", READS, &all, 1, -1) : syscall(SYS_read, fd, bytes, length);
}

/* ---- calls on an open file ---- */

#define ON_FILE(name, what, more, call_real, ...) \
    int name(__VA_ARGS__) \
    { \
        struct call call; \
        REAL(int, #name, __VA_ARGS__); \
        if (!ours(fd)) \
            return call_real; \
        enter(&call, what, opened[fd], CHANGES, more); \
        return leave(&call, strikes(&call) ? -1 : call_real); \
    }

ON_FILE(ftruncate, "ftruncate", length, real(fd, length), int fd, off_t length)
ON_FILE(ftruncate64, "ftruncate", length, real(fd, length), int fd, off64_t length)
ON_FILE(fallocate, "fallocate", length, real(fd, mode, at, length), int fd, int mode, off_t at, off_t length)
ON_FILE(fallocate64, "fallocate", length, real(fd, mode, at, length), int fd, int mode, off64_t at, off64_t length)
ON_FILE(sync_file_range, "sync_file_range", 0, real(fd, at, length, flags), int fd, off64_t at, off64_t length,
    unsigned flags)
ON_FILE(fchmod, "fchmod", mode, real(fd, mode), int fd, mode_t mode)
ON_FILE(fchown, "fchown", 0, real(fd, owner, group), int fd, uid_t owner, gid_t group)
ON_FILE(flock, "flock", how, real(fd, how), int fd, int how)

/* this one says its error instead of leaving it behind */
int posix_fallocate64(int fd, off64_t at, off64_t length)
{
    struct call call;
    REAL(int, "posix_fallocate64", int, off64_t, off64_t);
    if (!ours(fd))
        return real(fd, at, length);
    enter(&call, "posix_fallocate", opened[fd], CHANGES, length);
    int error = strikes(&call) ? errno : real(fd, at, length);
    errno = error;
    leave(&call, error ? -1 : 0);
    return error;
}
int posix_fallocate(int fd, off_t at, off_t length) { return posix_fallocate64(fd, at, length); }

/* ---- calls on a path ---- */

#define ON_PATH(name, what, dir, path, more, call_real, ...) \
    int name(__VA_ARGS__) \
    { \
        struct call call; \
        char rel[LONG]; \
        REAL(int, #name, __VA_ARGS__); \
        if (((dir) != AT_FDCWD && (path)[0] != '/') || !under(path, rel)) \
            return call_real; \
        enter(&call, what, rel, CHANGES, more); \
        return leave(&call, strikes(&call) ? -1 : call_real); \
    }

ON_PATH(unlink, "unlink", AT_FDCWD, path, 0, real(path), const char *path)
ON_PATH(unlinkat, "unlink", dir, path, 0, real(dir, path, flags), int dir, const char *path, int flags)
ON_PATH(rmdir, "rmdir", AT_FDCWD, path, 0, real(path), const char *path)
ON_PATH(mkdir, "mkdir", AT_FDCWD, path, mode | MAKES, real(path, mode), const char *path, mode_t mode)
ON_PATH(mkdirat, "mkdir", dir, path, mode | MAKES, real(dir, path, mode), int dir, const char *path, mode_t mode)
ON_PATH(chmod, "chmod", AT_FDCWD, path, mode, real(path, mode), const char *path, mode_t mode)
ON_PATH(fchmodat, "chmod", dir, path, mode, real(dir, path, mode, flags), int dir, const char *path, mode_t mode,
    int flags)
ON_PATH(chown, "chown", AT_FDCWD, path, 0, real(path, owner, group), const char *path, uid_t owner, gid_t group)
ON_PATH(lchown, "chown", AT_FDCWD, path, 0, real(path, owner, group), const char *path, uid_t owner, gid_t group)
ON_PATH(fchownat, "chown", dir, path, 0, real(dir, path, owner, group, flags), int dir, const char *path,
    uid_t owner, gid_t group, int flags)
ON_PATH(truncate, "truncate", AT_FDCWD, path, 0, real(path, length), const char *path, off_t length)
ON_PATH(truncate64, "truncate", AT_FDCWD, path, 0, real(path, length), const char *path, off64_t length)
ON_PATH(symlink, "symlink", AT_FDCWD, path, 0, real(to, path), const char *to, const char *path)
ON_PATH(link, "link", AT_FDCWD, to, 0, real(from, to), const char *from, const char *to)
ON_PATH(linkat, "link", to_dir, to, 0, real(from_dir, from, to_dir, to, flags), int from_dir, const char *from,
    int to_dir, const char *to, int flags)

/* the worst way to save: the old file is emptied, then filled */
static int into_the_old_one(struct call *call, const char *from, const char *to)
{
    char bytes[1 << 16];
    int in = syscall(SYS_openat, AT_FDCWD, from, O_RDONLY | O_CLOEXEC, 0);
    int out = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    long got, left = is(call, "KILL") || (call->fault && !is(call, "HUP") && !is(call, "TERM")) ? 700 : 1L << 40;
    while (left > 0 && (got = syscall(SYS_read, in, bytes, left < (long)sizeof bytes ? left : (long)sizeof bytes)) > 0) {
        syscall(SYS_write, out, bytes, got);
        left -= got;
    }
    syscall(SYS_close, in);
    syscall(SYS_close, out);
    if (strikes(call))
        return -1;
    syscall(SYS_unlinkat, AT_FDCWD, from, 0);
    return 0;
}

static int renames(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    struct call call;
    char rel[LONG];
    struct stat meta;
    if ((to_dir != AT_FDCWD && to[0] != '/') || !under(to, rel))
        return syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
    enter(&call, "rename", rel, CHANGES, 0);
    if (in_place && !stat(to, &meta) && S_ISREG(meta.st_mode))
        return leave(&call, into_the_old_one(&call, from, to));
    return leave(&call, strikes(&call) ? -1 : syscall(SYS_renameat2, from_dir, from, to_dir, to, flags));
}

int rename(const char *from, const char *to) { return renames(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    return renames(from_dir, from, to_dir, to, 0);
}
int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    return renames(from_dir, from, to_dir, to, flags);
}
