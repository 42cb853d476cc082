import { describe, expect, it } from 'vitest'
import { composites } from '../../src/fields/composites.ts'
import { type FieldName, fieldOf, fields, isFieldName } from '../../src/fields/fields.ts'

const typed = Object.keys(fields)
  .filter(isFieldName)
  .filter((name) => ['text', 'lines', 'place'].includes(fieldOf(name).kind.control))

const tokensOf = (name: FieldName): string => {
  const { kind, attributes } = fieldOf(name)
  return { ...kind.attributes, ...attributes }.autoComplete ?? ''
}
const sectionOf = (name: FieldName): string | undefined => /^section-[a-z-]+/.exec(tokensOf(name))?.[0]

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill-field */
const validTokens =
  /^(?:off|(?:section-[a-z-]+ )?(?:(?:(?:given|additional|family)-)?name|organization(?:-title)?|bday|address-l(?:ine[123]|evel[12])|postal-code|(?:(?:home|work) )?(?:tel|email)))$/

/** Fields that ask for somebody else's data, or for what the browser does not have. */
const notOwn: readonly FieldName[] = [
  ...(['homePhone', 'emailSecond', 'jobPlace', 'jobPosition', 'jobPhone', 'jobAddress'] as const),
  ...composites.jobLocation.map(({ name }) => name).filter((name) => typed.includes(name)),
  ...(['guarantorName', 'guarantorPhone'] as const),
]

describe('the autofill tokens', () => {
  it.each(typed)('of %s are valid in HTML', (name) => {
    expect(tokensOf(name)).toMatch(validTokens)
  })

  it.each(notOwn)('keep %s out of what fills in other fields', (name) => {
    const section = sectionOf(name)
    expect(section).toBeDefined()
    expect(typed.filter((other) => sectionOf(other) === section)).toEqual([name])
  })

  it.each(['registration', 'residence'] as const)(
    'fill in the address of %s together, and nothing else',
    (name) => {
      const parts = composites[name].map((part) => part.name).filter((part) => typed.includes(part))
      expect(typed.filter((other) => sectionOf(other) === `section-${name}`)).toEqual(parts)
    },
  )

  // Chrome ignores `off` where a label or a name says "street", "house", "phone" or "e-mail".
  it.each(
    typed.filter((name) =>
      /(?:phone|email|region|city|index|street|house|housing|apartment|address)/i.test(name),
    ),
  )('do not leave %s to guesses', (name) => {
    expect(tokensOf(name)).not.toContain('off')
  })
})
