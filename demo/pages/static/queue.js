// Runs before the script is there: the calls wait for it.
window.Anketa.mount(document.querySelector('#place'), {
  relay: '/forms/callback',
  values: { firstName: 'Анна' },
  onOutcome: ({ outcome }) => document.body.setAttribute('data-outcome', outcome),
})
window.Anketa.scan()
