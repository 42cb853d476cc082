/** One way of having a form on a page, shown by a page of its own and proved by a journey. */
export interface Scenario {
  readonly title: string
  /** What the page does, for whoever opens it. */
  readonly about: string
  /** The landing page script, or what npm offers: `<anketa-form>` in its place, unless the page itself is built. */
  readonly doors: readonly Door[]
  /** The page's own policy, where it cannot obey the strict one itself. */
  readonly policy?: string
}

/** How a page gets the form. */
export type Door = 'script' | 'npm'

/** What the pages are served under: nothing inline, nothing foreign, no text that becomes markup or code. */
export const strictPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

const withoutTrustedTypes = strictPolicy.replace(/; require-trusted-types.*/, '')
const script = ['script'] as const
const npm = ['npm'] as const
const both = ['script', 'npm'] as const

/** All scenarios, by the name that is the page's path and file. */
export const scenarios = {
  end: {
    title: 'Скрипт в конце страницы',
    about: 'Самый простой способ: место для формы и скрипт перед концом страницы.',
    doors: both,
  },
  head: {
    title: 'Скрипт в начале страницы',
    about: 'Скрипт с async в head: он может прийти раньше, чем место для формы.',
    doors: both,
  },
  marker: {
    title: 'Одна строка',
    about: 'Только тег script с пометкой data-anketa: форма появляется на его месте.',
    doors: script,
  },
  target: {
    title: 'Место по селектору',
    about: 'Тег script в head называет место формы: data-target.',
    doors: script,
  },
  twice: {
    title: 'Вставлено дважды',
    about: 'Один и тот же код вставлен два раза: у каждого места одна форма, работает один скрипт.',
    doors: script,
  },
  several: {
    title: 'Несколько форм',
    about: 'Три формы на странице, с разными настройками.',
    doors: both,
  },
  popup: {
    title: 'Всплывающее окно',
    about: 'Форма стоит в окне, которое сначала скрыто.',
    doors: both,
  },
  later: {
    title: 'Отложенный блок',
    about: 'Место для формы добавляет другой скрипт, через полсекунды.',
    doors: both,
  },
  spa: {
    title: 'Страница-приложение',
    about: 'Виды сменяют друг друга; переставленная форма помнит, что в ней набрано.',
    doors: both,
  },
  'tag-manager': {
    title: 'Менеджер тегов',
    about: 'Скрипт вставлен менеджером тегов после загрузки страницы, под её собственной политикой.',
    doors: script,
    policy: withoutTrustedTypes.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
  },
  'rocket-loader': {
    title: 'Ускоритель страниц',
    about: 'Ускоритель придержал скрипт, снял с тега атрибуты и вставил его заново.',
    doors: script,
    policy: withoutTrustedTypes,
  },
  'older-first': {
    title: 'Две версии: прежняя первой',
    about: 'На странице прежняя версия скрипта и нынешняя: работает та, что пришла первой.',
    doors: script,
  },
  'newer-first': {
    title: 'Две версии: нынешняя первой',
    about: 'То же в обратном порядке.',
    doors: script,
  },
  broken: {
    title: 'Ошибки в настройке',
    about: 'Два места настроены неверно: их содержимое остаётся, третья форма работает.',
    doors: both,
  },
  fallback: {
    title: 'Скрипт не загрузился',
    about: 'Вместо формы остаётся обычная форма страницы; она тоже доставляет заявку.',
    doors: script,
  },
  queue: {
    title: 'Вызовы до загрузки',
    about: 'Страница вызывает Anketa.mount раньше, чем пришёл скрипт: вызовы ждут его.',
    doors: script,
  },
  named: {
    title: 'Элемент с именем Anketa',
    about: 'Элемент с id="Anketa" сам становится глобальным именем и не мешает.',
    doors: both,
  },
  'old-libraries': {
    title: 'Старые библиотеки',
    about:
      'Object.prototype, Array.prototype и Element.prototype изменены, как это делали старые библиотеки.',
    doors: both,
  },
  'hostile-css': {
    title: 'Чужие стили',
    about: 'Стили страницы ломают все поля и кнопки, но не форму.',
    doors: both,
  },
  light: {
    title: 'Без теневого дерева',
    about: 'data-shadow="false": форма стоит в самой странице.',
    doors: both,
  },
  mount: {
    title: 'npm: mount',
    about: 'Форма показана вызовом mount из пакета.',
    doors: npm,
  },
  preact: {
    title: 'npm: Preact',
    about: 'Компонент LoanForm; настройки меняются, набранное остаётся.',
    doors: npm,
  },
  react: {
    title: 'npm: React',
    about: 'Элемент anketa-form в React 19; настройки меняются, набранное остаётся.',
    doors: npm,
  },
  'react-strict': {
    title: 'npm: React, StrictMode',
    about: 'StrictMode показывает форму, убирает и показывает снова: это безвредно.',
    doors: npm,
  },
  vue: {
    title: 'npm: Vue',
    about: 'Элемент anketa-form в Vue 3; настройки меняются, набранное остаётся.',
    doors: npm,
    // Vue asks for a policy of that name.
    policy: strictPolicy.replace("trusted-types 'none'", 'trusted-types vue'),
  },
  angular: {
    title: 'npm: Angular',
    about: 'Элемент anketa-form в Angular; настройки меняются, набранное остаётся.',
    doors: npm,
    // Angular compiles the page's template in the browser, and asks for policies of its own.
    policy: withoutTrustedTypes.replace("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
  },
} as const satisfies Record<string, Scenario>

/** A scenario's name. */
export type ScenarioName = keyof typeof scenarios

/** Whether there is such a scenario. */
export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name)
}
