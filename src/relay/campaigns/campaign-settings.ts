import type { Clock } from 'pg-boss'
import { type ExtendedDefinition, addQuestions } from '../../form/add-questions.ts'
import { requestedNames } from '../../form/cross-checks.ts'
import type { FormDefinition } from '../../form/definition.ts'
import { addedStepTitleRu, campaignQuestionRu } from '../../i18n/ru/relay.ts'
import type { CallContext, CampaignField, PatternMatcher } from '../../providers/core/context.ts'
import type { CampaignSettingsStore, StoredCampaignSettings } from './campaign-settings-store.ts'
import type { Destination, DestinationCampaigns } from '../destinations/destination.ts'
import type { FormConfig } from '../config/form-config.ts'
import type { Leases } from '../database/leases.ts'
import { describeError, type Log } from '../log.ts'
import { type RefreshLoop, startRefreshLoop } from '../runtime/refresh-loop.ts'
import type { ProviderClient } from '../destinations/provider-client.ts'

/** Settings are requested again when they are as old as this. */
const maxAgeMs = 24 * 3600 * 1000

/** Settings that are older than this are used, too, but reported as a problem. */
const warnAgeMs = 2 * maxAgeMs

/** How often the ages are checked while all settings are fresh. */
const checkIntervalMs = 3600 * 1000

/** How often a process of several looks for what another one has stored. */
const pollIntervalMs = 15_000

/** The fields that campaigns ask for, as far as they are known. No method waits for the network. */
export interface CampaignSettings {
  /** The part of a call's context that comes from a destination's campaigns. */
  contextFor(destination: Destination): Pick<CallContext, 'campaignSettings' | 'matches'>
  /** A form's definition with the questions that its campaigns add. */
  definitionOf(form: FormConfig): FormDefinition
  /** Problems by form. They are public: they hold no configured value. */
  problems(): Readonly<Record<string, readonly string[]>>
}

/** What the settings depend on. */
export interface CampaignSettingsDeps {
  readonly forms: ReadonlyMap<string, FormConfig>
  readonly store: CampaignSettingsStore
  /** One process at a time requests settings. */
  readonly leases: Leases
  readonly providerClient: ProviderClient
  readonly matches: PatternMatcher | undefined
  readonly clock: Clock
  readonly log: Log
}

/** The settings, and what keeps them up to date in the background, from `start` until `close`. */
export interface FollowedCampaignSettings extends CampaignSettings {
  start(): void
  close(): void
}

