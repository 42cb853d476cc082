import type { Mask } from './mask.ts'
import { extractDigits } from '../text/plain-text.ts'

/** An input's text and selection; a caret when both ends are the same. */
export interface InputState {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Replaces the selection with a typed character, or with a chunk that was pasted or dropped. */
export function insertText(mask: Mask, { text, start, end }: InputState, chunk: string): InputState {
  // Nothing can be inserted before the prefix.
  const first = isFormatted(mask, text) ? Math.min(mask.format('').length, text.length) : 0
  const from = start === end ? Math.max(start, first) : start
  const proposed = text.slice(0, from) + chunk + text.slice(Math.max(from, end))
  const caret = from + chunk.length
  if (chunk.length > 1) {
    if (mask.parse(proposed) !== undefined) return reformat(mask, withCaret(proposed, caret))
    // A complete value replaces the text. Bare digits shorter than the maximum may be a part of a value.
    const whole = mask.parse(chunk)
    if (whole !== undefined && (whole.length === mask.maxDigits || extractDigits(chunk) !== chunk)) {
      return render(mask, whole, whole.length)
    }
  } else {
    if (mask.ambiguous?.test(proposed)) return withCaret(proposed, caret)
    if (!isFormatted(mask, text)) return reformat(mask, withCaret(proposed, caret))
    // Letters are not accepted between digits.
    if (/\p{L}/u.test(chunk)) return { text, start, end }
  }
  // A text that does not fit the pattern (an extra digit, a foreign country code) stays visible: dropping the excess would
  // make a different, valid value of it.
  if (!canFormat(mask, proposed)) return withCaret(proposed, caret)
  return render(mask, mask.digits(proposed), mask.digits(proposed.slice(0, caret)).length)
}

/** Deletes the selection, or the digit before or after the caret, skipping the pattern's own characters. */
export function deleteText(
  mask: Mask,
  { text, start, end }: InputState,
  direction: 'backward' | 'forward',
): InputState {
  const collapsed = start === end
  if (!isFormatted(mask, text)) {
    const from = collapsed && direction === 'backward' ? Math.max(0, start - 1) : start
    const to = collapsed && direction === 'forward' ? end + 1 : end
    return reformat(mask, withCaret(text.slice(0, from) + text.slice(to), from))
  }
  const fixed = countDigits(mask.format(''))
  const digits = extractDigits(text).slice(fixed)
  const before = (position: number): number => Math.max(0, countDigits(text, position) - fixed)
  const from = collapsed && direction === 'backward' ? Math.max(0, before(start) - 1) : before(start)
  const to = collapsed && direction === 'forward' ? before(end) + 1 : before(end)
  const rest = digits.slice(0, from) + digits.slice(to)
  return rest === '' ? withCaret('', 0) : render(mask, rest, from)
}

/** Formats a text from autofill, a script or an input method, if it fits the mask. */
export function reformat(mask: Mask, typed: InputState): InputState {
  const { text, end } = typed
  const whole = mask.parse(text)
  if (whole !== undefined) {
    if (text === mask.format(whole)) return typed
    const before = end === text.length ? whole : mask.digits(text.slice(0, end))
    return render(mask, whole, Math.min(whole.length, before.length))
  }
  if (text === '' || !canFormat(mask, text)) return typed
  return render(mask, mask.digits(text), mask.digits(text.slice(0, end)).length)
}

/** Whether a text fits the pattern. One that does not stays as it is, for the person to see and correct. */
function canFormat(mask: Mask, text: string): boolean {
  if (mask.ambiguous?.test(text)) return false
  return (
    mask.digits(text).length <= mask.maxDigits && !/\p{L}|^\s*\+(?![78])/u.test(text.replace(/^tel:/i, ''))
  )
}

function isFormatted(mask: Mask, text: string): boolean {
  return text === '' || text === mask.format(mask.digits(text))
}

function render(mask: Mask, digits: string, caretAfter: number): InputState {
  const text = mask.format(digits)
  if (caretAfter === digits.length) return withCaret(text, text.length)
  const first = mask.format('')
  const digitsBefore = countDigits(first) + caretAfter
  let caret = caretAfter === 0 ? first.length : 0
  while (caret < text.length && countDigits(text, caret) < digitsBefore) caret += 1
  return withCaret(text, caret)
}

/** The number of digits before a position in a formatted text. */
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
