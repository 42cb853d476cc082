import { expect, it } from 'vitest'
import { parseConfig } from '../../../src/relay/config/config.ts'
import { createConfigReport } from '../../../src/relay/config/report/config-report.ts'
import { env, formEntry } from '../support/invented.ts'

const steps = [
  { id: 'contact', title: 'Контакты', fields: ['phone'] },
  { id: 'loan', title: 'Заём', fields: ['amount'] },
]

it.each([
  ['whose consents come last', { steps }, /^ {2}partial: stored on the last step only, "loan": the consents/],
  [
    'whose consents come with the phone',
    { steps, consentsAt: 'contact' },
    /^ {2}partial: stored from the step "contact" on$/,
  ],
  [
    'whose phone comes last',
    { steps: steps.toReversed(), consentsAt: 'loan' },
    /^ {2}partial: stored on the last step only, "contact": the phone/,
  ],
  ['without a phone', { steps: steps.slice(1) }, /^ {2}partial: nothing is stored early/],
])('check says from which step on a form stores early leads: one %s', async (_, definition, line) => {
  const form = { ...formEntry(), destinations: [], definition: { id: 'main', title: 'Заём', ...definition } }
  const report = async (entry: object) => {
    const read = () => Promise.reject(new Error('none'))
    return createConfigReport(await parseConfig({ forms: { main: entry } }, { env, readText: read })).lines
  }
  expect(await report({ ...form, partial: true })).toContainEqual(expect.stringMatching(line))
  expect((await report(form)).join()).not.toContain('partial')
})
