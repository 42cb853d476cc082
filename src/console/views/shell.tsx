import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { useHotkeys } from '../access/hotkeys.ts'
import type { ConsoleTheme } from '../access/preferences.ts'
import { type ConsoleRoute, formatRoute } from '../access/routes.ts'
import { useConsole } from '../console-context.ts'
import { ConfirmDialog } from '../parts/confirm-dialog.tsx'
import { Icon } from '../parts/icon.tsx'
import { LanguageButton } from '../parts/language-button.tsx'
import { HelpDialog } from './help-dialog.tsx'
import { SessionEndedDialog } from './sign-in.tsx'

const themes: readonly ConsoleTheme[] = ['auto', 'light', 'dark']

/** The frame of every view: the bar above, the place for notices, and the dialogs that any view may need. */
export function Shell({ children }: { readonly children: ComponentChildren }) {
  const { texts: allTexts, session, preferences, navigation, notices, list } = useConsole()
  const texts = allTexts.value
  const isHelpOpen = useSignal(false)
  const bar = useRef<HTMLElement>(null)
  useHotkeys({ '?': () => (isHelpOpen.value = true) }, bar)

  const { value: user } = session.user
  const { value: theme } = preferences.theme
  const { value: current } = navigation.route
  const links: readonly ConsoleRoute[] = [
    { view: 'leads', filters: {} },
    { view: 'stats' },
    { view: 'health' },
    ...(session.permits('configure') ? ([{ view: 'forms' }, { view: 'audit' }] as const) : []),
  ]

  function open(event: MouseEvent, route: ConsoleRoute): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    navigation.leave(() => {
      notices.clear()
      if (route.view === 'leads' && list.term.value) void list.search(undefined)
      navigation.go(route)
    })
  }

  return (
    <>
      <header class="bar" ref={bar}>
        <a class="brand" href="#/leads" onClick={(event) => open(event, { view: 'leads', filters: {} })}>
          {texts.brand}
        </a>
        <nav class="views" aria-label={texts.viewsLabel}>
          {links.map((route) => (
            <a
              key={route.view}
              href={formatRoute(route)}
              aria-current={
                route.view === current.view ? 'page' : isPartOf(current.view, route.view) ? 'true' : undefined
              }
              onClick={(event) => open(event, route)}
            >
              {texts.views[sectionOf(route.view)]}
            </a>
          ))}
        </nav>
        {user && (
          <span class="account">
            {user.name} · {texts.roles[user.role]}
          </span>
        )}
        <LanguageButton />
        <button
          type="button"
          class="button"
          data-kind="quiet"
          aria-label={texts.theme[theme]}
          title={texts.theme[theme]}
          onClick={() =>
            (preferences.theme.value = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto')
          }
        >
          <Icon name={theme} />
        </button>
        <button
          type="button"
          class="button"
          data-kind="quiet"
          aria-label={texts.help.open}
          title={texts.help.open}
          onClick={() => (isHelpOpen.value = true)}
        >
          ?
        </button>
        <button
          type="button"
          class="button"
          data-kind="quiet"
          onClick={() => navigation.leave(() => void session.signOut())}
        >
          {texts.signOut}
        </button>
      </header>
      <main class="main">
        <NoticePlace />
        {children}
      </main>
      {isHelpOpen.value && <HelpDialog onClose={() => (isHelpOpen.value = false)} />}
      {navigation.isLeaving.value && (
        <ConfirmDialog
          title={texts.leave.title}
          text={texts.leave.text}
          confirm={texts.leave.confirm}
          onConfirm={() => navigation.answerLeaving(true)}
          onClose={() => navigation.answerLeaving(false)}
        />
      )}
      {session.state.value === 'ended' && <SessionEndedDialog />}
    </>
  )
}

/** A live region that is always in the page, so that what comes into it is announced. */
function NoticePlace() {
  const { notices, texts } = useConsole()
  const { value: notice } = notices.current
  return (
    <div class="notices" role="status">
      {notice && (
        <div class="notice" data-tone={notice.tone}>
          <div>
            <p>{notice.text}</p>
            {notice.lines && notice.lines.length > 0 && (
              <ul>
                {notice.lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </div>
          <button
            type="button"
            class="button"
            data-kind="quiet"
            aria-label={texts.value.close}
            title={texts.value.close}
            onClick={() => notices.clear()}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  )
}

/** The section that a view belongs to. */
function sectionOf(view: ConsoleRoute['view']): 'leads' | 'stats' | 'health' | 'audit' | 'forms' {
  if (view === 'lead') return 'leads'
  return view === 'form' || view === 'new-form' ? 'forms' : view
}

function isPartOf(view: ConsoleRoute['view'], section: ConsoleRoute['view']): boolean {
  return sectionOf(view) === section
}
