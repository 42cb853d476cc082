import { startChromium } from './chromium-engine.ts'
import type { Engine, EngineName } from './engine.ts'
import { startFirefox } from './firefox-engine.ts'
import { startWebKit } from './webkit-engine.ts'

/** Starts an engine with a profile of its own. */
export function startEngine(name: EngineName): Promise<Engine> {
  return { chromium: startChromium, firefox: startFirefox, webkit: startWebKit }[name]()
}
