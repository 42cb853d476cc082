// Runs before the script has loaded. The calls are queued until then.
window.Anketa.mount(document.querySelector('#place'), {
  relay: '/forms/callback',
  values: { firstName: 'Анна' },
  onOutcome: ({ outcome }) => document.body.setAttribute('data-outcome', outcome),
})
window.Anketa.scan()
