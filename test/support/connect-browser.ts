import { type Browser, chromium } from 'playwright'
import { inject } from 'vitest'

/** Connects to the browser that the journeys share. `close` closes the pages of this connection only. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserServer'))
}
