import { computed, type ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { createNavigation, type ConsoleNavigation } from './access/navigation.ts'
import { createPreferences, type Preferences } from './access/preferences.ts'
import { createRelayClient, type RelayClient, type RequestFailure } from './access/relay-client.ts'
import { createSession, type Session } from './access/session.ts'
import type { ConsolePorts } from './ports.ts'
import { createLeadList, type LeadListModel } from './state/lead-list.ts'
import { createNotices, type Notices } from './state/notices.ts'
import { consoleTextsEn } from './texts/en.ts'
import { createFormats, type Formats } from './texts/formats.ts'
import { consoleTextsRu, type ConsoleTexts } from './texts/ru.ts'

/** What every part of the console works with. */
export interface ConsoleContext {
  readonly ports: ConsolePorts
  readonly client: RelayClient
  readonly session: Session
  readonly navigation: ConsoleNavigation
  readonly preferences: Preferences
  readonly notices: Notices
  readonly list: LeadListModel
  readonly texts: ReadonlySignal<ConsoleTexts>
  readonly formats: ReadonlySignal<Formats>
  /** Says why a request failed. */
  showFailure(failure: RequestFailure): void
}

/** Creates the state of a console. */
export function createConsole(ports: ConsolePorts): ConsoleContext {
  const preferences = createPreferences(ports)
  const notices = createNotices()
  const texts = computed(() => (preferences.language.value === 'ru' ? consoleTextsRu : consoleTextsEn))
  const client: RelayClient = createRelayClient(ports, {
    id: () => session.user.value?.id,
    visit: () => session.visit.value,
    touch: () => session.touch(),
    waitForSignIn: (visit) => session.waitForSignIn(visit),
    check: () => session.check(),
  })
  const list = createLeadList(client)
  const session: Session = createSession(ports, () => client, {
    onLeave() {
      list.clear()
      notices.clear()
    },
    onReplaced({ name, role }) {
      const { signIn, roles } = texts.value
      notices.show({ tone: 'warn', text: signIn.replaced(name, roles[role]) })
    },
  })
  return {
    ports,
    client,
    session,
    navigation: createNavigation(ports.address),
    preferences,
    notices,
    list,
    texts,
    formats: computed(() => createFormats(preferences.language.value)),
    showFailure(failure) {
      // The user is gone then.
      if (failure !== 'signed-out') notices.show({ tone: 'bad', text: texts.value.failures[failure] })
    },
  }
}

/** Gives the state to all parts. */
export const ConsoleProvider = createContext<ConsoleContext | undefined>(undefined)

/** The state of the console, for its parts. */
export function useConsole(): ConsoleContext {
  const context = useContext(ConsoleProvider)
  if (!context) throw new Error('useConsole: expected to be called inside of the console')
  return context
}
