/**
 * The stable selectors of a form, for tests and automation. Playwright's locators reach into its shadow root by
 * themselves.
 */
export const hooks = {
  /** The form, on any step. */
  form: '[data-step]',
  /** The form on one step: `verification` while a code is asked for, `result` at the end. */
  step: (id: string): string => `[data-step="${id}"]`,
  /** The form in one status: `filling`, `sending`, `failed`, or the name of an outcome. */
  status: (name: string): string => `[data-status="${name}"]`,
  /** A field with its label and message, or one part of a composite. */
  field: (name: string): string => `[data-field="${name}"]`,
  /** The control of a field; a choice may have several. */
  control: (name: string): string => `[data-field="${name}"] :is(input, textarea, select)`,
  /** A consent's box. */
  consent: (id: string): string => `[data-consent="${id}"] input`,
  /** A button: `next`, `back`, `submit`, `retry`; `confirm`, `change` (the phone), `give-up` where a code is asked for; `offer` at a field. */
  action: (name: string): string => `[data-action="${name}"]`,
  /** The error that is shown at a field. */
  message: (name: string): string => `[data-field="${name}"] [part~="error"]`,
} as const
