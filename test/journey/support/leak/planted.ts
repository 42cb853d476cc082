/** A leak that a test makes on purpose: the area in which it has to be found, and the script that makes it. */
export interface PlantedLeak {
  readonly area: string
  readonly plant: string
}

/** A leak of every area of a browser, each in another spelling of a value. */
export const plantedInBrowser: readonly PlantedLeak[] = [
  { area: 'request address', plant: `await fetch('/x?name=' + encodeURIComponent('Вымыслова'))` },
  { area: 'request address', plant: `await fetch('/x?name=%C2%FB%EC%FB%F1%EB%EE%E2%E0')` },
  {
    area: 'request address',
    plant: `new Image().src = '/x.gif?q=' + btoa('+79000000061'); await fetch('/')`,
  },
  {
    area: 'request headers',
    plant: `await fetch('/x', { headers: { 'x-who': 'romualda.mark@example.ru' } })`,
  },
  {
    area: 'request headers',
    plant: `history.replaceState(null, '', '?q=9000000061'); await fetch('/x', { referrerPolicy: 'unsafe-url' })`,
  },
  { area: 'request body', plant: `navigator.sendBeacon('/x', new URLSearchParams({ p: '4519 084617' }))` },
  {
    area: 'request body',
    plant: `await fetch('/x', { method: 'POST', body: '{"snils":"900-000-073 98"}' })`,
  },
  {
    area: 'localStorage',
    plant: `localStorage.setItem('draft', JSON.stringify({ phone: '+7 (900) 000-00-61' }))`,
  },
  { area: 'sessionStorage', plant: `sessionStorage.draft = 'ВЫМЫСЛОВА'` },
  { area: 'sessionStorage', plant: `sessionStorage.setItem('x', 'Romualda'); sessionStorage.clear()` },
  {
    area: 'indexedDB',
    plant: `const open = indexedDB.open('drafts'); open.onupgradeneeded = () => open.result.createObjectStore('all').put('999900007399', 'inn'); await new Promise((done) => { open.onsuccess = done }); open.result.close()`,
  },
  { area: 'cookie', plant: `document.cookie = 'who=' + encodeURIComponent('Евстигнеевна')` },
  { area: 'cache', plant: `await (await caches.open('x')).put('/draft', new Response('Фантомтрест'))` },
  { area: 'history', plant: `history.pushState({ birthDate: '1987-03-19' }, '')` },
  { area: 'history', plant: `location.hash = '739264'` },
  { area: 'window.name', plant: `window.name = '19031987'` },
  { area: 'title', plant: `document.title = 'Заявка: Ромуальда'` },
  { area: 'console', plant: `console.debug('sent', { code: '739264' }, 'доход 73 951')` },
  { area: 'console', plant: `console.error(new Error('not a phone: 9000000061'))` },
  {
    area: 'exception',
    plant: `setTimeout(() => { throw new TypeError('not a name: вымыслова') }); await new Promise((done) => setTimeout(done, 20))`,
  },
  {
    area: 'exception',
    plant: `Promise.reject(new Error('164219')); await new Promise((done) => setTimeout(done, 20))`,
  },
  {
    area: 'event',
    plant: `input.dispatchEvent(new CustomEvent('anketa:step', { detail: { values: { city: 'Запридумск' } } }))`,
  },
  { area: 'message', plant: `window.postMessage({ passport: '45 19 084617' }, '*')` },
  { area: 'layer', plant: `dataLayer.push({ event: 'lead', comment: 'Позвоните бабушке Глафире' })` },
  { area: 'layer', plant: `ym(1, 'reachGoal', 'lead', { phone: '79000000061' })` },
  { area: 'layer', plant: `_tmr.push({ goal: 'lead', email: 'romualda.mark@example.ru' })` },
  { area: 'attribute', plant: `input.setAttribute('data-last', 'Вымыслова')` },
  { area: 'attribute', plant: `input.name = 'f-4519084617'; input.name = 'f'` },
  { area: 'attribute', plant: `input.setAttribute('value', '817Э')` },
  { area: 'text', plant: `document.querySelector('main').append('Спасибо, Ромуальда!')` },
  { area: 'global', plant: `window.lastLead = { values: new Map([['inn', '999900007399']]) }` },
  { area: 'performance', plant: `performance.mark('field', { detail: { text: 'Миражинск' } })` },
]
