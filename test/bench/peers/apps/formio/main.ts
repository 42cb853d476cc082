import { Formio } from '@formio/js/form'
import '@formio/js/dist/formio.form.min.css'
import 'bootstrap/dist/css/bootstrap.min.css'
import { shownPlaces } from '../shared/places.ts'
import { labels, messages, patterns, stepTitles } from '../shared/texts.ts'

const [loan, person, passport, consents] = stepTitles

const number = (min: number, max: number, customMessage: string) => ({
  type: 'number',
  input: true,
  delimiter: true,
  decimalLimit: 0,
  autocomplete: 'off',
  validate: { required: true, min, max, customMessage },
})
const text = (customMessage: string, pattern: RegExp) => ({
  type: 'textfield',
  input: true,
  validate: { required: true, pattern: pattern.source, customMessage },
})
const places = (url: string) => ({
  type: 'select',
  input: true,
  dataSrc: 'url',
  data: { url },
  valueProperty: 'id',
  template: '<span>{{ item.name }}</span>',
  searchField: '',
  disableLimit: true,
  lazyLoad: false,
  customOptions: { renderChoiceLimit: shownPlaces, searchResultLimit: shownPlaces },
  validate: { required: true, customMessage: messages.place },
})
const panel = (key: string, title: string, components: readonly object[]) => ({
  type: 'panel',
  key,
  title,
  components,
})

const form = {
  display: 'wizard',
  components: [
    panel('loan', loan, [
      { ...number(1000, 100_000, messages.amount), key: 'amount', label: labels.amount },
      { ...number(1, 365, messages.termDays), key: 'termDays', label: labels.termDays },
    ]),
    panel('person', person, [
      {
        ...text(messages.name, patterns.name),
        key: 'lastName',
        label: labels.lastName,
        autocomplete: 'family-name',
      },
      {
        ...text(messages.name, patterns.name),
        key: 'firstName',
        label: labels.firstName,
        autocomplete: 'given-name',
      },
      {
        type: 'phoneNumber',
        input: true,
        key: 'phone',
        label: labels.phone,
        inputMask: '+7 999 999-99-99',
        autocomplete: 'tel',
        validate: { required: true, customMessage: messages.phone },
      },
      {
        type: 'email',
        input: true,
        key: 'email',
        label: labels.email,
        autocomplete: 'email',
        validate: { customMessage: messages.email },
      },
    ]),
    panel('passport', passport, [
      {
        ...text(messages.passport, patterns.passport),
        key: 'passport',
        label: labels.passport,
        inputMask: '99 99 999999',
      },
      {
        ...text(messages.date, patterns.date),
        key: 'passportIssuedDate',
        label: labels.passportIssuedDate,
        inputMask: '99.99.9999',
      },
      { ...places('/places/regions'), key: 'region', label: labels.region },
      {
        ...places('/places/cities?region={{ data.region }}'),
        key: 'city',
        label: labels.city,
        refreshOn: 'region',
        clearOnRefresh: true,
      },
    ]),
    panel('consents', consents, [
      {
        type: 'checkbox',
        input: true,
        key: 'processing',
        label: labels.processing,
        validate: { required: true, customMessage: messages.consent },
      },
    ]),
  ],
}

const texts = { next: messages.next, submit: messages.send, complete: messages.sent }

// Addresses that begin with a slash would mean the vendor's own server.
Formio.setBaseUrl(location.origin)

const root = document.querySelector('#form')
void Formio.createForm(root, form, {
  language: 'ru',
  i18n: { ru: texts },
  buttonSettings: { showCancel: false, showPrevious: false },
  breadcrumbSettings: { clickable: false },
})
