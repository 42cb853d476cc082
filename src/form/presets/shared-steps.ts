import type { Condition } from '../condition.ts'
import type { StepDefinition } from '../definition.ts'

/** Not unemployed (6), a student (7) or retired (8): there is a place of work to ask about. */
export const isEmployed: Condition = { field: 'employment', oneOf: [1, 2, 3, 4, 5] }

/** The passport, and the place where the loan is issued. */
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

/** Who the person is, and how to reach them. */
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
