// What the benchmarks of pages share: how a phone is slowed down, how keys are pressed, and what they cost.
import type { CDPSession, Page } from 'playwright'

/** How a phone and its network are slowed down. */
export const conditions = {
  plain: { cpu: 1, slow4g: false },
  'CPU 4x': { cpu: 4, slow4g: false },
  'slow 4G': { cpu: 1, slow4g: true },
  'slow 4G, CPU 4x': { cpu: 4, slow4g: true },
} as const

export type Condition = keyof typeof conditions

export const conditionNames = Object.keys(conditions).filter(isCondition)

function isCondition(name: string): name is Condition {
  return Object.hasOwn(conditions, name)
}

const nextFrame = 'new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))'

/** The element of the form's shadow root. Pages without the form have none. */
export const formHost = '[data-anketa] > *'

/** Starts the page's counters, and slows the page down. */
export async function slowDown(page: Page, condition: Condition): Promise<CDPSession> {
  const { cpu, slow4g } = conditions[condition]
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('Network.enable')
  if (cpu > 1) await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  if (slow4g) {
    const bytesPerSecond = (1.6 * 1024 * 1024) / 8
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: bytesPerSecond,
      uploadThroughput: bytesPerSecond / 2,
    })
  }
  return session
}

/** Types a text key by key, and erases it as it came, with a frame after each key. */
export async function typeAndErase(session: CDPSession, text: string): Promise<void> {
  await typeText(session, text)
  const backspace = { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: 8 }
  for (const _ of text) {
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...backspace })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...backspace })
    await waitForFrame(session)
  }
}

/** Types a text key by key, with a frame after each key. */
export async function typeText(session: CDPSession, text: string): Promise<void> {
  for (const key of text) {
    const isDigit = /\d/.test(key)
    await press(session, key, isDigit ? `Digit${key}` : 'KeyF', isDigit ? 48 + Number(key) : 70)
    await waitForFrame(session)
  }
}

async function waitForFrame(session: CDPSession): Promise<void> {
  await session.send('Runtime.evaluate', { expression: nextFrame, awaitPromise: true })
}

export async function press(
  session: CDPSession,
  text: string,
  code: string,
  virtualKey: number,
): Promise<void> {
  const key = { key: text, code, windowsVirtualKeyCode: virtualKey }
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...key })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
}

/**
 * Runs in the page before its scripts: keeps the moment at which a field has taken the first key. A form may keep the event
 * from the page, or cancel it and write the value itself, so it is seen on its way down; the next task begins once the
 * field has handled it.
 */
export function recordFirstKey(): void {
  const record = (): void => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => Reflect.set(window, 'firstKeyAt', performance.now())
    port2.postMessage(undefined)
  }
  addEventListener('beforeinput', record, { capture: true, once: true })
}

/** Waits for what {@link recordFirstKey} keeps. */
export async function readFirstKey(page: Page): Promise<number> {
  return Number(await waitUntil(page, 'window.firstKeyAt'))
}

/**
 * Waits until an expression of the page is true, and returns its value. It is looked at in tasks of its own, without
 * frames and without what the driver of the browser puts into a page: that takes longer than some of the scripts measured.
 */
export async function waitUntil(page: Page, expression: string): Promise<unknown> {
  const session = await page.context().newCDPSession(page)
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `new Promise((resolve) => {
      const look = () => {
        const value = ${expression}
        if (value) resolve(value)
        else setTimeout(look, 1)
      }
      look()
    })`,
    awaitPromise: true,
    returnByValue: true,
  })
  await session.detach()
  if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.text}`)
  return result.value
}

/** What ends the time that a clock measures, and what starts it. */
interface Clock {
  readonly event: 'keydown' | 'mousedown'
  /** The element that has to be visible, in the form's shadow root or in the page. */
  readonly selector: string
  readonly host: string
}

/** Lets a clock run from the next event to the frame after an element is shown. */
export async function armClock(page: Page, event: Clock['event'], selector: string): Promise<void> {
  await page.evaluate(runClock, { event, selector, host: formHost })
}

/** Runs in the page: keeps the milliseconds that the clock has run. */
function runClock({ event: type, selector, host }: Clock): void {
  Reflect.set(window, 'shownAfter', undefined)
  addEventListener(
    type,
    (event) => {
      const root = document.querySelector(host)?.shadowRoot ?? document
      const look = (): void => {
        if (root.querySelector<HTMLElement>(selector)?.checkVisibility({ visibilityProperty: true })) {
          // The task after the frame's callbacks begins once the frame has been drawn.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => Reflect.set(window, 'shownAfter', performance.now() - event.timeStamp)
            port2.postMessage(undefined)
          })
        } else requestAnimationFrame(look)
      }
      setTimeout(look)
    },
    { capture: true, once: true },
  )
}

/** Waits for what {@link armClock} keeps. */
export async function readClock(page: Page): Promise<number> {
  return Number(await waitUntil(page, 'window.shownAfter'))
}

/** The main thread's time so far, ms: in all, in script, in style and layout. */
export async function times(session: CDPSession) {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? NaN) * 1000
  return {
    task: of('TaskDuration'),
    script: of('ScriptDuration'),
    layout: of('LayoutDuration') + of('RecalcStyleDuration'),
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? NaN
}
