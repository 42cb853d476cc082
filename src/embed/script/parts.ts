/** The parts of the landing page script that load on demand: a part's name, and the file that it is built from. */
export const parts = {
  places: 'src/embed/form/place-list.chunk.ts',
  providers: 'src/embed/source/direct.chunk.ts',
  element: 'src/embed/element/form-element.ts',
  test: 'src/embed/source/test-mode.chunk.ts',
  en: 'src/embed/language/english.chunk.ts',
  rare: 'src/i18n/ru/extended.ts',
  looks: 'src/embed/appearance/looks.chunk.ts',
  messages: 'src/embed/language/messages.chunk.ts',
  verification: 'src/embed/form/verification.chunk.ts',
  tracking: 'src/embed/analytics/analytics.chunk.ts',
  definitions: 'src/embed/source/definition.chunk.ts',
  advice: 'src/embed/options/advice.chunk.ts',
} as const satisfies Record<string, string>

/** The name of a part. */
export type PartName = keyof typeof parts
