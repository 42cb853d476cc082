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
  const lenders = providers.flatMap((name) => receiverByProvider[name] ?? [])
  if (lenders.length > 1) return 'broker'
  return lenders[0] ?? 'callback'
}
