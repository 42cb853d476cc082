import { DIRECTION } from 'imask/esm/core/utils'
import { extractDigits } from '../text/plain-text.ts'
import type { Mask } from './mask.ts'
import { createMasked, maxDigits, shapePrefix } from './masked.ts'

/** An input's text and selection; a caret when both ends are the same. */
export interface InputState {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Edits the text of one masked input. A text that the mask cannot show without loss stays as it was entered. */
export interface MaskEditor {
  /** Replaces the selection with a typed character, or with a chunk that was pasted or dropped. */
  insert(state: InputState, chunk: string): InputState
  /** Deletes the selection, or the digit before or after the caret. */
  remove(state: InputState, direction: 'backward' | 'forward'): InputState
  /** Formats a text from autofill, a script or an input method, if it fits the mask. */
  reformat(state: InputState): InputState
}

/**
 * Creates the editor of one input. imask's model of the text, which lasts as long as the editor, finds the digits, formats
 * them and places the caret. The editor decides which edits the model is given.
 */
export function createMaskEditor({ shape, digits, parse, ambiguous }: Mask): MaskEditor {
  const masked = createMasked(shape)
  const max = maxDigits(shape)
  const prefix = shapePrefix(shape)
  /** The text that the model is known to show. */
  let shown: string | undefined = ''

  /** Brings the model up to date with the input. Returns whether it shows the same text. */
  function sync(text: string): boolean {
    if (text === shown) return true
    masked.unmaskedValue = digits(text)
    shown = masked.value || prefix
    return text === shown || text === masked.value
  }

  /** Whether a text fits the mask. One that does not stays as it is, for the person to see and correct. */
  function fits(text: string): boolean {
    if (ambiguous?.test(text)) return false
    return digits(text).length <= max && !/\p{L}|^\s*\+(?![78])/u.test(text.replace(/^tel:/i, ''))
  }

  /** The position after the closest digit to the left, or 0. It is mostly the same position, which imask is slow to find. */
  function afterDigit(text: string, position: number): number {
    return position > prefix.length && /\d/.test(text.charAt(position - 1))
      ? position
      : masked.nearestInputPos(position, DIRECTION.FORCE_LEFT)
  }

  /** The model's text, with the caret at the nearest place for a digit. */
  function show(caret: number): InputState {
    const { value } = masked
    shown = value || prefix
    const last = shown.length
    return withCaret(
      shown,
      value === '' || caret === last ? last : masked.nearestInputPos(caret, DIRECTION.NONE),
    )
  }

  /** Shows other digits, with the caret after the first `before` of them. */
  function showDigits(all: string, before: number): InputState {
    masked.reset()
    return show(masked.append(all.slice(0, before), {}, all.slice(before)).offset)
  }

  function insert({ text, start, end }: InputState, chunk: string): InputState {
    const formatted = sync(text)
    // Nothing can be inserted before the prefix.
    const from = formatted && start === end ? Math.max(start, Math.min(prefix.length, text.length)) : start
    const to = Math.max(from, end)
    const proposed = text.slice(0, from) + chunk + text.slice(to)
    const caret = from + chunk.length
    if (chunk.length > 1) {
      if (parse(proposed) !== undefined) return reformat(withCaret(proposed, caret))
      // A complete value replaces the text. Bare digits shorter than the maximum may be a part of a value.
      const whole = parse(chunk)
      if (whole !== undefined && (whole.length === max || extractDigits(chunk) !== chunk)) {
        return showDigits(whole, whole.length)
      }
    } else {
      if (ambiguous?.test(proposed)) return withCaret(proposed, caret)
      if (!formatted) return reformat(withCaret(proposed, caret))
      // Letters are not accepted between digits.
      if (/\p{L}/u.test(chunk)) return { text, start, end }
    }
    // A text that does not fit the mask (an extra digit, a foreign country code) stays visible: dropping the excess would
    // make a different, valid value of it.
    if (!fits(proposed)) return withCaret(proposed, caret)
    const expected = digits(proposed)
    const inserted = extractDigits(chunk)
    if (formatted && text !== prefix && (inserted !== '' || from === to)) {
      const { offset } =
        from === text.length
          ? masked.append(inserted, {})
          : masked.splice(from, to - from, inserted, DIRECTION.NONE, {})
      if (masked.extractInput() === expected) return show(from + offset)
    }
    // The kind reads the digits in its own way: it drops leading zeros, or a second country code.
    return showDigits(expected, digits(proposed.slice(0, caret)).length)
  }

  function remove({ text, start, end }: InputState, direction: 'backward' | 'forward'): InputState {
    const backward = direction === 'backward'
    let [from, to] = [start, end]
    if (!sync(text)) {
      if (start === end && backward) from = Math.max(0, start - 1)
      if (start === end && !backward) to = end + 1
      return reformat(withCaret(text.slice(0, from) + text.slice(to), from))
    }
    // A key skips the mask's own characters.
    if (start === end && backward) {
      to = afterDigit(text, start)
      from = Math.max(0, to - 1)
    } else if (start === end) {
      from = masked.nearestInputPos(end, DIRECTION.FORCE_RIGHT)
      to = Math.min(from + 1, text.length)
    }
    // The mask's own characters before the deleted ones go too, so that none is left at the end.
    from = afterDigit(text, from)
    const { offset } =
      to === text.length ? masked.remove(from, to) : masked.splice(from, to - from, '', DIRECTION.NONE, {})
    const left = masked.extractInput()
    if (left === '') {
      masked.reset()
      shown = ''
      return withCaret('', 0)
    }
    const state = show(from + offset)
    // The kind drops leading zeros, so the model has to read such a text again.
    if (digits(state.text) !== left) shown = undefined
    return state
  }

  function reformat(state: InputState): InputState {
    const { text, end } = state
    const whole = parse(text)
    if (whole === undefined) {
      // A keyboard that composes erases the prefix piece by piece.
      if (prefix.startsWith(text) || !fits(text)) return state
      return showDigits(digits(text), digits(text.slice(0, end)).length)
    }
    const before = end === text.length ? whole.length : digits(text.slice(0, end)).length
    const formatted = showDigits(whole, Math.min(whole.length, before))
    return formatted.text === text ? state : formatted
  }

  return { insert, remove, reformat }
}

function withCaret(text: string, caret: number): InputState {
  return { text, start: caret, end: caret }
}
