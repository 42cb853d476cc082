import { describe, expect, it } from 'vitest'
import { composites } from '../../../src/fields/composites.ts'
import { fieldOf } from '../../../src/fields/fields.ts'
import { validateValues } from '../../../src/form/validate.ts'
import { moscowDate } from '../../../src/lead/calendar-date.ts'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { formatIssueMessage } from '../../../src/relay/leads/lead-state.ts'
import { env, formEntry } from '../support/invented.ts'

const secret = { env: 'DEVTEK_TOKEN' }
const fivecrm = { provider: 'fivecrm', publicToken: secret }
const admitad = { provider: 'admitad', websiteId: 1, campaigns: [1], accessToken: secret }

async function definitionFor(...destinations: readonly object[]) {
  const names = ['phone', 'comment', 'jobPlace', 'purpose', 'callTime', 'custom.f_1']
  return (await formFor(names, destinations)).definition
}

async function destinationsFor(names: readonly string[], ...destinations: readonly object[]) {
  return (await formFor(names, destinations)).destinations
}

async function formFor(names: readonly string[], destinations: readonly object[]) {
  const entry = formEntry()
  const fields = names.map((name) => ({ name, required: false }))
  const consents = entry.consents.map((consent) => ({ ...consent, required: true }))
  const definition = { title: 'Заявка', steps: [{ id: 'all', title: 'Заявка', fields }] }
  const forms = { main: { ...entry, consents, definition, destinations } }
  const config = await parseConfig({ forms }, { env, readText: () => Promise.reject(new Error()) })
  const result = config.forms.get('main')
  if (!result || 'problems' in result) throw new Error(result?.problems.join())
  return result.form
}

function limitsOf({ steps }: Awaited<ReturnType<typeof definitionFor>>) {
  const fields = steps.flatMap((step) => step.fields)
  return Object.fromEntries(
    fields.flatMap(({ name, maximum }) => (maximum === undefined ? [] : [[name, maximum]])),
  )
}

describe('the longest text of a field', () => {
  it('is what the destinations of its form take', async () => {
    expect(limitsOf(await definitionFor(admitad))).toEqual({ jobPlace: 100 })
    // What a deal's comment does not take goes on in the description, and notes are cut.
    expect(limitsOf(await definitionFor(fivecrm))).toEqual({})
    expect(limitsOf(await definitionFor({ ...fivecrm, fields: { f_2: 'comment' } }))).toEqual({
      comment: 255,
    })
    expect(limitsOf(await definitionFor(admitad, { ...fivecrm, fields: { f_2: 'comment' } }))).toEqual({
      jobPlace: 100,
      comment: 255,
    })
  })

  it.each([
    { provider: 'devtek', idWebmaster: 1, token: secret },
    admitad,
    { provider: 'lotinfo', token: secret, userId: 5 },
    ...['form', 'deal', 'contact', 'company', 'task'].map((method) => ({ ...fivecrm, method })),
  ])('is never shorter in a part of an address: %j', async (entry) => {
    const names = ['amount', 'lastName', 'firstName', 'middleName', 'birthDate', 'phone', 'issuePlace']
    const [destination] = await destinationsFor(names, entry)
    const parts = Object.values(composites).flatMap((composite) => composite.map(({ name }) => name))
    const shortened = parts.filter((name) => {
      const own = fieldOf(name).kind.maxLength
      return own !== undefined && (destination?.textLimits.get(name) ?? own) < own
    })
    expect(shortened).toEqual([])
  })

  it('is named to the person', async () => {
    const definition = await definitionFor(admitad)
    const { issues } = validateValues(definition, { jobPlace: 'Я'.repeat(101) }, moscowDate(new Date()))
    expect(issues).toEqual([{ field: 'jobPlace', code: 'text-length', limit: 100 }])
    expect(issues.map(formatIssueMessage).join()).toContain('100')
    const other = validateValues(definition, { purpose: 'Я'.repeat(256) }, moscowDate(new Date()))
    expect(other.issues.map(formatIssueMessage).join()).toContain('255')
  })
})
