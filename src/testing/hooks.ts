/**
 * The selectors that a form promises to keep, for tests and for automation. Playwright's locators reach through its
 * shadow root by themselves.
 */
export const hooks = {
  /** The form, on any step. */
  form: '[data-step]',
  /** The form on one step: `verification` while a code is asked for, `result` at the end. */
  step: (id: string): string => `[data-step="${id}"]`,
  /** The form in one status: `filling`, `sending`, `failed`, or an outcome's name. */
  status: (name: string): string => `[data-status="${name}"]`,
  /** A field with its label and remark, or one part of a composite. */
  field: (name: string): string => `[data-field="${name}"]`,
  /** What a field is entered into; a choice may have several of them. */
  control: (name: string): string => `[data-field="${name}"] :is(input, textarea, select)`,
  /** A consent's box. */
  consent: (id: string): string => `[data-consent="${id}"] input`,
  /** A button: `next`, `back`, `submit`, `retry`, `confirm`. */
  action: (name: string): string => `[data-action="${name}"]`,
  /** What a field, or anything else that a selector names, is remarked on with. */
  remark: (name: string): string => `[data-field="${name}"] [part~="error"]`,
} as const
