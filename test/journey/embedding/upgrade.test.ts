import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import manifest from '../../../package.json' with { type: 'json' }
import {
  readRecordedRelease,
  recordedVersion,
  unpackRecordedRelease,
} from '../../support/recorded-release.ts'
import { acceptAndSubmit, openForm, typeAnswers } from '../support/pages/form-page.ts'
import { createPerson } from '../support/person.ts'
import { createRandomChoices } from '../support/random-choices.ts'
import { type TestEnvironment, startTestEnvironment } from '../support/test-environment.ts'

// A relay that has served an older release, whose files were recorded, is upgraded while pages are open.

const built = new URL('../../../dist/anketa.js', import.meta.url)
let stage: TestEnvironment
let folder: string
let recorded: ReadonlyMap<string, string>

beforeAll(async () => {
  recorded = await readRecordedRelease()
  folder = await unpackRecordedRelease()
  stage = await startTestEnvironment({ widgetFile: join(folder, 'anketa.js') })
})

beforeEach(() => stage.restart({ widgetFile: join(folder, 'anketa.js') }))

afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true })
})

/** Opens a landing page, from an origin that the relay takes leads of, with the script of a form. `messages` is what its console has. */
async function visit(name: string) {
  const relay = stage.demo().url
  const page = await stage.browser.newPage()
  const scripts: string[] = []
  const messages: string[] = []
  page.on('console', (message) => messages.push(message.text()))
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url())
    if (origin === relay && pathname.endsWith('.js')) scripts.push(pathname.split('/').at(-1) ?? '')
  })
  await page.route(`${relay}/landing`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><meta charset="utf-8"><title>Page</title><div data-anketa></div><script type="module" async src="${relay}/forms/${name}/form.js"></script>`,
    }),
  )
  const form = await openForm(page, `${relay}/landing`)
  return { page, form, relay, scripts, messages }
}

/** Restarts the relay with the newer release. What the page asks for meanwhile fails, and is asked for again. */
async function upgrade(messages: string[]): Promise<void> {
  await stage.restart({ widgetFile: built })
  messages.length = 0
}

const versionOf = (page: Page): Promise<unknown> => page.evaluate('Anketa.version')

it('serves the files of the older release on, byte for byte', async () => {
  await stage.restart({ widgetFile: built })
  const { url } = stage.demo()
  for (const [name, content] of recorded) {
    const served = [`${url}/v/${recordedVersion}/${name}`]
    // Chunks have hashes in their names. Pages ask for them beside the script of their form.
    if (/-[\w-]{8}\.js$/.test(name)) served.push(`${url}/forms/main/${name}`)
    for (const address of served) {
      const response = await fetch(address)
      expect([address, response.status]).toEqual([address, 200])
      expect(await response.text()).toBe(content)
    }
  }
})

it('gets the lead of a page that was opened before', async () => {
  const { page, form, messages } = await visit('main')
  expect(await versionOf(page)).toBe(recordedVersion)
  await upgrade(messages)
  await typeAnswers(form, createPerson(createRandomChoices()), 'at once')
  await acceptAndSubmit(form)
  await form.status('accepted')
  expect(await stage.sandbox.received()).toHaveLength(1)
  expect(messages).toEqual([])

  await page.reload()
  await form.step('loan')
  expect(await versionOf(page)).toBe(manifest.version)
  await page.close()
})

it('gives an open page the files of the version that it has', async () => {
  const { page, relay, scripts, messages } = await visit('sms')
  await upgrade(messages)
  const before = scripts.length
  await page.evaluate(`
    second = document.createElement('anketa-form')
    second.setAttribute('relay', '${relay}/forms/callback')
    second.setAttribute('locale', 'en')
    second.setAttribute('look', 'bold')
    document.body.append(second)
  `)
  await page.locator('anketa-form [data-field=firstName]').waitFor()
  expect(await page.locator('anketa-form [data-action=submit]').textContent()).toMatch(/[a-z]/)
  const loaded = scripts.slice(before)
  expect(loaded.length).toBeGreaterThan(1)
  expect(loaded.filter((name) => !recorded.has(name))).toEqual([])
  expect(messages).toEqual([])
  await page.close()
})
