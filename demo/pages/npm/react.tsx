/** @jsxImportSource react */
import 'anketa/define'
import type {} from 'anketa/react'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'

/** React 19 sets an element's properties. Callbacks are set in `options`. */
function Page() {
  const [outcome, setOutcome] = useState('')
  const [dark, setDark] = useState(false)
  return (
    <>
      <button type="button" id="theme" onClick={() => setDark(!dark)}>
        Сменить тему
      </button>
      <anketa-form
        theme={dark ? 'dark' : 'light'}
        options={{ relay: '/forms/callback', onOutcome: (detail) => setOutcome(detail.outcome) }}
      />
      <output>{outcome}</output>
    </>
  )
}

const root = document.querySelector('#root')
if (root) createRoot(root).render(<Page />)
