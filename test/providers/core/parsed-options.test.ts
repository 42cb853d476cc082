import { describe, expect, it } from 'vitest'
import { parse } from 'valibot'
import { providers } from '../../../src/providers/registry.ts'
import { fullContext } from '../../contracts/support/full-lead.ts'

const token = 'invented-token-0123456789'
/** As a configuration has them, without defaults. */
const raw = {
  devtek: { idWebmaster: 123, token },
  admitad: { websiteId: 7, campaigns: [17809, [17288]], accessToken: token },
  lotinfo: { token },
  fivecrm: { publicToken: token },
}

/** Calls an adapter as untyped code does. */
function call(provider: keyof typeof raw, options: unknown, name: 'request' | 'outcome'): unknown {
  const { create }: { readonly create: Readonly<Record<string, (...args: readonly unknown[]) => unknown>> } =
    Object(providers[provider].operations)
  const operation = create[name]
  if (name === 'request') return operation?.(options, fullContext)
  return operation?.({ status: 500, body: '' }, options, fullContext)
}

describe.each(['devtek', 'admitad', 'lotinfo', 'fivecrm'] as const)('%s, called with', (provider) => {
  it('options as they are written does the same as with parsed ones', () => {
    const parsed = parse(providers[provider].config, raw[provider])
    for (const name of ['request', 'outcome'] as const) {
      expect(call(provider, raw[provider], name)).toEqual(call(provider, parsed, name))
    }
  })

  it('options that cannot be used names them, without their values', () => {
    const wrong = { ...raw[provider], token: [token], publicToken: [token], websiteId: token, fields: token }
    for (const options of [undefined, {}, wrong]) {
      expect(() => call(provider, options, 'request')).toThrow(/^The options cannot be used: \w+/)
      expect(() => call(provider, options, 'request')).not.toThrow(token)
    }
  })
})
