import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonSchema } from '../../../scripts/schemas/convert-schema.ts'

/** Compiles a schema, as it is in its file. Throws if it is no JSON Schema or a reference in it leads nowhere. */
export function compileSchema(schema: JsonSchema): (candidate: unknown) => readonly string[] {
  // Conditions in `allOf` name keys without repeating that they belong to an object.
  const validator = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false })
  const validate = validator.compile(JSON.parse(JSON.stringify(schema)))
  return (candidate) => {
    // In a file there is nothing but JSON.
    const isValid = validate(JSON.parse(JSON.stringify(candidate)))
    return isValid
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}
