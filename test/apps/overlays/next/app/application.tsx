'use client'

import { LoanForm } from 'anketa/react'
import { useState } from 'react'

/** Callbacks belong into a Client Component. */
export function Application() {
  const [outcome, setOutcome] = useState('')
  return (
    <>
      <LoanForm
        relay="/forms/main"
        values={{ firstName: 'Анна' }}
        onOutcome={(detail) => setOutcome(detail.outcome)}
      />
      <output>{outcome}</output>
    </>
  )
}
