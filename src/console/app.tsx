import { effect } from '@preact/signals'
import { useErrorBoundary, useLayoutEffect, useMemo } from 'preact/hooks'
import { FormBuilderView } from './builder/views/form-builder-view.tsx'
import { FormsView } from './builder/views/forms-view.tsx'
import { ConsoleProvider, createConsole, useConsole } from './console-context.ts'
import type { ConsolePorts } from './ports.ts'
import { AuditView } from './views/audit-view.tsx'
import { HealthView } from './views/health-view.tsx'
import { LeadView } from './views/lead/lead-view.tsx'
import { LeadsView } from './views/list/leads-view.tsx'
import { StatisticsView } from './views/statistics/statistics-view.tsx'
import { Shell } from './views/shell.tsx'
import { SignInPage } from './views/sign-in.tsx'

/** The operator's console. `page` is the element that carries its language and its theme. */
export function ConsoleApp({ ports, page }: { readonly ports: ConsolePorts; readonly page: HTMLElement }) {
  const context = useMemo(() => {
    const created = createConsole(ports)
    void created.session.resume()
    return created
  }, [ports])
  // Before the first paint: later, a dark page would be light for a frame.
  useLayoutEffect(
    () =>
      effect(() => {
        const { language, theme } = context.preferences
        page.lang = language.value
        page.dataset['theme'] = theme.value
        const title = page.querySelector('title')
        if (title) title.textContent = context.texts.value.title
      }),
    [context, page],
  )
  return (
    <ConsoleProvider.Provider value={context}>
      <Guarded />
    </ConsoleProvider.Provider>
  )
}

/** An answer of another release of the relay can be one that no view expects. */
function Guarded() {
  const { texts, session } = useConsole()
  const [error, reset] = useErrorBoundary()
  if (error !== undefined)
    return (
      <main class="main">
        <div class="notice" data-tone="bad" role="alert">
          <p>{texts.value.broken}</p>
          <button type="button" class="button" onClick={reset}>
            {texts.value.tryAgain}
          </button>
        </div>
      </main>
    )
  if (session.state.value === 'loading') return <p class="empty">{texts.value.loading}</p>
  return session.state.value === 'signed-out' ? <SignInPage /> : <Views key={session.visit.value} />
}

function Views() {
  const { route } = useConsole().navigation
  const { value: current } = route
  return (
    <Shell>
      {current.view === 'leads' && <LeadsView />}
      {current.view === 'lead' && <LeadView key={current.id} id={current.id} />}
      {current.view === 'stats' && <StatisticsView />}
      {current.view === 'health' && <HealthView />}
      {current.view === 'audit' && <AuditView />}
      {current.view === 'forms' && <FormsView />}
      {current.view === 'form' && <FormBuilderView key={current.form} form={current.form} />}
      {current.view === 'new-form' && <FormBuilderView />}
    </Shell>
  )
}
