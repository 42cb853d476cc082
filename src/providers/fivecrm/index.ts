import type { Operations, Provider } from '../core/provider.ts'
import type { FiveCrmConfig } from './config.ts'
import { type FiveCrmLists, fiveCrmLists } from './lists.ts'
import { fiveCrmForPages } from './page-adapter.ts'

/** 5CRM's adapter. It can also read the CRM's own lists. */
export interface FiveCrm extends Provider<FiveCrmConfig> {
  readonly operations: Operations<FiveCrmConfig> & FiveCrmLists
}

/** 5CRM, a general CRM: a lead becomes what `method` names. Contract: its document for integrators, a beta version. */
export const fivecrm: FiveCrm = {
  ...fiveCrmForPages,
  operations: { ...fiveCrmForPages.operations, ...fiveCrmLists },
}
