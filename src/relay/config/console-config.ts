import {
  array,
  boolean,
  check,
  type InferOutput,
  maxLength,
  minLength,
  optional,
  picklist,
  pipe,
  strictObject,
  string,
} from 'valibot'
import { isPasswordHash } from '../runtime/password-hash.ts'

const expectedUserName =
  'a name of 1 to 40 letters, digits, spaces, ".", "-", "_" and "@", and another one than "admin" and "local"'

/** Who signs in to the console, and what they may do there. */
export const consoleUserSchema = strictObject({
  name: pipe(
    string(),
    minLength(1, expectedUserName),
    maxLength(40, expectedUserName),
    check(
      (name) => /^[\p{L}\p{N}][\p{L}\p{N} ._@-]*$/u.test(name) && !/^(admin|local)$/i.test(name),
      expectedUserName,
    ),
  ),
  role: picklist(['see', 'work', 'configure'], '"see", "work" or "configure"'),
  password: pipe(string(), check(isPasswordHash, 'a hash, as "anketa-relay password" prints it')),
})

/** The operator's console: its users, and whether forms may be saved there. */
export const consoleSchema = strictObject({
  users: optional(
    pipe(
      array(consoleUserSchema),
      check((users) => new Set(users.map(({ name }) => name)).size === users.length, 'each name once'),
    ),
    [],
  ),
  edit: optional(boolean(), false),
})

/** What {@link consoleSchema} accepts, with its defaults. */
export type ConsoleConfig = InferOutput<typeof consoleSchema>
