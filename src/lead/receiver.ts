/**
 * Who receives the applications of a form, which decides what its result screens say: a lender, a broker or a network with
 * several lenders, or the operator's own CRM, from which somebody calls back.
 */
export const receivers = ['lender', 'broker', 'callback'] as const

/** One of {@link receivers}. */
export type Receiver = (typeof receivers)[number]

/** Providers that pass applications on. Others are stores of the operator's own. */
const receiverByProvider: Readonly<Record<string, Receiver>> = { devtek: 'lender', admitad: 'broker' }

/** The receiver of a form whose applications go to these providers. */
export function receiverOf(providers: readonly string[]): Receiver {
  return combineReceivers(providers.flatMap((name) => receiverByProvider[name] ?? []))
}

/** The receiver of applications that go to all of these. Several lenders are as one broker. */
export function combineReceivers(receivers: readonly Receiver[]): Receiver {
  const lenders = receivers.filter((receiver) => receiver !== 'callback')
  return lenders.length > 1 ? 'broker' : (lenders[0] ?? 'callback')
}
