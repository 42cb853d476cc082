/** A page under test, and how a person's way through it is found. */
export interface Subject {
  /** The name of its column. */
  readonly title: string
  readonly path: string
  /** The packages that it is built from, as `package.json` beside this file names them. */
  readonly packages: readonly string[]
  /** Selects the input of a field. */
  field(name: string): string
  /** Selects the button of a step. */
  readonly next: string
  /** Selects what opens a list of places. */
  list(name: string): string
  /** Selects the choices of an open list. */
  option(name: string): string
  /** Selects the box of the consent. */
  readonly consent: string
  /** Selects what is there once the first field is ready for keys. */
  readonly ready: string
}

const byName = (name: string): string => `input[name="${name}"]`
const ofApplication = {
  field: byName,
  next: 'section:not([hidden]) button, form > button',
  list: byName,
  option: (name: string) => `.list:has(${byName(name)}) [role="option"]`,
  consent: byName('processing'),
  ready: byName('amount'),
}
const ofSurvey = (name: string): string => `[data-name="${name}"]`
const ofFormio = (name: string): string => `.formio-component-${name}`

/** The pages, in the order of the table's columns. */
export const subjects = {
  anketa: {
    ...ofApplication,
    title: 'Anketa',
    path: '/anketa/',
    packages: [],
    next: 'button[type="submit"]',
    option: () => '[role="option"]',
    consent: 'input[type="checkbox"]',
  },
  handWritten: {
    ...ofApplication,
    title: 'hand-written',
    path: '/hand-written/',
    packages: ['imask'],
    // The masks are in place.
    ready: 'html[data-ready]',
  },
  preact: {
    ...ofApplication,
    title: 'Preact, Formisch',
    path: '/preact/',
    packages: ['preact', '@formisch/preact', '@preact/signals', 'valibot', 'imask', 'downshift'],
  },
  react: {
    ...ofApplication,
    title: 'React, React Hook Form',
    path: '/react/',
    packages: ['react', 'react-dom', 'react-hook-form', 'react-imask', 'imask', 'downshift'],
  },
  surveyjs: {
    title: 'SurveyJS',
    path: '/surveyjs/',
    packages: ['survey-core', 'survey-js-ui'],
    field: (name) => `${ofSurvey(name)} input`,
    next: '.sd-navigation__next-btn',
    list: (name) => `${ofSurvey(name)} .sd-dropdown`,
    option: (name) => `${ofSurvey(name)} [role="option"]`,
    consent: `${ofSurvey('processing')} .sd-item__decorator`,
    ready: `${ofSurvey('amount')} input`,
  },
  formio: {
    title: 'Form.io',
    path: '/formio/',
    packages: ['@formio/js', 'bootstrap'],
    field: (name) => `input[name="data[${name}]"]`,
    next: '.btn-wizard-nav-next, .btn-wizard-nav-submit',
    list: (name) => `${ofFormio(name)} .choices`,
    option: (name) => `${ofFormio(name)} .choices__list--dropdown .choices__item--choice`,
    consent: 'input[name="data[processing]"]',
    ready: 'input[name="data[amount]"]',
  },
} as const satisfies Record<string, Subject>

export type SubjectName = keyof typeof subjects

export const subjectNames = Object.keys(subjects).filter(isSubjectName)

function isSubjectName(name: string): name is SubjectName {
  return Object.hasOwn(subjects, name)
}
