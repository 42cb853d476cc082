import type { Clock } from 'pg-boss'
import { type ExtendedDefinition, addQuestions } from '../../form/add-questions.ts'
import { requestedNames } from '../../form/cross-checks.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { addedStepTitleRu, campaignQuestionRu } from '../../i18n/ru/relay.ts'
import type { CallContext, CampaignField, PatternMatcher } from '../../providers/core/context.ts'
import type { CampaignSettingsStore, StoredCampaignSettings } from './campaign-settings-store.ts'
import type { Destination, DestinationCampaigns } from '../destinations/destination.ts'
import type { FormConfig } from '../config/form-config.ts'
import { describeError, type Log } from '../log.ts'
import type { ProviderClient } from '../destinations/provider-client.ts'

/** Settings are asked for again when they are as old as this. */
const maxAgeMs = 24 * 3600 * 1000

/** Older ones are used too, and the operator is told. */
const warnAgeMs = 2 * maxAgeMs

/** Pauses after a round that left something open, doubled every time, up to an hour. */
const retryPauses = { leastMs: 60_000, mostMs: 3600 * 1000 } as const

/** What is known of what campaigns ask for. Nothing here waits for the network. */
export interface CampaignSettings {
  /** The part of a call's context that comes from a destination's campaigns. */
  contextFor(destination: Destination): Pick<CallContext, 'campaignSettings' | 'matches'>
  /** A form's definition with what its campaigns want it to ask. */
  definitionOf(form: FormConfig): FormDefinition
  /** What is wrong, by form: sentences that anybody may read. */
  problems(): Readonly<Record<string, readonly string[]>>
}

/** What it works with. */
export interface CampaignSettingsDeps {
  readonly forms: ReadonlyMap<string, FormConfig>
  readonly store: CampaignSettingsStore
  readonly providerClient: ProviderClient
  readonly matches: PatternMatcher | undefined
  readonly clock: Clock
  readonly log: Log
}

/** Begins with what was kept, and keeps it up to date from then on; `close` ends that. */
export async function startCampaignSettings(
  ports: CampaignSettingsDeps,
): Promise<CampaignSettings & { close(): void }> {
  const { forms, store, clock, log, matches } = ports
  const known = new Map((await store.load()).map((kept) => [settingsKey(kept.source, kept.campaign), kept]))
  const extended = new Map<FormConfig, ExtendedDefinition>()
  const all = [...forms.values()].flatMap(({ destinations }) => destinations)
  let timer: unknown
  let closed = false

  const settingsOf = (campaigns: DestinationCampaigns): readonly StoredCampaignSettings[] =>
    campaigns.ids.flatMap((id) => known.get(settingsKey(campaigns.source, id)) ?? [])
  const fieldsOf = (campaigns: DestinationCampaigns): readonly CampaignField[] =>
    settingsOf(campaigns).flatMap(({ fields }) => fields)

  function extend(form: FormConfig): ExtendedDefinition {
    const kept = extended.get(form)
    if (kept) return kept
    const asked = requestedNames(form.definition) ?? new Set()
    const questions = form.destinations.flatMap(
      ({ campaigns }) => campaigns?.questions(fieldsOf(campaigns), asked, matches) ?? [],
    )
    const wanted = new Map(questions.map((question) => [question.name, withLabel(question)]))
    const made = addQuestions(form.definition, [...wanted.values()], addedStepTitleRu)
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
        const key = settingsKey(campaigns.source, id)
        const age = clock.now() - (known.get(key)?.fetchedAt.getTime() ?? 0)
        if (done.has(key) || age < maxAgeMs) continue
        done.add(key)
        const fields = await fetchSettings(ports, destination, campaigns, id)
        if (!fields) {
          complete = false
          continue
        }
        const kept = { source: campaigns.source, campaign: id, fields, fetchedAt: new Date(clock.now()) }
        known.set(key, kept)
        extended.clear()
        await store.save(kept)
      }
    }
    return complete
  }

  async function round(pauseMs: number): Promise<void> {
    let complete = false
    try {
      complete = await refresh()
    } catch (fault) {
      log('error', 'Reading the settings of campaigns was interrupted', { fault: describeError(fault) })
    }
    if (closed) return
    const next = complete ? retryPauses.leastMs : Math.min(retryPauses.mostMs, pauseMs * 2)
    timer = clock.setTimeout(() => void round(next), complete ? retryPauses.mostMs : pauseMs)
  }
  if (all.some(({ campaigns }) => campaigns)) void round(retryPauses.leastMs)

  return {
    contextFor({ campaigns }) {
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
              ? describeProblems(campaigns, settingsOf(campaigns), matches, now).map(
                  (one) => `${key}: ${one}`,
                )
              : [],
          ),
          ...extend(form).unsupported.map(
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

async function fetchSettings(
  { providerClient, clock, log }: CampaignSettingsDeps,
  { account, key }: Destination,
  { settings }: DestinationCampaigns,
  campaignId: number,
): Promise<readonly CampaignField[] | undefined> {
  const turn = await providerClient.acquire(account, 'background')
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

function describeProblems(
  campaigns: DestinationCampaigns,
  settings: readonly StoredCampaignSettings[],
  matches: PatternMatcher | undefined,
  now: number,
): readonly string[] {
  const missing = campaigns.ids.length - settings.length
  const old = settings.filter(({ fetchedAt }) => now - fetchedAt.getTime() > warnAgeMs).length
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
function withLabel<Question extends { readonly name: string; readonly hint?: string }>(question: Question) {
  const [, wire] = /^custom\.(.+)$/.exec(question.name) ?? []
  return wire === undefined
    ? question
    : { ...question, label: campaignQuestionRu, hint: question.hint ?? wire }
}

function settingsKey(source: string, campaign: number): string {
  return `${campaign} ${source}`
}
