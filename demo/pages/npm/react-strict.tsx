/** @jsxImportSource react */
import { mount } from 'anketa'
import { StrictMode, useEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'

let mounts = 0

/** In development, StrictMode runs every effect twice: the form is mounted, taken away, and mounted again. */
function Page() {
  const place = useRef<HTMLDivElement>(null)
  const [outcome, setOutcome] = useState('')
  useEffect(() => {
    if (!place.current) return undefined
    const form = mount(place.current, {
      relay: '/forms/callback',
      onOutcome: (detail) => setOutcome(detail.outcome),
    })
    mounts += 1
    place.current.setAttribute('data-mounts', String(mounts))
    return () => form.destroy()
  }, [])
  return (
    <>
      <div ref={place} />
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
