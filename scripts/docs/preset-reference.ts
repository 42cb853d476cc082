import type { Preset } from '../../src/form/definition.ts'
import { presets } from '../../src/form/presets/presets.ts'

/** Every preset as JSON in a fenced block, by its name, for docs/definition.md. */
export function createPresetReference(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(presets).map(([name, preset]) => [
      name,
      `\`\`\`json preset\n${formatJson(shorten(preset))}\n\`\`\``,
    ]),
  )
}

/** A field that has nothing but its name is written as the name alone, as authors do. */
function shorten({ steps, ...rest }: Preset): object {
  return {
    ...rest,
    steps: steps.map(({ fields, ...step }) => ({
      ...step,
      fields: fields.map((field) => (Object.keys(field).length === 1 ? field.name : field)),
    })),
  }
}

/** JSON that puts an object on one line if it fits. */
function formatJson(value: unknown, indent = ''): string {
  const inline = JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ')
  if (indent.length + inline.length < 105 || typeof value !== 'object' || value === null) return inline
  const inner = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((item: unknown) => inner + formatJson(item, inner))
    : Object.entries(value).map(
        ([key, item]: [string, unknown]) => `${inner}${JSON.stringify(key)}: ${formatJson(item, inner)}`,
      )
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`
}
