import { createHash } from 'node:crypto'

/** A destination of the model: `atLeast` and `atMost` are roubles, `open` and `close` hours in Moscow. */
export interface ModelDestination {
  readonly name: string
  readonly atLeast?: number | undefined
  readonly atMost?: number | undefined
  readonly share?: number | undefined
  readonly open?: number | undefined
  readonly close?: number | undefined
  readonly cap?: number | undefined
}

/** A form of the model. */
export interface ModelForm {
  readonly all: boolean
  readonly repeats: boolean
  readonly destinations: readonly ModelDestination[]
}

/** The answers of the invented lenders. */
export type ModelAnswer = 'accepted' | 'declined' | 'duplicate' | 'invalid' | 'uncertain'

/** A lead that was posted, with the answer that each destination gives it. */
export interface ModelLead {
  readonly id: string
  readonly form: number
  readonly amount: number
  readonly phone: string
  readonly answers: Readonly<Record<string, ModelAnswer>>
}

/** A call that a lender got. */
export interface ModelCall {
  readonly lead: ModelLead
  readonly destination: string
  readonly at: number
  /** The number of the step in which it was made. */
  readonly step: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Days and hours of Moscow, counted from the epoch without a calendar. */
const moscowDay = (at: number) => Math.floor((at + 3 * hourMs) / dayMs)
const moscowHour = (at: number) => ((((at + 3 * hourMs) % dayMs) + dayMs) % dayMs) / hourMs

const isHeld = ({ lead, destination }: ModelCall): boolean =>
  ['accepted', 'uncertain'].includes(lead.answers[destination] ?? '')

/** Whether a destination takes the lead at some time. */
export function suits(destination: ModelDestination, lead: ModelLead): boolean {
  const { atLeast = 0, atMost = Infinity, share = 100 } = destination
  if (lead.amount < atLeast || lead.amount > atMost) return false
  const digest = createHash('sha256').update(`${lead.id}\n${destination.name}`).digest('hex')
  return Number.parseInt(digest.slice(0, 8), 16) < (share * 2 ** 32) / 100
}

function isOpen({ open, close }: ModelDestination, at: number): boolean {
  if (open === undefined || close === undefined) return true
  const hour = moscowHour(at)
  // Hours that have passed since the opening, around the clock.
  return (hour - open + 24) % 24 < (close - open + 24) % 24
}

/**
 * Says what is wrong with the calls that were made, by what the rules of a form say. Nothing is wrong if every call was
 * allowed, every destination before it in the list was rightly passed over, and no lead waits that could be sent now.
 */
export function findFaults(
  forms: readonly ModelForm[],
  leads: readonly ModelLead[],
  calls: readonly ModelCall[],
  now: number,
): readonly string[] {
  return forms.flatMap((form, index) => {
    const ownCalls = calls.filter((call) => call.lead.form === index)
    const ownLeads = leads.filter((lead) => lead.form === index)
    return [
      ...form.destinations.flatMap((destination) => findCapFaults(destination, ownCalls)),
      ...ownLeads.flatMap((lead) => findLeadFaults(form, lead, ownLeads, ownCalls, now)),
    ].map((fault) => `form ${index}: ${fault}`)
  })
}

function findCapFaults({ name, cap }: ModelDestination, calls: readonly ModelCall[]): readonly string[] {
  if (cap === undefined) return []
  const held = calls.filter((call) => call.destination === name && isHeld(call))
  const byDay = Map.groupBy(held, ({ at }) => moscowDay(at))
  return [...byDay.values()]
    .filter((ofDay) => ofDay.length > cap)
    .map((ofDay) => `${name} got ${ofDay.length} leads on a day, of ${cap}`)
}

/** Whether the cap of a destination may have been reached by the calls up to a step. */
function isFull(
  { name, cap }: ModelDestination,
  calls: readonly ModelCall[],
  at: number,
  step: number,
): boolean {
  if (cap === undefined) return false
  const ofDay = calls.filter((call) => call.destination === name && moscowDay(call.at) === moscowDay(at))
  // Calls of the same step ran beside each other: each may have held a place for a moment.
  return ofDay.filter((call) => (call.step < step ? isHeld(call) : call.step === step)).length >= cap
}

function findLeadFaults(
  form: ModelForm,
  lead: ModelLead,
  leads: readonly ModelLead[],
  calls: readonly ModelCall[],
  now: number,
): readonly string[] {
  const own = calls.filter((call) => call.lead === lead)
  const named = (call: ModelCall) => form.destinations.find(({ name }) => name === call.destination)
  const faults = own.flatMap((call, index) => {
    const destination = named(call)
    if (!destination) return [`${call.destination} is not of this form`]
    const text = `${lead.amount} to ${destination.name}`
    const asked = own.slice(0, index).map((other) => other.destination)
    const missed = form.destinations
      .slice(0, form.destinations.indexOf(destination))
      .filter(({ name }) => !asked.includes(name))
      .find(
        (other) => suits(other, lead) && isOpen(other, call.at) && !isFull(other, calls, call.at, call.step),
      )
    return [
      ...(suits(destination, lead) ? [] : [`${text}: it does not take this lead`]),
      ...(isOpen(destination, call.at) ? [] : [`${text}: it was closed`]),
      ...(asked.includes(destination.name) ? [`${text}: twice`] : []),
      ...(!form.all && own.slice(0, index).some(isHeld) ? [`${text}: another one has it`] : []),
      ...(!form.all && missed ? [`${text}: ${missed.name} was passed over`] : []),
    ]
  })
  return [
    ...faults,
    ...findRepeatFaults(form, lead, leads, calls),
    ...findIdle(form, lead, leads, calls, now),
  ]
}

function isSamePhone(lead: ModelLead, other: ModelLead): boolean {
  return other !== lead && other.phone === lead.phone
}

/** Two leads with one phone are not both delivered within a day. */
function findRepeatFaults(
  { repeats }: ModelForm,
  lead: ModelLead,
  leads: readonly ModelLead[],
  calls: readonly ModelCall[],
): readonly string[] {
  if (!repeats) return []
  const held = calls.filter(isHeld)
  const own = held.filter((call) => call.lead === lead)
  return leads
    .filter((other) => isSamePhone(lead, other))
    .flatMap((other) => held.filter((call) => call.lead === other))
    .filter((later) => own.some(({ at }) => later.at >= at && later.at - at < dayMs))
    .map((later) => `${later.lead.amount} was delivered after ${lead.amount}, with the same phone`)
}

/** A lead that could be sent now, and is not. */
function findIdle(
  form: ModelForm,
  lead: ModelLead,
  leads: readonly ModelLead[],
  calls: readonly ModelCall[],
  now: number,
): readonly string[] {
  const own = calls.filter((call) => call.lead === lead)
  const last = own.at(-1)
  const lastAnswer = last && lead.answers[last.destination]
  // The person has ten minutes for a correction; this person makes none.
  const isBeingCorrected = last && lastAnswer === 'invalid' && now - last.at < 12 * 60_000
  if (!form.all && (own.some(isHeld) || isBeingCorrected)) return []
  const others = leads.filter((other) => isSamePhone(lead, other))
  if (form.repeats && others.length > 0) return []
  return form.destinations
    .filter(({ name }) => !own.some((call) => call.destination === name))
    .filter(
      (destination) =>
        suits(destination, lead) && isOpen(destination, now) && !isFullNow(destination, calls, now),
    )
    .map(({ name }) => `${lead.amount} waits, and ${name} would take it`)
}

function isFullNow({ name, cap }: ModelDestination, calls: readonly ModelCall[], now: number): boolean {
  if (cap === undefined) return false
  const today = calls.filter((call) => call.destination === name && moscowDay(call.at) === moscowDay(now))
  return today.filter(isHeld).length >= cap
}

/** The status of a lead by the calls that were made for it, where the rules alone decide it; `undefined` elsewhere. */
export function expectedStatus(
  form: ModelForm,
  lead: ModelLead,
  leads: readonly ModelLead[],
  calls: readonly ModelCall[],
): string | undefined {
  if (form.repeats && leads.some((other) => other.form === lead.form && isSamePhone(lead, other)))
    return undefined
  const answers = calls.flatMap(({ lead: called, destination }) =>
    called === lead ? [lead.answers[destination]] : [],
  )
  if (answers.includes('accepted')) return 'accepted'
  const left = form.destinations.filter(
    ({ name }) => !calls.some((call) => call.lead === lead && call.destination === name),
  )
  if (answers.length === 0) return left.some((destination) => suits(destination, lead)) ? 'queued' : 'stored'
  if (form.all || answers.includes('invalid')) return undefined
  if (answers.includes('uncertain')) return 'uncertain'
  if (left.some((destination) => suits(destination, lead))) return 'queued'
  return answers.includes('duplicate') ? 'duplicate' : 'declined'
}
