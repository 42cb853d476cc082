/** The engines that the journeys run in. */
export type EngineName = 'chromium' | 'firefox' | 'webkit'

/** A browser with one page, used as a person uses it. Coordinates are CSS pixels of the viewport. */
export interface Engine {
  /** Opens an address, and waits until the page is loaded. */
  open(url: string): Promise<void>
  /** Evaluates an expression in the page. Its value is JSON; an exception rejects. */
  evaluate<Value>(expression: string): Promise<Value>
  /** Types a text, key by key. */
  type(text: string): Promise<void>
  /** Presses keys, one after the other, by their names in `KeyboardEvent.key`: `Tab`, `Control+a`. */
  press(...keys: readonly string[]): Promise<void>
  /** Clicks with the mouse. */
  clickAt(x: number, y: number): Promise<void>
  /** Takes back the last edit of the field that has the focus. WPE WebKit has no undo. */
  readonly undo: (() => Promise<void>) | undefined
  close(): Promise<void>
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine that the tests of a project run in. */
    engine: EngineName
  }
}
