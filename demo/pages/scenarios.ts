/** A way to embed a form, with a page of its own and a journey that tests it. */
export interface Scenario {
  readonly title: string
  /** What the page shows, for its readers. */
  readonly description: string
  /**
   * The landing page script, the npm package, or both. The page of a script is rewritten for npm with `<anketa-form>`.
   */
  readonly methods: readonly EmbedMethod[]
  /** The content security policy of a page that cannot comply with the strict one. */
  readonly policy?: string
}

/** How a page loads the form. */
export type EmbedMethod = 'script' | 'npm'

/**
 * The content security policy of the pages: no inline scripts or styles, no other origins, and trusted types required.
 */
export const strictPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

const withoutTrustedTypes = strictPolicy.replace(/; require-trusted-types.*/, '')
const script = ['script'] as const
const npm = ['npm'] as const
const scriptAndNpm = ['script', 'npm'] as const

/** All scenarios, by the name of the page's path and file. */
export const scenarios = {
  'one-request': {
    title: 'Один запрос',
    description: 'Скрипт формы приходит вместе с её описанием: место для формы ничего не называет.',
    methods: script,
  },
  end: {
    title: 'Скрипт в конце страницы',
    description: 'Самый простой способ: место для формы и скрипт перед концом страницы.',
    methods: scriptAndNpm,
  },
  head: {
    title: 'Скрипт в начале страницы',
    description: 'Скрипт с async в head: он может прийти раньше, чем место для формы.',
    methods: scriptAndNpm,
  },
  marker: {
    title: 'Одна строка',
    description: 'Только тег script с пометкой data-anketa: форма появляется на его месте.',
    methods: script,
  },
  target: {
    title: 'Место по селектору',
    description: 'Тег script в head называет место формы: data-target.',
    methods: script,
  },
  twice: {
    title: 'Вставлено дважды',
    description: 'Один и тот же код вставлен два раза: у каждого места одна форма, работает один скрипт.',
    methods: script,
  },
  several: {
    title: 'Несколько форм',
    description: 'Три формы на странице, с разными настройками.',
    methods: scriptAndNpm,
  },
  popup: {
    title: 'Всплывающее окно',
    description: 'Форма стоит в окне, которое сначала скрыто.',
    methods: scriptAndNpm,
  },
  later: {
    title: 'Отложенный блок',
    description: 'Место для формы добавляет другой скрипт, через полсекунды.',
    methods: scriptAndNpm,
  },
  spa: {
    title: 'Страница-приложение',
    description: 'Виды сменяют друг друга; переставленная форма помнит, что в ней набрано.',
    methods: scriptAndNpm,
  },
  'tag-manager': {
    title: 'Менеджер тегов',
    description: 'Скрипт вставлен менеджером тегов после загрузки страницы, под её собственной политикой.',
    methods: script,
    policy: withoutTrustedTypes.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
  },
  'rocket-loader': {
    title: 'Ускоритель страниц',
    description: 'Ускоритель придержал скрипт, снял с тега атрибуты и вставил его заново.',
    methods: script,
    policy: withoutTrustedTypes,
  },
  'older-first': {
    title: 'Две версии: прежняя первой',
    description: 'На странице прежняя версия скрипта и нынешняя: работает та, что пришла первой.',
    methods: script,
  },
  'newer-first': {
    title: 'Две версии: нынешняя первой',
    description: 'То же в обратном порядке.',
    methods: script,
  },
  broken: {
    title: 'Ошибки в настройке',
    description: 'Два места настроены неверно: их содержимое остаётся, третья форма работает.',
    methods: scriptAndNpm,
  },
  fallback: {
    title: 'Скрипт не загрузился',
    description: 'Вместо формы остаётся обычная форма страницы; она тоже доставляет заявку.',
    methods: script,
  },
  queue: {
    title: 'Вызовы до загрузки',
    description: 'Страница вызывает Anketa.mount раньше, чем пришёл скрипт: вызовы ждут его.',
    methods: script,
  },
  named: {
    title: 'Элемент с именем Anketa',
    description: 'Элемент с id="Anketa" сам становится глобальным именем и не мешает.',
    methods: scriptAndNpm,
  },
  'old-libraries': {
    title: 'Старые библиотеки',
    description:
      'Object.prototype, Array.prototype и Element.prototype изменены, как это делали старые библиотеки.',
    methods: scriptAndNpm,
  },
  'hostile-css': {
    title: 'Чужие стили',
    description: 'Стили страницы ломают все поля и кнопки, но не форму.',
    methods: scriptAndNpm,
  },
  light: {
    title: 'Без теневого дерева',
    description: 'data-shadow="false": форма стоит в самой странице.',
    methods: scriptAndNpm,
  },
  mount: {
    title: 'npm: mount',
    description: 'Форма показана вызовом mount из пакета.',
    methods: npm,
  },
  preact: {
    title: 'npm: Preact',
    description: 'Компонент LoanForm; настройки меняются, набранное остаётся.',
    methods: npm,
  },
  react: {
    title: 'npm: React',
    description: 'Элемент anketa-form в React 19; настройки меняются, набранное остаётся.',
    methods: npm,
  },
  'react-strict': {
    title: 'npm: React, StrictMode',
    description: 'StrictMode показывает форму, убирает и показывает снова: это безвредно.',
    methods: npm,
  },
  'react-snippet': {
    title: 'React: код для обычной страницы',
    description: 'Код формы внутри разметки, которую React получил от сервера: React её не трогает.',
    methods: script,
  },
  vue: {
    title: 'npm: Vue',
    description: 'Элемент anketa-form в Vue 3; настройки меняются, набранное остаётся.',
    methods: npm,
    // Vue needs a trusted types policy of this name.
    policy: strictPolicy.replace("trusted-types 'none'", 'trusted-types vue'),
  },
  angular: {
    title: 'npm: Angular',
    description: 'Элемент anketa-form в Angular; настройки меняются, набранное остаётся.',
    methods: npm,
    // Angular compiles the page's template in the browser, and needs trusted types policies of its own.
    policy: withoutTrustedTypes.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
  },
} as const satisfies Record<string, Scenario>

/** A scenario's name. */
export type ScenarioName = keyof typeof scenarios

/** Whether a scenario of this name exists. */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name)
}
