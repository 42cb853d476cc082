import type { StepDefinition } from '../definition.ts'

/** Who the person is, and how to reach them. The same in every loan preset. */
export const personStep: StepDefinition = {
  id: 'person',
  title: 'О вас',
  fields: [
    { name: 'lastName' },
    { name: 'firstName' },
    { name: 'middleName' },
    { name: 'birthDate' },
    { name: 'phone' },
    { name: 'email', required: false },
  ],
}
