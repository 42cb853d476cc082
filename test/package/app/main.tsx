import { defineForm, type FormHandle, mount } from 'anketa'
import 'anketa/define'
import { LoanForm } from 'anketa/preact'
import { render } from 'preact'

const form = defineForm({
  id: 'callback',
  title: 'Перезвоните мне',
  steps: [{ id: 'contact', title: 'О вас', fields: ['firstName', { name: 'phone', label: 'Телефон' }] }],
})

const element = document.querySelector<HTMLElement>('#mount')
if (element) {
  const handle: FormHandle = mount(element, {
    relay: '/forms/main',
    form,
    values: { firstName: 'Анна' },
    onOutcome: ({ outcome }) => document.body.setAttribute('data-outcome', outcome),
  })
  handle.state.subscribe(({ status }) => document.body.setAttribute('data-last-status', status))
}

// The types of the element's properties follow from its name.
const formElement = document.querySelector('anketa-form')
if (formElement) formElement.channel = 'vk'

const container = document.querySelector('#preact')
if (container)
  render(<LoanForm relay="/forms/main" shadow={false} values={{ firstName: 'Иван' }} />, container)
