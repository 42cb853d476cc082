// Runs in a page before all scripts. Records what the page's scripts could read, where it is written.
;(() => {
  const send = window.recordInPage
  const describe = (value) => {
    if (typeof value === 'string') return value
    if (value instanceof Error) return `${value.name}: ${value.message} ${value.stack}`
    const seen = new Set()
    try {
      return JSON.stringify(value, (_, inner) => {
        if (typeof inner === 'function' || inner instanceof Node || inner === window) return undefined
        if (typeof inner === 'bigint') return String(inner)
        if (inner instanceof Map || inner instanceof Set || inner instanceof URLSearchParams)
          return [...inner]
        if (typeof inner === 'object' && inner !== null) {
          if (seen.has(inner)) return undefined
          seen.add(inner)
        }
        return inner
      })
    } catch {
      return String(value)
    }
  }
  const record = (area, where, ...values) => {
    send(area, where, values.map(describe).join(' '))
  }
  /** Calls `before` with the arguments of every call of a method. */
  const watch = (owner, name, before) => {
    const method = owner?.[name]
    if (typeof method !== 'function') return
    owner[name] = function (...args) {
      before.call(this, ...args)
      return Reflect.apply(method, this, args)
    }
  }

  addEventListener('error', ({ message, error }) => record('exception', 'error', message, error))
  addEventListener('unhandledrejection', ({ reason }) => record('exception', 'rejection', reason))
  watch(EventTarget.prototype, 'dispatchEvent', (event) => {
    if (event instanceof CustomEvent) record('event', event.type, event.detail)
  })
  for (const [owner, name] of [
    [window, 'postMessage'],
    [MessagePort.prototype, 'postMessage'],
    [BroadcastChannel.prototype, 'postMessage'],
    [Worker.prototype, 'postMessage'],
  ])
    watch(owner, name, (message) => record('message', name, message))
  for (const name of ['pushState', 'replaceState'])
    watch(History.prototype, name, (state, _, url) => record('history', name, state, url))
  watch(Storage.prototype, 'setItem', function (...entry) {
    record(this === sessionStorage ? 'sessionStorage' : 'localStorage', ...entry)
  })
  for (const name of ['add', 'put'])
    watch(IDBObjectStore.prototype, name, (value, key) => record('indexedDB', name, key, value))
  watch(Cache.prototype, 'put', (request, response) =>
    response
      .clone()
      .text()
      .then((text) => record('cache', String(request.url ?? request), text)),
  )
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(text) {
      record('cookie', 'set', text)
      cookie.set.call(this, text)
    },
  })
  for (const name of ['mark', 'measure'])
    watch(Performance.prototype, name, (...args) => record('performance', name, ...args))

  // The counters of the page.
  window.ym = (...call) => record('layer', 'ym', call)
  window.VK = { Retargeting: { Event: (...call) => record('layer', 'VK', call) } }
  for (const name of ['dataLayer', '_tmr']) {
    window[name] = []
    watch(window[name], 'push', (...entries) => record('layer', name, entries))
  }

  // Every attribute of every element, in shadow roots too, and the texts of the page itself.
  const readElements = (root) => {
    for (const element of [root, ...(root.querySelectorAll?.('*') ?? [])]) {
      for (const { name, value } of element.attributes ?? []) readAttribute(element, name, value)
      if (element.shadowRoot) observe(element.shadowRoot)
    }
  }
  const readAttribute = ({ localName }, name, value) => {
    if (value) record('attribute', `${localName} ${name}`, value)
  }
  const observed = new WeakSet()
  function observe(root) {
    if (observed.has(root)) return
    observed.add(root)
    readElements(root)
    new MutationObserver((records) => {
      for (const { target, attributeName, oldValue, addedNodes } of records) {
        if (attributeName) {
          if (oldValue) readAttribute(target, attributeName, oldValue)
          readAttribute(target, attributeName, target.getAttribute(attributeName))
        }
        for (const node of addedNodes) {
          if (node instanceof Element) readElements(node)
          else if (root === document) record('text', 'page', node.textContent)
        }
      }
    }).observe(root, { subtree: true, childList: true, attributes: true, attributeOldValue: true })
  }
  observe(document)
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (...args) {
    const root = attachShadow.apply(this, args)
    observe(root)
    return root
  }

  // What a recorder of sessions sees of the form's controls at the moment at which they enter the page.
  const masks = {
    'data-hj-suppress': '',
    'data-clarity-mask': 'true',
    'data-matomo-mask': '',
    'data-sentry-mask': '',
    'data-recording-ignore': 'mask',
    'data-private': '',
  }
  const maskClasses = ['ym-disable-keys', 'rr-block', 'fs-exclude']
  const contentClass = 'ym-hide-content'
  const checkMasks = (node) => {
    if (!(node instanceof Element)) return
    for (const element of [node, ...node.querySelectorAll('*')]) {
      const isControl = element.matches('input, select, textarea, [contenteditable]')
      const isContent = element.matches('.anketa, .anketa-host, [part=form]')
      if (!isControl && !isContent) continue
      const missing = [
        ...Object.keys(masks).filter((name) => element.getAttribute(name) !== masks[name]),
        ...[...maskClasses, ...(isContent ? [contentClass] : [])].filter(
          (name) => !element.classList.contains(name),
        ),
      ]
      const what = `${element.localName} ${element.getAttribute('name') ?? element.className}`
      record(missing.length > 0 ? 'unmasked' : 'masked', what, missing)
    }
  }
  const insertions = ['append', 'prepend', 'before', 'after', 'replaceWith', 'replaceChildren']
  for (const owner of [
    Element.prototype,
    DocumentFragment.prototype,
    Document.prototype,
    CharacterData.prototype,
  ])
    for (const name of insertions) watch(owner, name, (...nodes) => nodes.forEach(checkMasks))
  for (const name of ['appendChild', 'insertBefore', 'replaceChild']) watch(Node.prototype, name, checkMasks)
  watch(Element.prototype, 'insertAdjacentElement', (_, node) => checkMasks(node))

  const knownGlobals = new Set(Object.getOwnPropertyNames(window))
  const readAll = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })

  /** Records what the browser keeps now. */
  window.recordKept = async () => {
    for (const [area, storage] of [
      ['localStorage', localStorage],
      ['sessionStorage', sessionStorage],
    ])
      for (const [key, text] of Object.entries(storage)) record(area, key, key, text)
    record('cookie', 'document', document.cookie)
    record('history', 'now', location.href, history.state)
    record('window.name', 'now', window.name)
    record('title', 'now', document.title)
    record('text', 'page', document.documentElement.textContent)
    for (const entry of performance.getEntries())
      record('performance', entry.entryType, entry.name, entry.detail)
    for (const name of Object.getOwnPropertyNames(window))
      if (!knownGlobals.has(name)) record('global', name, name, window[name])
    for (const { name } of await indexedDB.databases()) {
      const database = await readAll(indexedDB.open(name))
      record('indexedDB', name, name)
      for (const store of database.objectStoreNames) {
        const values = await readAll(database.transaction(store).objectStore(store).getAll())
        record('indexedDB', `${name} ${store}`, values)
      }
      database.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys())
        record('cache', name, request.url, await (await cache.match(request)).text())
    }
    for (const { scope } of await navigator.serviceWorker.getRegistrations())
      record('worker', 'service', scope)
  }
})()
