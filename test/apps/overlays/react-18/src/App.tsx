import { LoanForm } from 'anketa/react'
import { useState } from 'react'

export default function App() {
  const [outcome, setOutcome] = useState('')
  return (
    <main>
      <LoanForm
        relay="/forms/main"
        values={{ firstName: 'Анна' }}
        onOutcome={(detail) => setOutcome(detail.outcome)}
      />
      <output>{outcome}</output>
    </main>
  )
}
