import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import type { BaseConfig } from '../../src/providers/core/field-rules.ts'
import type { Provider } from '../../src/providers/core/provider.ts'
import { admitadForPages } from '../../src/providers/admitad/page-adapter.ts'
import { devtekForPages } from '../../src/providers/devtek/page-adapter.ts'
import { fiveCrmForPages } from '../../src/providers/fivecrm/page-adapter.ts'
import { fiveCrmMethods } from '../../src/providers/fivecrm/config.ts'
import { admitadSubjects } from './subjects/admitad.ts'
import { devtekSubject } from './subjects/devtek.ts'
import { fiveCrmSubject } from './subjects/fivecrm.ts'
import type { ContractSubject } from './support/contract-subject.ts'
import { fullContext } from './support/full-lead.ts'
import { loadRecordedResponses } from './support/recorded-responses.ts'

await describePageAdapter(devtekSubject, devtekForPages)
for (const subject of admitadSubjects) await describePageAdapter(subject, admitadForPages)
for (const method of fiveCrmMethods) await describePageAdapter(fiveCrmSubject(method), fiveCrmForPages)

/** What a page sends and reads without a relay is what a relay sends and reads without settings of campaigns. */
async function describePageAdapter<Config extends BaseConfig>(
  { title, provider, options }: ContractSubject<Config>,
  forPages: Provider<Config>,
): Promise<void> {
  const recorded = await loadRecordedResponses(provider.name)
  const config = parse(provider.config, options)
  const { create } = provider.operations

  describe(`${title}: the adapter for pages`, () => {
    it('sends what the whole adapter sends', () => {
      const request = forPages.operations.create.request(config, fullContext)
      expect(request).toEqual(create.request(config, fullContext))
      expect(request.body?.length).toBeGreaterThan(100)
    })

    it('reads every recorded response as the whole adapter does', () => {
      const read = (adapter: Provider<Config>) =>
        recorded.map((result) => adapter.operations.create.outcome(result, config, fullContext))
      expect(recorded.length).toBeGreaterThan(0)
      expect(read(forPages)).toEqual(read(provider))
    })
  })
}
