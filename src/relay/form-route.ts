import type { RelayConfig } from './config.ts'
import type { Route } from './delivery-plan.ts'
import type { Destination } from './destination.ts'

/** A route whose destinations can be called. */
export interface FormRoute extends Route {
  readonly destinations: readonly Destination[]
}

/** Where leads of a form go at this time: nowhere, if it is not configured or refused. */
export function createRoutes({ forms }: Pick<RelayConfig, 'forms'>): (form: string) => FormRoute {
  return (form) => {
    const result = forms.get(form)
    return result && 'form' in result ? result.form : { mode: 'first-accepted', destinations: [] }
  }
}
