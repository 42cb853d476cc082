import type { FieldRequest, FormDefinition } from './definition.ts'

/** How a definition asks for a name; nothing where it does not, or asks for something of which it is a part. */
export function requestIn({ steps }: Pick<FormDefinition, 'steps'>, name: string): FieldRequest | undefined {
  return steps.flatMap(({ fields }) => fields).find((request) => request.name === name)
}
