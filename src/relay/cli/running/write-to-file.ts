import { CommandError } from '../command.ts'

const fileProblems: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist: make it, or name another file',
  ENOTDIR: 'a part of its path is a file: name another one',
  EISDIR: 'a folder has this name: name a file',
  EACCES: 'this user may not write there: name another file, or change the rights',
  EPERM: 'this user may not write there: name another file, or change the rights',
  EROFS: 'the disk can only be read: name a file on another one',
  ENOSPC: 'the disk is full: free some space, or name a file on another one',
  EDQUOT: "the user's quota of the disk is used up: free some space, or name a file on another one",
  EFBIG: 'the disk takes no file of this size: name a file on another one',
  ENAMETOOLONG: 'its name is too long: name another file',
  EIO: 'the disk has failed: name a file on another one',
}

/** Does something that writes to a file, and says what is wrong with the file if it cannot be written. */
export async function writeToFile<Result>(file: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (cause) {
    const problem = isFileError(cause) ? fileProblems[String(cause.code)] : undefined
    if (problem === undefined) throw cause
    throw new CommandError(`${file} cannot be written: ${problem}. Nothing was written.`, { cause })
  }
}

/** Whether an error is the file system's. A connection that breaks has no such call, or another code. */
export function isFileError(error: unknown): error is Error & { readonly code: unknown } {
  return error instanceof Error && 'code' in error && Object.hasOwn(fileProblems, String(error.code))
}
