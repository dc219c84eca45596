/* Cuts the power of an ext4 file system: `shutdown FOLDER`. Nothing that waits is written any more, not even the log. */
#include <fcntl.h>
#include <linux/types.h>
#include <stdio.h>
#include <sys/ioctl.h>

#define EXT4_IOC_SHUTDOWN _IOR('X', 125, __u32)
#define NO_LOG_FLUSH 2

int main(int count, char **args)
{
    __u32 how = NO_LOG_FLUSH;
    int fd = count == 2 ? open(args[1], O_RDONLY | O_DIRECTORY) : -1;
    if (fd < 0 || ioctl(fd, EXT4_IOC_SHUTDOWN, &how)) {
        perror("shutdown");
        return 1;
    }
    return 0;
}
