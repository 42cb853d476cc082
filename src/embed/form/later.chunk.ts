import {
  createFormActions as createActions,
  type FormActions,
  type FormContext,
} from '../../state/form-actions.ts'
import { type ActionPortsOptions, createActionPorts } from './action-ports.ts'

export { laterViews } from '../../ui/later-views.ts'

/** Creates the actions of a form of the page. Loaded on demand, once a person is in the form. */
export function createFormActions(context: FormContext, options: ActionPortsOptions): FormActions {
  return createActions(context, createActionPorts(options))
}
