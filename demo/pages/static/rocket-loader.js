// As optimisers of pages hold all scripts back: the type is changed, then a script of the optimiser's own runs them, in
// elements that have the address alone, while document.currentScript says nothing.
Object.defineProperty(document, 'currentScript', { get: () => null })
addEventListener('load', () => {
  for (const held of document.querySelectorAll('script[type$="-text/javascript"]')) {
    const script = document.createElement('script')
    script.src = held.src
    held.replaceWith(script)
  }
})
