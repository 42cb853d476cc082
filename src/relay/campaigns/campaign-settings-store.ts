import type { CampaignField } from '../../providers/core/context.ts'
import type { Database } from '../database/database.ts'

/** The settings of a campaign as they were last fetched. */
export interface StoredCampaignSettings {
  readonly source: string
  readonly campaign: number
  readonly fields: readonly CampaignField[]
  readonly fetchedAt: Date
}

/** The stored settings of campaigns. */
export interface CampaignSettingsStore {
  /** Whether other processes store settings, too. */
  readonly isShared: boolean
  load(): Promise<readonly StoredCampaignSettings[]>
  save(settings: StoredCampaignSettings): Promise<void>
}

/** Creates the store. */
export function createCampaignSettingsStore(
  database: Pick<Database, 'query' | 'exclusive'>,
): CampaignSettingsStore {
  return {
    isShared: !database.exclusive,
    async load() {
      const rows = await database.query<
        Omit<StoredCampaignSettings, 'campaign'> & { readonly campaign: unknown }
      >('select source, campaign, fields, fetched_at as "fetchedAt" from anketa.campaign_settings')
      return rows.map((row) => ({ ...row, campaign: Number(row.campaign) }))
    },
    async save({ source, campaign, fields, fetchedAt }) {
      await database.query(
        `insert into anketa.campaign_settings (source, campaign, fields, fetched_at) values ($1, $2, $3::jsonb, $4)
         on conflict (source, campaign) do update set fields = excluded.fields, fetched_at = excluded.fetched_at`,
        [source, campaign, JSON.stringify(fields), fetchedAt],
      )
    },
  }
}
