import type { StepDefinition } from '../definition.ts'
/** The passport, and where the loan is issued. The same in every loan preset. */
export const passportStep: StepDefinition = {
  id: 'passport',
  title: 'Паспорт',
  fields: [
    { name: 'passport' },
    { name: 'passportIssuedDate' },
    { name: 'passportIssuedCode' },
    { name: 'passportIssuedBy' },
    { name: 'issuePlace' },
  ],
}

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
