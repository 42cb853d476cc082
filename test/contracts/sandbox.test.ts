import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Sandbox } from '../../demo/sandbox/core/create-sandbox.ts'
import { createFiveCrmSandbox } from '../../demo/sandbox/fivecrm/sandbox.ts'
import { createLotinfoSandbox } from '../../demo/sandbox/lotinfo/sandbox.ts'
import { faultModes } from '../../demo/sandbox/core/fault-modes.ts'
import { fiveCrmMethods } from '../../src/providers/fivecrm/config.ts'
import type { HttpRequest, HttpResult, LeadContext } from '../../src/providers/core/context.ts'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'
import { inventedLead } from '../lead/invented-lead.ts'
import { fiveCrmSubject } from './subjects/fivecrm.ts'
import { fullContext } from './support/full-lead.ts'
import { lotinfoSubject } from './subjects/lotinfo.ts'
import type { ContractSubject } from './support/contract-subject.ts'

const now = () => fullContext.now
const deal = fiveCrmSubject('deal')
const [secretToken = '', publicToken = ''] = deal.credentials
const [token = ''] = lotinfoSubject.credentials
const fiveCrm = () => createFiveCrmSandbox({ publicToken, secretToken, now })
const short: LeadContext = { ...fullContext, lead: { ...inventedLead, receivedAt: fullContext.now } }

async function sendToSandbox<Switches>(
  { app }: Sandbox<Switches>,
  request: HttpRequest,
): Promise<HttpResult> {
  const { url, method, headers, body = null } = request
  const { pathname, search } = new URL(url)
  const response = await app.request(pathname + search, { method, headers, body })
  return { status: response.status, body: await response.text() }
}

/** Adapter and sandbox are written from the document independently, so each tests the other. */
function describeAgainstSandbox<Config extends BaseConfig, Switches>(
  subject: ContractSubject<Config>,
  createSandbox: () => Sandbox<Switches>,
  switchTo: (sandbox: Sandbox<Switches>, mode: (typeof faultModes)[number]) => void,
): void {
  const { title, provider, options } = subject
  const { create } = provider.operations

  describe(`${title}: the sandbox`, () => {
    it.each([
      ['every parameter', options, fullContext],
      ['the fields of a short form', options, short],
      [
        'only the required options',
        { ...pickReservedOptions(options, provider.reservedParameters), method: options['method'] },
        short,
      ],
    ])('accepts %s', async (_, input, context) => {
      const config = parse(provider.config, input)
      const result = await sendToSandbox(createSandbox(), create.request(config, context))
      expect(create.outcome(result, config, context), JSON.stringify(result)).toMatchObject({
        outcome: 'accepted',
      })
    })

    it.each(faultModes.filter((mode) => !['slow', 'hold', 'drop', 'jsonp'].includes(mode)))(
      'with the fault %s gives no final outcome',
      async (mode) => {
        const sandbox = createSandbox()
        switchTo(sandbox, mode)
        const config = parse(provider.config, options)
        const result = await sendToSandbox(sandbox, create.request(config, fullContext))
        expect(create.outcome(result, config, fullContext).outcome).not.toMatch(/accepted|duplicate|declined/)
      },
    )
  })
}

function pickReservedOptions(
  options: Readonly<Record<string, unknown>>,
  reserved: readonly { readonly from: unknown }[],
): Readonly<Record<string, unknown>> {
  const names = reserved.map(({ from }) =>
    typeof from === 'object' && from !== null && 'option' in from ? String(from.option) : '',
  )
  return Object.fromEntries(names.map((name) => [name, options[name]]))
}

describeAgainstSandbox(
  lotinfoSubject,
  () => createLotinfoSandbox({ token, now }),
  (sandbox, mode) => sandbox.change({ mode }),
)
for (const method of fiveCrmMethods) {
  describeAgainstSandbox(fiveCrmSubject(method), fiveCrm, (sandbox, mode) => sandbox.change({ mode }))
}

it.each(deal.otherCalls ?? [])(
  'fivecrm: the sandbox responds to $name',
  async ({ request, read, isSuccess }) => {
    const config = parse(deal.provider.config, deal.options)
    const answer = read(await sendToSandbox(fiveCrm(), request(config)), config)
    expect(isSuccess(answer), JSON.stringify(answer)).toBe(true)
  },
)
