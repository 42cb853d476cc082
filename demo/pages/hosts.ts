/** A page of a kind that is hard on forms, with a journey that tests it. */
export interface HostSpec {
  readonly title: string
  /** What the page does, for its readers. */
  readonly description: string
  /** How the page is sent. `none` names no encoding anywhere. Default: `utf-8`. */
  readonly encoding?: 'utf-8' | 'windows-1251' | 'none'
}

/** All pages, by the name of the path and the file. */
export const hosts = {
  plain: {
    title: 'Обычная страница',
    description: 'Ничего особенного: с ней сравниваются остальные.',
  },
  'copy-protection': {
    title: 'Защита от копирования',
    description: 'Скрипт запрещает нажатия, выделение и вставку везде, кроме полей самой страницы.',
  },
  'swiper-6': { title: 'Swiper 6', description: 'Форма на слайде; слайды листаются мышью и стрелками.' },
  'swiper-11': { title: 'Swiper 11', description: 'То же в новом Swiper.' },
  'full-page': {
    title: 'Страница по экранам',
    description: 'Пробел, стрелки и колесо листают страницу по экранам, как это делает fullPage.',
  },
  'focus-trap': {
    title: 'Окно, которое держит фокус',
    description: 'Окно ищет фокус среди полей страницы и возвращает его себе, как это делает Fancybox 3.',
  },
  sweetalert2: { title: 'SweetAlert2', description: 'Форма в окне SweetAlert2.' },
  hotkeys: { title: 'Горячие клавиши', description: 'Каждая буква и цифра — команда страницы.' },
  translator: {
    title: 'Переводчик страниц',
    description: 'Каждый текст страницы переносится в новые элементы, и так после каждой перемены.',
  },
  'delayed-scripts': {
    title: 'Скрипты после первого касания',
    description: 'Форма загружается, когда человек уже начал заполнять простую форму.',
  },
  'windows-1251': {
    title: 'Windows-1251',
    description: 'Страница в старой кодировке.',
    encoding: 'windows-1251',
  },
  'no-charset': {
    title: 'Без указания кодировки',
    description: 'Кодировка страницы нигде не названа.',
    encoding: 'none',
  },
  'right-to-left': { title: 'Письмо справа налево', description: 'Страница на языке с другим направлением.' },
  'document-write': {
    title: 'document.write',
    description: 'Страница пишет себя заново или заменяет свой элемент html.',
  },
  frames: { title: 'Форма в рамке', description: 'Рамка с разными разрешениями атрибута sandbox.' },
  direct: { title: 'Без сервера заявок', description: 'Заявка уходит прямо в CRM.' },
  'shadow-root': {
    title: 'Место в теневом дереве страницы',
    description: 'Место для формы внутри элемента со своим теневым деревом: Anketa.scan(root).',
  },
} as const satisfies Record<string, HostSpec>

/** The name of a page. */
export type HostName = keyof typeof hosts

/** Files of packages that the pages use, by name. */
export const libraryFiles = {
  'swiper-6.js': 'swiper-6/swiper-bundle.min.js',
  'swiper-6.css': 'swiper-6/swiper-bundle.min.css',
  'swiper-11.js': 'swiper/swiper-bundle.min.js',
  'swiper-11.css': 'swiper/swiper-bundle.min.css',
  'sweetalert2.js': 'sweetalert2/dist/sweetalert2.all.min.js',
  'hotkeys.js': 'hotkeys-js/dist/hotkeys-js.umd.cjs',
} as const satisfies Record<string, string>
