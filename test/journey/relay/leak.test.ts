import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectBrowser } from '../../support/connect-browser.ts'
import { applicant, mistakes, otherPhone, smsCode } from '../support/leak/applicant.ts'
import { createEvidenceLog, type Finding } from '../support/leak/evidence.ts'
import { echoes } from '../support/leak/echoes.ts'
import { fillLeakForm, leakForm } from '../support/leak/leak-form.ts'
import { devtekToken, documents, type LeakServers, startLeakServers } from '../support/leak/leak-servers.ts'
import { findStoredMarks } from '../support/leak/marks.ts'
import { plantedLeaks } from '../support/leak/planted.ts'
import { readChangedFiles } from '../support/leak/read-changed-files.ts'
import { recordContext } from '../support/leak/record-page.ts'
import { recordErrors, recordRelay } from '../support/leak/record-relay.ts'
import { renderContainer } from '../support/pages/custom-page.ts'
import { acceptAndSubmit, type FormPage, openForm } from '../support/pages/form-page.ts'

let browser: Browser
let servers: LeakServers
const evidence = createEvidenceLog()

beforeAll(async () => {
  ;[browser, servers] = await Promise.all([connectBrowser(), startLeakServers(evidence)])
})

afterAll(async () => {
  await browser.close()
  await servers.close()
})

const marksOfVisit = 'utm_source=vk&utm_campaign=autumn&utm_term=loan&clickid=click-77&erid=abc'

/** What the page gets of the counters and of the person's way, in both deliveries. */
const tracking = {
  metrika: 1,
  'data-layer': true,
  variant: 'b',
  'attribution-days': 30,
  channel: '{utm_campaign}',
  'sub-id1': '{clickid}',
}

/** Submits, and again after what keeps the lead from being sent. */
async function submitTwice(form: FormPage): Promise<void> {
  await acceptAndSubmit(form)
  await form.status('failed')
  await form.action('retry').click()
  // The lender refuses the phone.
  await form.step('person')
  await form.control('phone').fill(otherPhone)
  for (const step of ['person', 'passport', 'address', 'job']) {
    await form.step(step)
    await form.action('next').click()
  }
  await form.action('submit').click()
}

it('goes from a page through a relay to the lender, and nowhere else', async () => {
  const { landing, relayServer, partner, answers, pages, received } = servers
  const redirect = `${partner.url}/thanks?lead={leadId}&number={number}&from={utm_source}`
  const relay = `${relayServer.url}/forms/main`
  pages.set('/landing', pageWith({ ...tracking, relay, redirect, vk: 'VK-RTRG-1' }, relayServer.url))
  const context = await browser.newContext()
  const recorded = await recordContext(context, evidence)
  const tab = await context.newPage()
  // A file that does not come, and a relay that cannot be reached.
  await tab.route('**/place-list-*.js', (route) => route.abort(), { times: 1 })
  await tab.route('**/leads', (route) => route.abort('internetdisconnected'), { times: 2 })
  answers.push(
    () => bad('Field "phone" error: Введите правильный номер телефона'),
    (body) => bad(`Отказ по заявке ${body}`),
  )
  const form = await openForm(tab, `${landing.url}/landing?${marksOfVisit}`)
  await fillLeakForm(form, () => recorded.recordKept(tab))
  await submitTwice(form)
  await form.step('verification')
  await recorded.recordKept(tab)
  await form.control('code').fill(mistakes['code']?.typed ?? '')
  await form.action('confirm').click()
  await form.root.locator('[part=error]').waitFor()
  await form.control('code').fill(smsCode)
  await form.action('confirm').click()
  await form.status('accepted')
  await recorded.recordKept(tab)
  await tab.waitForURL(`${partner.url}/thanks?**`)
  await tab.goBack()
  await recorded.recordKept(tab)
  await context.close()

  expect([...recorded.origins].toSorted()).toEqual([landing.url, partner.url, relayServer.url].toSorted())
  expect(recorded.workers).toEqual([])
  expect(received).toHaveLength(2)
})

it('goes from a page directly to the lender, and nowhere else', async () => {
  const { landing, relayServer, devtekServer, answers, pages, received } = servers
  received.length = 0
  const direct = {
    form: leakForm,
    ...documents,
    provider: 'devtek',
    'provider-base-url': devtekServer.url,
    'provider-id-webmaster': 123,
    'provider-token': devtekToken,
    'expose-credentials': true,
  }
  // In the page itself, which sees more than of a form in a shadow root.
  const attributes = { ...tracking, ...direct, vk: 123_456, shadow: false }
  pages.set('/direct', pageWith(attributes, relayServer.url))
  const context = await browser.newContext()
  const recorded = await recordContext(context, evidence)
  const tab = await context.newPage()
  answers.push(
    (body) => bad(`Access denied: ${body}`),
    () => bad('Field "phone" error: Введите правильный номер телефона'),
    (body) => new Response(body, { status: 500 }),
  )
  const form = await openForm(tab, `${landing.url}/direct?${marksOfVisit}`)
  await fillLeakForm(form, async () => {
    // As a script of the page may do, past all listeners.
    await tab.evaluate("document.querySelector('form').submit()")
    await recorded.recordKept(tab)
  })
  await submitTwice(form)
  await form.status('accepted')
  await recorded.recordKept(tab)
  await context.close()

  expect([...recorded.origins].toSorted()).toEqual(
    [devtekServer.url, landing.url, relayServer.url].toSorted(),
  )
  expect(recorded.workers).toEqual([])
  expect(received).toHaveLength(4)
})

