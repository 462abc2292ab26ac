/**
 * What becomes of each call of `fs`: there is nothing to read (ENOENT), nothing can be written (EROFS), and no file is open
 * (EBADF). A table.
 */
export interface FileCall {
  code: 'ENOENT' | 'EROFS' | 'EBADF'
  syscall: string
  /** How many of its first arguments are paths; none are where a file descriptor comes first. */
  paths: 0 | 1 | 2
}

const absent = (syscall: string, paths: 1 | 2 = 1): FileCall => ({ code: 'ENOENT', syscall, paths })
const unwritable = (syscall: string, paths: 1 | 2 = 1): FileCall => ({ code: 'EROFS', syscall, paths })
const closed = (syscall: string): FileCall => ({ code: 'EBADF', syscall, paths: 0 })

export const fileCalls: Readonly<Record<string, FileCall>> = {
  access: absent('access'),
  chmod: absent('chmod'),
  chown: absent('chown'),
  copyFile: absent('copyfile', 2),
  cp: absent('cp', 2),
  lchown: absent('lchown'),
  link: absent('link', 2),
  lstat: absent('lstat'),
  lutimes: absent('lutime'),
  open: absent('open'),
  opendir: absent('opendir'),
  readdir: absent('scandir'),
  readFile: absent('open'),
  readlink: absent('readlink'),
  realpath: absent('realpath'),
  rename: absent('rename', 2),
  rm: absent('rm'),
  rmdir: absent('rmdir'),
  stat: absent('stat'),
  statfs: absent('statfs'),
  truncate: absent('open'),
  unlink: absent('unlink'),
  utimes: absent('utime'),

  appendFile: unwritable('open'),
  mkdir: unwritable('mkdir'),
  mkdtemp: unwritable('mkdtemp'),
  mkdtempDisposable: unwritable('mkdtemp'),
  symlink: unwritable('symlink', 2),
  writeFile: unwritable('open'),

  close: closed('close'),
  fchmod: closed('fchmod'),
  fchown: closed('fchown'),
  fdatasync: closed('fdatasync'),
  fstat: closed('fstat'),
  fsync: closed('fsync'),
  ftruncate: closed('ftruncate'),
  futimes: closed('futime'),
  read: closed('read'),
  readv: closed('readv'),
  write: closed('write'),
  writev: closed('writev'),
}
