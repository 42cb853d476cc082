import type { Direction } from 'imask/esm/core/utils'

/** A model of a masked text: its value, and the arithmetic of edits and carets, as imask has it. It needs no element. */
export interface DigitModel {
  readonly value: string
  unmaskedValue: string
  extractInput(): string
  reset(): void
  /** The edits return by how much the caret moves. */
  append(digits: string, flags: object, tail?: string): { readonly offset: number }
  splice(
    start: number,
    deleteCount: number,
    inserted: string,
    removeDirection: Direction,
    flags: object,
  ): { readonly offset: number }
  remove(start: number, end: number): { readonly offset: number }
  nearestInputPos(position: number, direction: Direction): number
}
