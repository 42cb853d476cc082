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

/** Edits the text of one masked input. A text that is not certainly a value, or a beginning of one, stays as entered. */
export interface MaskEditor {
  /** Replaces the selection with a typed character, or with a chunk that was pasted or dropped. */
  insert(state: InputState, chunk: string): InputState
  /** Deletes the selection, or the digit before or after the caret. */
  remove(state: InputState, direction: 'backward' | 'forward'): InputState
  /** Formats a whole text from autofill or a script, and one that a person has finished, if it is certain. */
  reformat(state: InputState): InputState
}

/**
 * Creates the editor of one input. imask's model of the text, which lasts as long as the editor, finds the digits, formats
 * them and places the caret. The editor decides which edits the model is given.
 */
export function createMaskEditor({ shape, digits, parse }: Mask): MaskEditor {
  const masked = createMasked(shape)
  const max = maxDigits(shape)
  const prefix = shapePrefix(shape)
  /** The text that the model is known to show. */
  let shown: string | undefined = ''

  /** Brings the model up to date with the input. Returns whether it shows the same text. */
  function sync(text: string): boolean {
    if (text === shown) return true
    masked.unmaskedValue = digits(text) ?? ''
    shown = masked.value || prefix
    return text === shown || text === masked.value
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

  /** Shows the digits that a text has so far, or the text as it is where they are uncertain or too many. */
  function showTyped(state: InputState, found = digits(state.text)): InputState {
    if (found === undefined || found.length > max) return state
    const { text, end } = state
    const before = end === text.length ? found : (digits(text.slice(0, end)) ?? found)
    const formatted = showDigits(found, Math.min(found.length, before.length))
    return formatted.text === text ? state : formatted
  }

  function insert({ text, start, end }: InputState, entered: string): InputState {
    // A no-break space between digits is the mask's.
    const chunk = entered === '\u00a0' ? ' ' : entered
    const formatted = sync(text)
    // Nothing can be inserted before the prefix.
    const from = formatted && start === end ? Math.max(start, Math.min(prefix.length, text.length)) : start
    const to = Math.max(from, end)
    const proposed = withCaret(text.slice(0, from) + chunk + text.slice(to), from + chunk.length)
    const inserted = extractDigits(chunk)
    const isDigits = inserted.length === chunk.length
    if (chunk.length > 1) {
      if (parse(proposed.text) !== undefined) return reformat(proposed)
      // A complete value replaces a formatted text. Digits shorter than the maximum may be a part of a value, or another
      // one after a space.
      const replacement = formatted ? parse(chunk) : undefined
      if (replacement !== undefined && (replacement.length === max || !/^\s|^\d+\s*$/.test(chunk))) {
        return showDigits(replacement, replacement.length)
      }
    }
    if (!isDigits) {
      // A sign that has no place in the mask stays, and so does everything that is entered after it: without it the
      // digits would make another value. After the last digit no sign has a place.
      const isFull = from === text.length && digits(text)?.length === max
      if (!formatted || chunk.length > 1 || isFull) return proposed
      return digits(proposed.text) === masked.extractInput() ? show(from) : showTyped(proposed)
    }
    // A longer text may go on, so only its last digit completes it.
    if (!formatted) return parse(proposed.text)?.length === max ? reformat(proposed) : showTyped(proposed)
    // The signs of a formatted text are the mask's own.
    const expected = digits(extractDigits(proposed.text)) ?? ''
    // An extra digit stays visible: dropping it would make a different, valid value of the text.
    if (expected.length > max) return proposed
    if (text !== prefix && (inserted !== '' || from === to)) {
      const { offset } =
        from === text.length
          ? masked.append(inserted, {})
          : masked.splice(from, to - from, inserted, DIRECTION.NONE, {})
      if (masked.extractInput() === expected) return show(from + offset)
    }
    // The kind reads the digits in its own way: it drops leading zeros, or a second country code.
    return showDigits(expected, (digits(extractDigits(proposed.text.slice(0, proposed.end))) ?? '').length)
  }

  function remove({ text, start, end }: InputState, direction: 'backward' | 'forward'): InputState {
    const backward = direction === 'backward'
    let [from, to] = [start, end]
    if (!sync(text)) {
      if (start === end && backward) from = Math.max(0, start - 1)
      if (start === end && !backward) to = end + 1
      const left = withCaret(text.slice(0, from) + text.slice(to), from)
      return left.text === '' ? left : showTyped(left, parse(left.text) ?? digits(left.text))
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
    const { text } = state
    const whole = parse(text)
    return whole !== undefined || (/^\d+$/.test(text) && text.length < max) ? showTyped(state, whole) : state
  }

  return { insert, remove, reformat }
}

function withCaret(text: string, caret: number): InputState {
  return { text, start: caret, end: caret }
}
