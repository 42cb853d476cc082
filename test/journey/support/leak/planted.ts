/** A leak that a test makes on purpose: the area in which it has to be found, whose value it is, and the script. */
export interface PlantedLeak {
  readonly area: string
  readonly value: string
  readonly plant: string
}

/**
 * A leak of every area of a browser, each of another value and in another spelling. The scripts run one after the other
 * in one page, where `input` is in a shadow root.
 */
export const plantedLeaks: readonly PlantedLeak[] = [
  row('request address', 'lastName', `await fetch('/x?name=' + encodeURIComponent('Вымыслова'))`),
  row('request address', 'jobCity', `await fetch('/x?city=%CC%E8%F0%E0%E6%E8%ED%F1%EA')`),
  row('request address', 'phone', `await fetch('/x.gif?q=' + btoa('+79000000061'))`),
  row('request headers', 'email', `await fetch('/x', { headers: { 'x-who': 'romualda.mark@example.ru' } })`),
  row(
    'request headers',
    'homePhone',
    `history.replaceState(null, '', '?q=9000000062'); await fetch('/x', { referrerPolicy: 'unsafe-url' }); history.replaceState(null, '', '/planted')`,
  ),
  row('request body', 'passport', `navigator.sendBeacon('/x', new URLSearchParams({ p: '4519 084617' }))`),
  row('request body', 'snils', `await fetch('/x', { method: 'POST', body: '{"s":"900-000-073 98"}' })`),
  row('localStorage', 'jobPhone', `localStorage.setItem('a', JSON.stringify({ p: '+7 (900) 000-00-63' }))`),
  row('sessionStorage', 'firstName', `sessionStorage.setItem('x', 'Romualda'); sessionStorage.clear()`),
  row('sessionStorage', 'residenceCity', `sessionStorage.draft = 'МНИМОГОРСК'`),
  row(
    'indexedDB',
    'inn',
    `const open = indexedDB.open('drafts')
     open.onupgradeneeded = () => open.result.createObjectStore('all').put('999900007399', 'inn')
     await new Promise((done) => { open.onsuccess = done })
     open.result.close()`,
  ),
  row('cookie', 'middleName', `document.cookie = 'who=' + encodeURIComponent('Евстигнеевна')`),
  row('cache', 'jobPlace', `await (await caches.open('x')).put('/draft', new Response('Фантомтрест'))`),
  row('history', 'birthDate', `history.pushState({ birthDate: '1987-03-19' }, '')`),
  row('history', 'SMS code', `location.hash = '739264'`),
  row('window.name', 'passportIssuedDate', `window.name = '21052007'`),
  row('title', 'guarantorName', `document.title = 'Заявка: поручителев аполлинарий'`),
  row('console', 'jobIncome', `console.debug('sent', { income: '73 951' })`),
  row('console', 'guarantorPhone', `console.error(new Error('not a phone: 9000000064'))`),
  row('exception', 'birthPlace', `setTimeout(() => { throw new TypeError('no: Посёлок-Небывальский') })`),
  row('exception', 'registrationIndex', `Promise.reject(new Error('164219'))`),
  row(
    'event',
    'registrationCity',
    `input.dispatchEvent(new CustomEvent('anketa:step', { detail: { city: 'Запридумск' } }))`,
  ),
  row('message', 'passportIssuedCode', `window.postMessage({ code: '770419' }, '*')`),
  row('layer', 'comment', `dataLayer.push({ event: 'lead', text: 'Позвоните бабушке Глафире' })`),
  row('layer', 'other phone', `ym(1, 'reachGoal', 'lead', { phone: '79000000065' })`),
  row('layer', 'emailSecond', `_tmr.push({ goal: 'lead', email: 'evst.second@example.com' })`),
  row('attribute', 'jobPosition', `input.setAttribute('data-last', 'Старший выдумщик')`),
  row('attribute', 'residenceIndex', `input.name = 'f-352817'; input.name = 'f'`),
  row('attribute', 'registrationApartment', `input.setAttribute('value', '817Э')`),
  row('text', 'purpose', `document.querySelector('main').append('Спасибо за чучело медведя!')`),
  row('global', 'jobStartDate', `window.lastLead = { values: new Map([['start', '2013-09-04']]) }`),
  row('performance', 'jobStreet', `performance.mark('field', { detail: { text: 'ул. Дальне-Миражная' } })`),
]

function row(area: string, value: string, plant: string): PlantedLeak {
  return { area, value, plant }
}
