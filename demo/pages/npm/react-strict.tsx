/** @jsxImportSource react */
import { mount } from 'anketa'
import { StrictMode, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'

let mounts = 0

/** In development, StrictMode runs every effect twice: the form is mounted, removed and mounted again. */
function Page() {
  const container = useRef<HTMLDivElement>(null)
  const [outcome, setOutcome] = useState('')
  useEffect(() => {
    if (!container.current) return undefined
    const form = mount(container.current, {
      relay: '/forms/callback',
      onOutcome: (detail) => setOutcome(detail.outcome),
    })
    mounts += 1
    container.current.setAttribute('data-mounts', String(mounts))
    return () => form.destroy()
  }, [])
  return (
    <>
      <div ref={container} />
      <output>{outcome}</output>
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