it('is in no log, metric, health, error, file and backup of the relay, whatever a lender answers', async () => {
  const { relay, folder, answers, received } = servers
  const [sent = ''] = evidence.textsIn('request body', /^POST relay\/forms\/main\/leads$/)
  for (const echo of echoes) {
    answers.push(echo)
    received.length = 0
    const { id: _, ...lead } = JSON.parse(sent)
    const posted = await relay.fetch(postOf({ ...lead, id: crypto.randomUUID() }))
    expect([200, 202, 422]).toContain(posted.status)
    expect(received).toHaveLength(1)
  }
  await recordErrors(relay, sent, evidence)
  await recordRelay(relay, evidence)
  await relay.close()
  expect(findStoredMarks(await readChangedFiles(folder))).toEqual([])
})

it('was looked for in every area, and is in the requests with the lead and the code only', () => {
  // No control entered a page before recorders of sessions could see that it is not for them.
  expect(evidence.textsIn('unmasked', /^/)).toEqual([])
  expect(evidence.wheresIn('masked')).toEqual(expect.arrayContaining(maskedControls))
  expect([...evidence.areas()]).toEqual(expect.arrayContaining(areasOfRelay))
  const leads = /^POST (?:relay|http:\/\/localhost:\d+)\/forms\/main\/leads(?:\/[\w-]{36}\/code)?$/
  const lender = /^POST (?:devtek|http:\/\/127\.0\.0\.1:\d+)\/new-lead\/$/
  // The list of places is searched by what is typed into a field of a place, and by nothing else.
  const isPlaceSearch = ({ where, text, values }: Finding): boolean =>
    /\/forms\/main\/cities\?(?:region=[^&\s]*&)?query=[^&\s]*$/.test(`${where} ${text}`.trim()) &&
    values.every((name) => /(?:Region|City)$/.test(name))
  const isLead = ({ area, where }: Finding): boolean =>
    (area === 'request body' && (leads.test(where) || lender.test(where))) ||
    // The lender quotes what it was sent.
    (area === 'response' && where === 'POST devtek/new-lead/')
  const findings = evidence.findings()
  expect(findings.filter((finding) => !isLead(finding) && !isPlaceSearch(finding))).toEqual([])
  // All of it was there to be found.
  const sent = new Set(findings.flatMap(({ values }) => values))
  expect([...sent]).toEqual(expect.arrayContaining([...Object.keys(applicant), 'SMS code', 'other phone']))
})

/** A control of every kind: texts, lists, radios, boxes, places, the code, the consents, and the hidden field. */
const maskedControls = [
  'input phone',
  'textarea comment',
  'select employment',
  'input anketa-1-gender',
  'input noMiddleName',
  'input city',
  'input custom.note',
  'input anketa-1-custom.card',
  'input code',
  'input consent-processing',
  'input website',
]

const areasOfRelay = [
  'relay log',
  'relay health',
  'relay metrics',
  'relay error',
  'backup',
  'provider address',
  'provider headers',
  'request address',
  'request headers',
  'response',
]

describe('a planted leak', () => {
  beforeAll(() => {
    servers.pages.set('/planted', pageWith({}, ''))
  })

  it('is found in every area of a browser', async () => {
    const planted = createEvidenceLog()
    const context = await browser.newContext()
    const recorded = await recordContext(context, planted)
    const tab = await context.newPage()
    await tab.goto(`${servers.landing.url}/planted`)
    await tab.evaluate(`{
      const host = document.createElement('div')
      host.attachShadow({ mode: 'open' }).innerHTML = '<input>'
      document.querySelector('main').append(host)
      globalThis.input = host.shadowRoot.firstChild
    }`)
    for (const { plant } of plantedLeaks) await tab.evaluate(`(async () => { ${plant} })()`)
    await recorded.recordKept(tab)
    await context.close()
    const findings = planted.findings()
    const missed = plantedLeaks.filter(
      ({ area, value }) => !findings.some((one) => one.area === area && one.values.includes(value)),
    )
    expect(missed).toEqual([])
  })

  it('is found in a control that a recorder of sessions may read', async () => {
    const planted = createEvidenceLog()
    const context = await browser.newContext()
    await recordContext(context, planted)
    const tab = await context.newPage()
    await tab.goto(`${servers.landing.url}/planted`)
    await tab.evaluate(`{
      const input = document.createElement('input')
      input.className = 'ym-disable-keys'
      document.querySelector('main').append(input)
      input.className = 'ym-disable-keys rr-block fs-exclude'
    }`)
    await expect.poll(() => planted.wheresIn('unmasked')).toEqual(['input ym-disable-keys'])
    await context.close()
  })

  it('is found in what a relay tells and keeps', async () => {
    const planted = createEvidenceLog()
    const text = JSON.stringify({ level: 'info', msg: 'Lead of Вымыслова' })
    planted.record('relay log', 'json', text)
    await recordRelay({ fetch: () => Promise.resolve(new Response(text)) }, planted, (body) => body)
    expect(planted.findings().map(({ area }) => area)).toEqual(
      expect.arrayContaining(['relay log', 'relay health', 'relay metrics', 'backup']),
    )
  })

  it('is found in the files of a database', async () => {
    await writeFile(join(servers.folder, 'pg', 'planted'), `Refused: ${applicant['phone']?.typed}`)
    expect(findStoredMarks(await readChangedFiles(servers.folder))).toEqual(['phone'])
  })
})

function pageWith(options: Readonly<Record<string, unknown>>, scripts: string): string {
  const form = scripts && `${renderContainer(options)}<script async src="${scripts}/anketa.js"></script>`
  return `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Заявка</title><main>${form}</main></html>`
}

function bad(...errors: readonly string[]): Response {
  return Response.json({ result: 'bad', data: [], errors })
}

function postOf(lead: object): Request {
  return new Request('https://relay.example.ru/forms/main/leads', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(lead),
  })
}
