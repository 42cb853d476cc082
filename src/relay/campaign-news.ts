import type { Clock } from 'pg-boss'
import { type Extended, askMore } from '../form/ask-more.ts'
import { askedNames } from '../form/conflicts.ts'
import type { FormDefinition } from '../form/definition.ts'
import { campaignQuestion } from '../i18n/campaign-question.ts'
import { moreStepTitle } from '../i18n/more-step-title.ts'
import type { CallContext, CampaignField, PatternMatcher } from '../providers/provider.ts'
import type { CampaignStore, KeptSettings } from './campaign-store.ts'
import type { Destination, DestinationCampaigns } from './destination.ts'
import type { FormSetup } from './form-setup.ts'
import { faultText, type Log } from './log.ts'
import type { ProviderCalls } from './provider-calls.ts'

/** Settings are asked for again when they are as old as this. */
const freshMs = 24 * 3600 * 1000

/** Older ones are used too, and the operator is told. */
const staleMs = 2 * freshMs

/** Pauses after a round that left something open, doubled every time, up to an hour. */
const pauses = { leastMs: 60_000, mostMs: 3600 * 1000 } as const

/** What is known of what campaigns ask for. Nothing here waits for the network. */
export interface CampaignNews {
  /** The part of a call's context that comes from a destination's campaigns. */
  of(destination: Destination): Pick<CallContext, 'campaignSettings' | 'matches'>
  /** A form's definition with what its campaigns want it to ask. */
  definitionOf(form: FormSetup): FormDefinition
  /** What is wrong, by form: sentences that anybody may read. */
  problems(): Readonly<Record<string, readonly string[]>>
}

/** What it works with. */
export interface CampaignPorts {
  readonly forms: ReadonlyMap<string, FormSetup>
  readonly store: CampaignStore
  readonly calls: ProviderCalls
  readonly matches: PatternMatcher | undefined
  readonly clock: Clock
  readonly log: Log
}

/** Begins with what was kept, and keeps it up to date from then on; `close` ends that. */
export async function startCampaignNews(ports: CampaignPorts): Promise<CampaignNews & { close(): void }> {
  const { forms, store, clock, log, matches } = ports
  const known = new Map((await store.load()).map((kept) => [keyOf(kept.source, kept.campaign), kept]))
  const extended = new Map<FormSetup, Extended>()
  const all = [...forms.values()].flatMap(({ destinations }) => destinations)
  let timer: unknown
  let closed = false

  const settingsOf = (campaigns: DestinationCampaigns): readonly KeptSettings[] =>
    campaigns.ids.flatMap((id) => known.get(keyOf(campaigns.source, id)) ?? [])
  const fieldsOf = (campaigns: DestinationCampaigns): readonly CampaignField[] =>
    settingsOf(campaigns).flatMap(({ fields }) => fields)

  function extend(form: FormSetup): Extended {
    const kept = extended.get(form)
    if (kept) return kept
    const asked = askedNames(form.definition) ?? new Set()
    const questions = form.destinations.flatMap(
      ({ campaigns }) => campaigns?.questions(fieldsOf(campaigns), asked, matches) ?? [],
    )
    const wanted = new Map(questions.map((question) => [question.name, withWords(question)]))
    const made = askMore(form.definition, [...wanted.values()], moreStepTitle)
    extended.set(form, made)
    return made
  }

  /** Asks for what is missing or old; tells whether it got all. */
  async function refresh(): Promise<boolean> {
    let complete = true
    const done = new Set<string>()
    for (const destination of all) {
      const { campaigns } = destination
      for (const id of campaigns?.ids ?? []) {
        if (!campaigns || closed) return complete
        const key = keyOf(campaigns.source, id)
        const age = clock.now() - (known.get(key)?.fetchedAt.getTime() ?? 0)
        if (done.has(key) || age < freshMs) continue
        done.add(key)
        const fields = await ask(ports, destination, campaigns, id)
        if (!fields) {
          complete = false
          continue
        }
        const kept = { source: campaigns.source, campaign: id, fields, fetchedAt: new Date(clock.now()) }
        known.set(key, kept)
        extended.clear()
        await store.keep(kept)
      }
    }
    return complete
  }

  async function round(pauseMs: number): Promise<void> {
    let complete = false
    try {
      complete = await refresh()
    } catch (fault) {
      log('error', 'Reading the settings of campaigns was interrupted', { fault: faultText(fault) })
    }
    if (closed) return
    const next = complete ? pauses.leastMs : Math.min(pauses.mostMs, pauseMs * 2)
    timer = clock.setTimeout(() => void round(next), complete ? pauses.mostMs : pauseMs)
  }
  if (all.some(({ campaigns }) => campaigns)) void round(pauses.leastMs)

  return {
    of({ campaigns }) {
      return campaigns ? { campaignSettings: fieldsOf(campaigns), matches } : {}
    },
    definitionOf: (form) => extend(form).definition,
    problems() {
      const now = clock.now()
      const found = [...forms].map(([id, form]): readonly [string, readonly string[]] => [
        id,
        [
          ...form.destinations.flatMap(({ key, campaigns }) =>
            campaigns
              ? problemsOf(campaigns, settingsOf(campaigns), matches, now).map((one) => `${key}: ${one}`)
              : [],
          ),
          ...extend(form).impossible.map(
            (name) => `${name}: a campaign requires it, and no form can ask for it`,
          ),
        ],
      ])
      return Object.fromEntries(found.filter(([, problems]) => problems.length > 0))
    },
    close() {
      closed = true
      clock.clearTimeout(timer)
    },
  }
}

async function ask(
  { calls, clock, log }: CampaignPorts,
  { account, key }: Destination,
  { settings }: DestinationCampaigns,
  campaignId: number,
): Promise<readonly CampaignField[] | undefined> {
  const turn = await calls.turn(account, 'background')
  if ('laterSeconds' in turn) return undefined
  const context = { now: new Date(clock.now()), campaignId }
  const answer =
    'outcome' in turn
      ? { problem: turn.outcome.reason }
      : settings.outcome(
          await turn.exchange((accessToken) => settings.request({ ...context, accessToken })),
          context,
        )
  if ('items' in answer) return answer.items
  log('warning', 'What a campaign asks for could not be read', {
    destination: key,
    reason: answer.problem,
  })
  return undefined
}

function problemsOf(
  campaigns: DestinationCampaigns,
  settings: readonly KeptSettings[],
  matches: PatternMatcher | undefined,
  now: number,
): readonly string[] {
  const missing = campaigns.ids.length - settings.length
  const old = settings.filter(({ fetchedAt }) => now - fetchedAt.getTime() > staleMs).length
  const fields = settings.flatMap((kept) => kept.fields)
  return [
    ...(missing > 0 ? [`what ${missing} of its campaigns ask for is not known yet`] : []),
    ...(old > 0 ? [`what ${old} of its campaigns ask for could not be read for two days or longer`] : []),
    ...(matches
      ? campaigns.problems(fields, matches)
      : ['patterns of its campaigns are not checked: install re2js beside the relay']),
  ]
}

/** A field that only a campaign knows has no words but the campaign's; where it says none, its name has to do. */
function withWords<Question extends { readonly name: string; readonly hint?: string }>(question: Question) {
  const [, wire] = /^custom\.(.+)$/.exec(question.name) ?? []
  return wire === undefined ? question : { ...question, label: campaignQuestion, hint: question.hint ?? wire }
}

function keyOf(source: string, campaign: number): string {
  return `${campaign} ${source}`
}
