import type { Draft, DraftForm, DraftLooks } from './draft.ts'

/** Keys of a form's entry that a definition holds, too: printed once, in the definition. */
const definitionKeys = [
  'title',
  'consents',
  'consentsAt',
  'minimumAge',
  'maximumAge',
  'passportExpiry',
  'after',
] as const

/** Prints the definition, without the documents that the configuration holds. */
export function printDefinition(draft: DraftForm): string {
  const { operator: _, policyUrl: __, ...form } = draft
  return JSON.stringify({ ...form, steps: form.steps.map(shortenFields) }, undefined, 2)
}

/** Prints the form's entry in the configuration of a relay, with the definition in it. */
export function printEntry(form: DraftForm, entry: Readonly<Record<string, unknown>> | undefined): string {
  const { operator, policyUrl } = form
  const documents = {
    operator: operator ?? { name: '…', address: '…', withdrawalContact: '…' },
    policyUrl: policyUrl ?? 'https://…',
  }
  const others = Object.fromEntries(
    Object.entries(entry ?? { origins: ['https://…'], destinations: [] }).filter(
      ([key]) => !definitionKeys.some((name) => name === key) && !(key in documents) && key !== 'definition',
    ),
  )
  const { operator: _, policyUrl: __, id, ...definition } = form
  return JSON.stringify(
    {
      [id]: {
        definition: { ...definition, steps: definition.steps.map(shortenFields) },
        ...documents,
        ...others,
      },
    },
    undefined,
    2,
  )
}

/** Prints what a page needs to show the form. */
export function printSnippet({ form, looks }: Draft, relay: string): string {
  const attributes = [
    'data-anketa',
    ...(looks.theme === 'light' ? [] : [`data-theme="${looks.theme}"`]),
    ...(looks.look === 'plain' ? [] : [`data-look="${looks.look}"`]),
  ]
  return [
    ...printColors(looks),
    `<div ${attributes.join(' ')}></div>`,
    `<script type="module" async src="${relay}forms/${encodeURIComponent(form.id)}/form.js"></script>`,
  ].join('\n')
}

function printColors({ colors }: DraftLooks): readonly string[] {
  const lines = Object.entries(colors).map(([name, value]) => `  --anketa-${name}: ${value};`)
  return lines.length > 0 ? ['<style>', '[data-anketa] {', ...lines, '}', '</style>'] : []
}

/** A field without settings is its name. */
function shortenFields(step: DraftForm['steps'][number]): object {
  return {
    ...step,
    fields: step.fields.map((field) => (Object.keys(field).length === 1 ? field.name : field)),
  }
}
