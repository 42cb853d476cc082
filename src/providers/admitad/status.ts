import type { Operations } from '../provider.ts'
import type { AdmitadConfig } from './config.ts'
import { listApplications, listedApplications } from './list-applications.ts'

/** Asks the list of applications for one of them. */
export const status: NonNullable<Operations<AdmitadConfig>['status']> = {
  retry: 'safe',
  request: (config, context) => listApplications(config, context, { id: context.applicationId, limit: 1 }),
  outcome(result, config, { applicationId }) {
    const list = listedApplications(result, config)
    if ('problem' in list) return list
    const found = list.items.find(({ id }) => id === applicationId)
    return found
      ? { progress: found.progress }
      : { problem: 'the list has no such application', retryable: true }
  },
}
