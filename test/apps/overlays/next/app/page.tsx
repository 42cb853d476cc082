import { LoanForm } from 'anketa/react'
import { Application } from './application'

/** A Server Component: options that can be sent to the browser need no component of one's own. */
export default function Page() {
  return (
    <main>
      <Application />
      <LoanForm relay="/forms/main" theme="dark" />
    </main>
  )
}
