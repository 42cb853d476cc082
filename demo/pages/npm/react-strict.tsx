/** @jsxImportSource react */
import { LoanForm } from 'anketa/react'
import { StrictMode, useCallback, useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { FormHandle } from 'anketa'

/** In development, StrictMode runs every effect twice: the form is mounted, removed and mounted again. */
function Page() {
  const [outcome, setOutcome] = useState('')
  const [mounts, setMounts] = useState(0)
  const countMount = useCallback((form: FormHandle | undefined) => {
    if (form) setMounts((before) => before + 1)
  }, [])
  return (
    <>
      <LoanForm
        relay="/forms/callback"
        handle={countMount}
        onOutcome={(detail) => setOutcome(detail.outcome)}
      />
      <output data-mounts={mounts}>{outcome}</output>
    </>
  )
}

const root = document.querySelector('#root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  )