/** Loads the stored settings. */
export async function openCampaignSettings(deps: CampaignSettingsDeps): Promise<FollowedCampaignSettings> {
  const { forms, store, leases, clock, log, matches } = deps
  const known = new Map<string, StoredCampaignSettings>()
  const extended = new Map<FormConfig, ExtendedDefinition>()
  await loadStored()
  const destinations = [...forms.values()].flatMap((form) => form.destinations)
  let closed = false

  /** Takes over what this or another process has stored. */
  async function loadStored(): Promise<void> {
    for (const stored of await store.load()) {
      const key = settingsKey(stored.source, stored.campaign)
      if (known.get(key)?.fetchedAt.getTime() === stored.fetchedAt.getTime()) continue
      known.set(key, stored)
      extended.clear()
    }
  }

  const settingsOf = (campaigns: DestinationCampaigns): readonly StoredCampaignSettings[] =>
    campaigns.ids.flatMap((id) => known.get(settingsKey(campaigns.source, id)) ?? [])
  const fieldsOf = (campaigns: DestinationCampaigns): readonly CampaignField[] =>
    settingsOf(campaigns).flatMap(({ fields }) => fields)

  function extend(form: FormConfig): ExtendedDefinition {
    const cached = extended.get(form)
    if (cached) return cached
    const asked = requestedNames(form.definition) ?? new Set()
    const questions = form.destinations.flatMap(
      ({ campaigns }) => campaigns?.questions(fieldsOf(campaigns), asked, matches) ?? [],
    )
    const byName = new Map(questions.map((question) => [question.name, withLabel(question)]))
    const result = addQuestions(form.definition, [...byName.values()], addedStepTitleRu)
    extended.set(form, result)
    return result
  }

  /** Fetches the settings that are missing or old; `false` if some could not be fetched. */
  async function fetchOutdated(): Promise<boolean> {
    let complete = true
    const requested = new Set<string>()
    for (const destination of destinations) {
      const { campaigns } = destination
      for (const id of campaigns?.ids ?? []) {
        if (!campaigns || closed) return complete
        const key = settingsKey(campaigns.source, id)
        const age = clock.now() - (known.get(key)?.fetchedAt.getTime() ?? 0)
        // An age below 0: the clock was set back meanwhile.
        if (requested.has(key) || (age >= 0 && age < maxAgeMs)) continue
        requested.add(key)
        const fields = await fetchSettings(deps, destination, campaigns, id)
        if (!fields) {
          complete = false
          continue
        }
        const fetched = { source: campaigns.source, campaign: id, fields, fetchedAt: new Date(clock.now()) }
        known.set(key, fetched)
        extended.clear()
        await store.save(fetched)
      }
    }
    return complete
  }

  async function refresh(): Promise<boolean> {
    try {
      const done = await leases.run('campaigns', async () => {
        await loadStored()
        return fetchOutdated()
      })
      return done?.result ?? false
    } catch (error) {
      log('error', 'Reading the settings of campaigns was interrupted', { fault: describeError(error) })
      return false
    }
  }
  const hasCampaigns = destinations.some(({ campaigns }) => campaigns)
  let loop: RefreshLoop | undefined
  let poll: NodeJS.Timeout | undefined

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
                  (problem) => `${key}: ${problem}`,
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
    start() {
      if (closed || !hasCampaigns) return
      loop = startRefreshLoop({ clock, refresh, nextDelayMs: () => checkIntervalMs })
      if (!store.isShared) return
      poll = setInterval(() => {
        // The next poll tries again. The log gets the loss of the connection elsewhere.
        loadStored().catch(() => {})
      }, pollIntervalMs)
      poll.unref()
    },
    close() {
      closed = true
      clearInterval(poll)
      loop?.stop()
    },
  }
}

async function fetchSettings(
  { providerClient, clock, log }: CampaignSettingsDeps,
  { account, key }: Destination,
  { settings }: DestinationCampaigns,
  campaignId: number,
): Promise<readonly CampaignField[] | undefined> {
  const permit = await providerClient.acquire(account, 'background')
  if ('retryAfterSeconds' in permit) return undefined
  const context = { now: new Date(clock.now()), campaignId }
  const answer =
    'outcome' in permit
      ? { problem: permit.outcome.reason }
      : settings.outcome(
          await permit.send((accessToken) => settings.request({ ...context, accessToken })),
          context,
        )
  if ('items' in answer) return answer.items
  log('warning', 'The settings of a campaign could not be read', {
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
  const outdated = settings.filter(({ fetchedAt }) => now - fetchedAt.getTime() > warnAgeMs).length
  const fields = settings.flatMap((stored) => stored.fields)
  return [
    ...(missing > 0 ? [`the fields of ${missing} of its campaigns are not known yet`] : []),
    ...(outdated > 0
      ? [`the fields of ${outdated} of its campaigns could not be read for two days or longer`]
      : []),
    ...(matches
      ? campaigns.problems(fields, matches)
      : ['patterns of its campaigns are not checked: install re2js']),
  ]
}

/** A field that only a campaign knows is described by the campaign's text, or by its wire name if there is none. */
function withLabel<Question extends { readonly name: string; readonly hint?: string }>(question: Question) {
  const [, wire] = /^custom\.(.+)$/.exec(question.name) ?? []
  return wire === undefined
    ? question
    : { ...question, label: campaignQuestionRu, hint: question.hint ?? wire }
}

function settingsKey(source: string, campaign: number): string {
  return `${campaign} ${source}`
}
