// Delays scripts as page optimisers do: the optimiser changes their type and later runs them in elements that have only
// the address, while document.currentScript is null.
Object.defineProperty(document, 'currentScript', { get: () => null })
addEventListener('load', () => {
  for (const delayed of document.querySelectorAll('script[type$="-text/javascript"]')) {
    const script = document.createElement('script')
    script.src = delayed.src
    delayed.replaceWith(script)
  }
})
