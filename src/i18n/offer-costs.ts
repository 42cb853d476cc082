import type { EndingTexts } from './texts.ts'

/** What an offer says of its price. */
interface PricedOffer {
  readonly fullCost?: { readonly min: number; readonly max: number } | undefined
  readonly rate?: number | string | undefined
}

/** One line of the price: what it is, and how much. */
export interface CostLine {
  readonly label: string
  readonly value: string
}

/** The lines of an offer's price, in the order that the law requires: the full cost of the loan before the rate. */
export function formatOfferCosts(
  { fullCost, rate }: PricedOffer,
  texts: EndingTexts,
  lang: string,
): readonly CostLine[] {
  const format = (percent: number): string => percent.toLocaleString(lang, { maximumFractionDigits: 3 })
  const lines: CostLine[] = []
  if (fullCost) {
    const [from, to] = [format(fullCost.min), format(fullCost.max)]
    lines.push({ label: texts.fullCost, value: texts.perYear(from === to ? to : `${from}–${to}`) })
  }
  if (rate !== undefined)
    lines.push({ label: texts.rate, value: typeof rate === 'string' ? rate : texts.perDay(format(rate)) })
  return lines
}
