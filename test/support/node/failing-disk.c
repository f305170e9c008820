/* Loaded into a Node process with LD_PRELOAD: a disk that refuses what the environment says.
   FOLDER_FSYNC_ERRNO: flushing any folder fails with this number.
   LINK_ERRNO: hard links fail with this number.
   RENAME_ERRNO, RENAME_REFUSALS: so many renames to a .gab file fail with this number. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int number_of(const char *name) {
  const char *text = getenv(name);
  return text ? atoi(text) : 0;
}

static int is_refused_folder(int fd) {
  struct stat found;
  int code = number_of("FOLDER_FSYNC_ERRNO");
  if (!code || fstat(fd, &found) != 0 || !S_ISDIR(found.st_mode)) return 0;
  errno = code;
  return 1;
}

int fsync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
  return is_refused_folder(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
  return is_refused_folder(fd) ? -1 : real(fd);
}

int link(const char *from, const char *to) {
  int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "link");
  if (!number_of("LINK_ERRNO")) return real(from, to);
  errno = number_of("LINK_ERRNO");
  return -1;
}

int rename(const char *from, const char *to) {
  static int refusals;
  size_t length = strlen(to);
  int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
  if (length > 4 && strcmp(to + length - 4, ".gab") == 0 && refusals < number_of("RENAME_REFUSALS")) {
    refusals += 1;
    errno = number_of("RENAME_ERRNO");
    return -1;
  }
  return real(from, to);
}
