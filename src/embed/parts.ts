/** The parts of the landing page script that load on demand: a part's name, and the file that it is built from. */
export const parts = {
  places: 'src/embed/place-part.ts',
  providers: 'src/embed/standalone-part.ts',
  element: 'src/embed/form-element.ts',
  test: 'src/embed/test-part.ts',
  en: 'src/embed/english-part.ts',
  rare: 'src/i18n/rare-ru.ts',
  looks: 'src/embed/looks-part.ts',
  messages: 'src/embed/messages-part.ts',
  verification: 'src/embed/verification-part.ts',
  tracking: 'src/embed/tracking/tracking-part.ts',
  definitions: 'src/embed/definition-part.ts',
  advice: 'src/embed/advice-part.ts',
} as const satisfies Record<string, string>

/** The name of a part. */
export type PartName = keyof typeof parts
