import { calculatorDefinition } from './calculator.ts'
import { documents, operator } from './documents.ts'
import { createOffersAfter, partnerPaths } from './offers.ts'

/** The accounts that the sandboxes have. */
export const accounts = {
  devtek: { idWebmaster: 123, token: 'sandbox-token-sandbox-token-0000' },
  admitad: {
    websiteId: 7,
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-client-secret',
    accessToken: 'sandbox-access-token',
  },
  lotinfo: { token: 'sandbox-token-of-lotinfo' },
  fiveCrm: { publicToken: 'sandbox-public-token', secretToken: 'sandbox-secret-token' },
} as const

/** The relay's configuration: a form for each landing page. */
export function createRelayConfig(
  url: string,
  folder: string,
  { sandboxes, devtek }: { readonly sandboxes: string; readonly devtek: string },
  answerWithinSeconds: number,
) {
  const consents = (['processing', 'transfer', 'advertising'] as const).map((id) => ({
    id,
    required: id !== 'advertising',
    documentUrl: url + documents[id].path,
    version: '2026-09-01',
  }))
  const form = {
    operator,
    policyUrl: url + documents.policy.path,
    consents,
    // Both names open the same page. Frames with `sandbox` have no origin.
    origins: [url, url.replace('localhost', '127.0.0.1'), 'null'],
    answerWithinSeconds,
  }
  const toDevtek = {
    provider: 'devtek',
    idWebmaster: accounts.devtek.idWebmaster,
    token: { env: 'DEVTEK_TOKEN' },
    baseUrl: devtek,
  }
  const toAdmitad = {
    provider: 'admitad',
    websiteId: accounts.admitad.websiteId,
    accessToken: { env: 'ADMITAD_TOKEN' },
    personalDataAgent: operator.name,
    baseUrl: `${sandboxes}/admitad`,
  }
  const toLotinfo = {
    provider: 'lotinfo',
    token: { env: 'LOTINFO_TOKEN' },
    userId: 1,
    baseUrl: `${sandboxes}/lotinfo`,
  }
  const toFiveCrm = {
    provider: 'fivecrm',
    method: 'form',
    publicToken: accounts.fiveCrm.publicToken,
    baseUrl: `${sandboxes}/fivecrm`,
  }
  return {
    database: `pglite:${folder}`,
    publicUrl: url,
    // Those who try it have one address, and often one phone.
    limits: { perAddress: 10_000, perPhone: 10_000 },
    console: { edit: true },
    forms: {
      main: { ...form, definition: 'microloan', destinations: [toDevtek] },
      full: { ...form, definition: 'devtek', destinations: [toDevtek] },
      admitad: {
        ...form,
        definition: 'admitad',
        // The last campaign takes no applications, so that the answer is mixed.
        destinations: [{ ...toAdmitad, campaigns: [17809, [17288, 16651], { ids: [17810], pause: 80 }] }],
      },
      sms: {
        ...form,
        definition: 'microloan',
        destinations: [{ ...toAdmitad, mode: 'sync', campaignId: 66 }],
      },
      lotinfo: { ...form, definition: 'lotinfo', destinations: [toLotinfo] },
      callback: {
        ...form,
        definition: 'callback',
        // A request for a call back goes to nobody else.
        consents: consents.filter(({ id }) => id !== 'transfer'),
        destinations: [toFiveCrm],
      },
      calculator: { ...form, definition: calculatorDefinition, destinations: [toDevtek] },
      offers: {
        ...form,
        definition: 'callback',
        consents: consents.filter(({ id }) => id !== 'transfer'),
        after: createOffersAfter(url),
        destinations: [
          {
            provider: 'webhook',
            name: 'refusal',
            url: `${new URL(sandboxes).origin}${partnerPaths.refusal}`,
            secret: { env: 'REFUSAL_SECRET' },
            allowPrivate: true,
          },
        ],
      },
    },
  }
}
