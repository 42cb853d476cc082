import { Model } from 'survey-core'
import 'survey-core/i18n/russian'
import 'survey-core/survey-core.fontless.min.css'
import 'survey-js-ui'
import { loadCities, loadRegions, type Place, shownPlaces } from '../shared/places.ts'
import { labels, messages, patterns, stepTitles } from '../shared/texts.ts'

const pattern = (mask: string) => ({ type: 'text', maskType: 'pattern', maskSettings: { pattern: mask } })
const number = (min: number, max: number) => ({
  type: 'text',
  inputMode: 'numeric',
  maskType: 'numeric',
  maskSettings: { thousandsSeparator: ' ', precision: 0, min, max },
  autocomplete: 'off',
})
const matches = (text: string, regex: RegExp) => [{ type: 'regex', text, regex: regex.source }]
const places = {
  type: 'dropdown',
  isRequired: true,
  choicesLazyLoadEnabled: true,
  choicesLazyLoadPageSize: shownPlaces,
}

const [loan, person, passport, consents] = stepTitles

const survey = new Model({
  locale: 'ru',
  pageNextText: messages.next,
  completeText: messages.send,
  completedHtml: messages.sent,
  showPrevButton: false,
  pages: [
    {
      name: 'loan',
      title: loan,
      elements: [
        { ...number(1000, 100_000), name: 'amount', title: labels.amount, isRequired: true },
        { ...number(1, 365), name: 'termDays', title: labels.termDays, isRequired: true },
      ],
    },
    {
      name: 'person',
      title: person,
      elements: [
        {
          type: 'text',
          name: 'lastName',
          title: labels.lastName,
          isRequired: true,
          autocomplete: 'family-name',
          validators: matches(messages.name, patterns.name),
        },
        {
          type: 'text',
          name: 'firstName',
          title: labels.firstName,
          isRequired: true,
          autocomplete: 'given-name',
          validators: matches(messages.name, patterns.name),
        },
        {
          ...pattern('+7 999 999-99-99'),
          name: 'phone',
          title: labels.phone,
          isRequired: true,
          inputType: 'tel',
          autocomplete: 'tel',
        },
        {
          type: 'text',
          inputType: 'email',
          name: 'email',
          title: labels.email,
          autocomplete: 'email',
          validators: [{ type: 'email', text: messages.email }],
        },
      ],
    },
    {
      name: 'passport',
      title: passport,
      elements: [
        { ...pattern('99 99 999999'), name: 'passport', title: labels.passport, isRequired: true },
        {
          type: 'text',
          maskType: 'datetime',
          maskSettings: { pattern: 'dd.mm.yyyy' },
          name: 'passportIssuedDate',
          title: labels.passportIssuedDate,
          isRequired: true,
        },
        { ...places, name: 'region', title: labels.region },
        { ...places, name: 'city', title: labels.city },
      ],
    },
    {
      name: 'consents',
      title: consents,
      elements: [
        {
          type: 'boolean',
          renderAs: 'checkbox',
          name: 'processing',
          title: labels.processing,
          isRequired: true,
          validators: [{ type: 'expression', text: messages.consent, expression: '{processing} = true' }],
        },
      ],
    },
  ],
})

const lists = new Map<string, Promise<readonly Place[]>>()

survey.onChoicesLazyLoad.add(async (sender, { question, skip, take, filter, setItems }) => {
  const region = question.name === 'city' ? String(sender.getValue('region')) : ''
  const loading = lists.get(region) ?? (region ? loadCities(region) : loadRegions())
  lists.set(region, loading)
  const typed = filter.toLowerCase()
  const found = (await loading).filter(({ name }) => name.toLowerCase().startsWith(typed))
  const items = found.slice(skip, skip + take).map(({ id, name }) => ({ value: id, text: name }))
  setItems(items, found.length)
})

survey.onValueChanged.add((sender, { name }) => {
  if (name === 'region') sender.clearValue('city')
})

const root = document.querySelector<HTMLElement>('#form')
if (root) survey.render(root)
