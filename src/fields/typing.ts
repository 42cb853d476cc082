import type { Entry } from './field-kind.ts'
import { digitsOf } from './plain-text.ts'

/** What an input shows: its text and the selection in it (a caret when both ends are the same). */
export interface Typed {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Text put in the place of the selection: a typed character, or a chunk that was pasted or dropped. */
export function insert(entry: Entry, { text, start, end }: Typed, chunk: string): Typed {
  // Nothing goes in before what always stands first.
  const first = isShaped(entry, text) ? Math.min(entry.display('').length, text.length) : 0
  const from = start === end ? Math.max(start, first) : start
  const proposed = text.slice(0, from) + chunk + text.slice(Math.max(from, end))
  const caret = from + chunk.length
  if (chunk.length > 1) {
    if (entry.whole(proposed) !== undefined) return settle(entry, at(proposed, caret))
    // A value that is whole by itself replaces what was there; bare digits of a shorter one may be a part of it.
    const whole = entry.whole(chunk)
    if (whole !== undefined && (whole.length === entry.limit || digitsOf(chunk) !== chunk)) {
      return shaped(entry, whole, whole.length)
    }
  } else {
    if (entry.unclear?.test(proposed)) return at(proposed, caret)
    if (!isShaped(entry, text)) return settle(entry, at(proposed, caret))
    // A letter has no place among digits.
    if (/\p{L}/u.test(chunk)) return { text, start, end }
  }
  // What the pattern cannot show whole (a digit too many, a plus of another country) stays to be seen: leaving it out
  // would make another value of it, and a valid one.
  if (!canShape(entry, proposed)) return at(proposed, caret)
  return shaped(entry, entry.keep(proposed), entry.keep(proposed.slice(0, caret)).length)
}

/** The selection erased, or from a caret the digit before or after it, over the pattern's own characters. */
export function erase(entry: Entry, { text, start, end }: Typed, direction: 'backward' | 'forward'): Typed {
  const collapsed = start === end
  if (!isShaped(entry, text)) {
    const from = collapsed && direction === 'backward' ? Math.max(0, start - 1) : start
    const to = collapsed && direction === 'forward' ? end + 1 : end
    return settle(entry, at(text.slice(0, from) + text.slice(to), from))
  }
  const fixed = countDigits(entry.display(''))
  const digits = digitsOf(text).slice(fixed)
  const before = (position: number): number => Math.max(0, countDigits(text, position) - fixed)
  const from = collapsed && direction === 'backward' ? Math.max(0, before(start) - 1) : before(start)
  const to = collapsed && direction === 'forward' ? before(end) + 1 : before(end)
  const rest = digits.slice(0, from) + digits.slice(to)
  return rest === '' ? at('', 0) : shaped(entry, rest, from)
}

/** A text that came by another way (autofill, a script, an input method) in its shape, if it has one. */
export function settle(entry: Entry, typed: Typed): Typed {
  const { text, end } = typed
  const whole = entry.whole(text)
  if (whole !== undefined) {
    if (text === entry.display(whole)) return typed
    const before = end === text.length ? whole : entry.keep(text.slice(0, end))
    return shaped(entry, whole, Math.min(whole.length, before.length))
  }
  if (text === '' || !canShape(entry, text)) return typed
  return shaped(entry, entry.keep(text), entry.keep(text.slice(0, end)).length)
}

/** A text that the pattern cannot show whole is left as it is, for the person to see and correct. */
function canShape(entry: Entry, text: string): boolean {
  if (entry.unclear?.test(text)) return false
  return entry.keep(text).length <= entry.limit && !/\p{L}|^\s*\+(?![78])/u.test(text.replace(/^tel:/i, ''))
}

function isShaped(entry: Entry, text: string): boolean {
  return text === '' || text === entry.display(entry.keep(text))
}

function shaped(entry: Entry, digits: string, caretAfter: number): Typed {
  const text = entry.display(digits)
  if (caretAfter === digits.length) return at(text, text.length)
  const first = entry.display('')
  const wanted = countDigits(first) + caretAfter
  let caret = caretAfter === 0 ? first.length : 0
  while (caret < text.length && countDigits(text, caret) < wanted) caret += 1
  return at(text, caret)
}

/** How many digits stand before a place in a text that is in shape. */
function countDigits(text: string, end = text.length): number {
  let count = 0
  for (let index = 0; index < end; index += 1) {
    const character = text.charAt(index)
    if (character >= '0' && character <= '9') count += 1
  }
  return count
}

function at(text: string, caret: number): Typed {
  return { text, start: caret, end: caret }
}
