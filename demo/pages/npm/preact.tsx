import { LoanForm } from 'anketa/preact'
import { render } from 'preact'
import { useState } from 'preact/hooks'

/** A page's own component: what it knows of the form comes by callbacks, and its options may change at any time. */
function Page() {
  const [outcome, setOutcome] = useState('')
  const [dark, setDark] = useState(false)
  return (
    <>
      <button type="button" id="theme" onClick={() => setDark(!dark)}>
        Сменить тему
      </button>
      <LoanForm
        relay="/forms/callback"
        theme={dark ? 'dark' : 'light'}
        onOutcome={(detail) => setOutcome(detail.outcome)}
      />
      <output>{outcome}</output>
    </>
  )
}

const root = document.querySelector('#root')
if (root) {
  root.replaceChildren()
  render(<Page />, root)
}
