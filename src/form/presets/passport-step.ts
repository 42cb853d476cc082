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
