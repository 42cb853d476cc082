export { type FormHandle, mount } from './embed/mount.ts'
export { type Options, OptionsError } from './embed/options.ts'
export type { FormDefinition } from './form/definition.ts'
export type { LeadValues } from './lead/values.ts'
