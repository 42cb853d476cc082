import { LoanForm } from 'anketa/preact'
import { render } from 'preact'
import { useState } from 'preact/hooks'

/** A component of the page. It learns about the form through callbacks, and may change the options at any time. */
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
