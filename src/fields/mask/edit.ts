import type { Mask } from '../field-kind.ts'
import { extractDigits } from '../text/plain-text.ts'

/** What an input shows: its text and the selection in it (a caret when both ends are the same). */
export interface InputState {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Text put in the place of the selection: a typed character, or a chunk that was pasted or dropped. */
export function insertText(entry: Mask, { text, start, end }: InputState, chunk: string): InputState {
  // Nothing goes in before what always stands first.
  const first = isFormatted(entry, text) ? Math.min(entry.format('').length, text.length) : 0
  const from = start === end ? Math.max(start, first) : start
  const proposed = text.slice(0, from) + chunk + text.slice(Math.max(from, end))
  const caret = from + chunk.length
  if (chunk.length > 1) {
    if (entry.parse(proposed) !== undefined) return reformat(entry, withCaret(proposed, caret))
    // A value that is whole by itself replaces what was there; bare digits of a shorter one may be a part of it.
    const whole = entry.parse(chunk)
    if (whole !== undefined && (whole.length === entry.maxDigits || extractDigits(chunk) !== chunk)) {
      return render(entry, whole, whole.length)
    }
  } else {
    if (entry.ambiguous?.test(proposed)) return withCaret(proposed, caret)
    if (!isFormatted(entry, text)) return reformat(entry, withCaret(proposed, caret))
    // A letter has no place among digits.
    if (/\p{L}/u.test(chunk)) return { text, start, end }
  }
  // What the pattern cannot show whole (a digit too many, a plus of another country) stays to be seen: leaving it out
  // would make another value of it, and a valid one.
  if (!canFormat(entry, proposed)) return withCaret(proposed, caret)
  return render(entry, entry.digits(proposed), entry.digits(proposed.slice(0, caret)).length)
}

/** The selection erased, or from a caret the digit before or after it, over the pattern's own characters. */
export function deleteText(
  entry: Mask,
  { text, start, end }: InputState,
  direction: 'backward' | 'forward',
): InputState {
  const collapsed = start === end
  if (!isFormatted(entry, text)) {
    const from = collapsed && direction === 'backward' ? Math.max(0, start - 1) : start
    const to = collapsed && direction === 'forward' ? end + 1 : end
    return reformat(entry, withCaret(text.slice(0, from) + text.slice(to), from))
  }
  const fixed = countDigits(entry.format(''))
  const digits = extractDigits(text).slice(fixed)
  const before = (position: number): number => Math.max(0, countDigits(text, position) - fixed)
  const from = collapsed && direction === 'backward' ? Math.max(0, before(start) - 1) : before(start)
  const to = collapsed && direction === 'forward' ? before(end) + 1 : before(end)
  const rest = digits.slice(0, from) + digits.slice(to)
  return rest === '' ? withCaret('', 0) : render(entry, rest, from)
}

/** A text that came by another way (autofill, a script, an input method) in its shape, if it has one. */
export function reformat(entry: Mask, typed: InputState): InputState {
  const { text, end } = typed
  const whole = entry.parse(text)
  if (whole !== undefined) {
    if (text === entry.format(whole)) return typed
    const before = end === text.length ? whole : entry.digits(text.slice(0, end))
    return render(entry, whole, Math.min(whole.length, before.length))
  }
  if (text === '' || !canFormat(entry, text)) return typed
  return render(entry, entry.digits(text), entry.digits(text.slice(0, end)).length)
}

/** A text that the pattern cannot show whole is left as it is, for the person to see and correct. */
function canFormat(entry: Mask, text: string): boolean {
  if (entry.ambiguous?.test(text)) return false
  return (
    entry.digits(text).length <= entry.maxDigits && !/\p{L}|^\s*\+(?![78])/u.test(text.replace(/^tel:/i, ''))
  )
}

function isFormatted(entry: Mask, text: string): boolean {
  return text === '' || text === entry.format(entry.digits(text))
}

function render(entry: Mask, digits: string, caretAfter: number): InputState {
  const text = entry.format(digits)
  if (caretAfter === digits.length) return withCaret(text, text.length)
  const first = entry.format('')
  const wanted = countDigits(first) + caretAfter
  let caret = caretAfter === 0 ? first.length : 0
  while (caret < text.length && countDigits(text, caret) < wanted) caret += 1
  return withCaret(text, caret)
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

function withCaret(text: string, caret: number): InputState {
  return { text, start: caret, end: caret }
}
