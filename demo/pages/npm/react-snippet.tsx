/** @jsxImportSource react */
import { useEffect, useState } from 'react'
import { hydrateRoot } from 'react-dom/client'

/** A page that a server has rendered, with the snippet of landing pages in it. */
function Page() {
  const [outcome, setOutcome] = useState('')
  useEffect(() => {
    const report = (event: Event): void => {
      if (event instanceof CustomEvent) setOutcome(event.detail.outcome)
    }
    addEventListener('anketa:outcome', report)
    return () => removeEventListener('anketa:outcome', report)
  }, [])
  const fallback = { __html: '8 800 000-00-00' }
  return (
    <main>
      {/* oxlint-disable-next-line react/no-danger -- A constant. What is given as HTML React leaves alone. */}
      <div data-anketa="" suppressHydrationWarning dangerouslySetInnerHTML={fallback} />
      <output>{outcome}</output>
    </main>
  )
}

const root = document.querySelector('#root')
// The worst case: the form is there before React looks at the page.
if (root) addEventListener('anketa:ready', () => hydrateRoot(root, <Page />), { once: true })
