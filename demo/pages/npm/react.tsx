/** @jsxImportSource react */
import 'anketa/define'
import type { FormElement } from 'anketa/define'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'

declare module 'react' {
  // React's way to declare custom elements.
  namespace JSX {
    interface IntrinsicElements {
      'anketa-form': ClassAttributes<FormElement> & Partial<Pick<FormElement, 'options' | 'theme'>>
    }
  }
}

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
