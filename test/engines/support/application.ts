import { hooks } from '../../../src/entries/testing.ts'
import type { Person } from '../../journey/support/person.ts'
import type { EngineForm } from './engine-form.ts'

/** An invented person. */
export const person: Person = {
  amount: 30_000,
  termDays: 30,
  lastName: 'Салтыков-Щедрин',
  firstName: 'Пётр',
  middleName: 'Иванович',
  birthday: '17.05.1990',
  phoneEnd: '31',
  email: 'petr@example.ru',
  passportSeries: '4511',
  passportNumber: '000050',
  passportIssuedDate: '01.06.2011',
  passportIssuedCode: '770-001',
  passportIssuedBy: 'ГУ МВД России по г. Москве',
  city: 'Москва',
}

/** Types the person, and goes on with Enter. */
export async function typePerson(form: EngineForm): Promise<void> {
  await form.step('person')
  await form.type('lastName', person.lastName)
  await form.type('firstName', person.firstName)
  await form.type('middleName', person.middleName ?? '')
  await form.type('birthDate', person.birthday.replaceAll('.', ''))
  await form.type('phone', `890000000${person.phoneEnd}`)
  await form.type('email', person.email ?? '')
  await form.engine.press('Enter')
}

/** Types the passport and the city, and goes on with the button. */
export async function typePassport(form: EngineForm): Promise<void> {
  await form.step('passport')
  await form.type('passport', person.passportSeries + person.passportNumber)
  await form.type('passportIssuedDate', person.passportIssuedDate.replaceAll('.', ''))
  await form.type('passportIssuedCode', person.passportIssuedCode)
  await form.type('passportIssuedBy', person.passportIssuedBy)
  await form.type('city', person.city)
  // The open list covers the button.
  await form.engine.press('Tab')
  await form.press('next')
}

/** Types a short application and sends it. */
export async function sendShortApplication(form: EngineForm): Promise<void> {
  await form.step('loan')
  await form.type('amount', person.amount)
  await form.type('termDays', person.termDays)
  await form.press('next')
  await typePerson(form)
  await typePassport(form)
  await form.step('consents')
  await form.submit()
}

/** Types a request for a call back and sends it. */
export async function sendCallback(form: EngineForm): Promise<void> {
  await form.type('firstName', person.firstName)
  await form.type('phone', `+790000000${person.phoneEnd}`)
  await form.click(hooks.consent('processing'))
  await form.press('submit')
}
