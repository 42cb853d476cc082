/** What WebDriver calls a change of a key. */
interface KeyAction {
  readonly type: 'keyDown' | 'keyUp'
  readonly value: string
}

/** The signs by which WebDriver names keys without a character: https://www.w3.org/TR/webdriver2/#keyboard-actions. */
const codes: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
}

/** The actions of WebDriver that type a text. */
export function typeActions(text: string): readonly object[] {
  return keyboard(Array.from(text).flatMap((value) => [down(value), up(value)]))
}

/** The actions of WebDriver that press keys together: `Control+a`. */
export function pressActions(keys: string): readonly object[] {
  const values = keys.split('+').map((key) => codes[key] ?? key)
  return keyboard([...values.map(down), ...values.toReversed().map(up)])
}

/** How long a person holds a button of the mouse: what moves away under the pointer meanwhile gets no click. */
export const holdMs = 80

/** The actions of WebDriver that click. */
export function clickActions(x: number, y: number): readonly object[] {
  const move = { type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport' }
  const hold = { type: 'pause', duration: holdMs }
  const actions = [move, { type: 'pointerDown', button: 0 }, hold, { type: 'pointerUp', button: 0 }]
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }]
}

function keyboard(actions: readonly KeyAction[]): readonly object[] {
  return [{ type: 'key', id: 'keyboard', actions }]
}

function down(value: string): KeyAction {
  return { type: 'keyDown', value }
}

function up(value: string): KeyAction {
  return { type: 'keyUp', value }
}
