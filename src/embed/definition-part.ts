import type { FormDefinition } from '../form/definition.ts'
import { type DefinitionPorts, type OwnForm, readDefinition as read } from './read-definition.ts'
import { SetupError } from './setup-error.ts'

// The part of the script that is loaded for what a page itself says about its form.

export { showProblems } from './show-problems.ts'

/** Reads the definition that a page brings; rejects with all that is wrong with it. */
export async function readDefinition(
  own: OwnForm,
  ports: DefinitionPorts,
  served?: FormDefinition,
): Promise<FormDefinition> {
  const found = await read(own, ports, served)
  if ('problems' in found) throw new SetupError(found.problems)
  return found.definition
}
