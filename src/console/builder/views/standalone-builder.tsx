import { type Signal, useSignalEffect } from '@preact/signals'
import { useMemo, useRef } from 'preact/hooks'
import type { LeadValues } from '../../../lead/values.ts'
import type { ConsoleLanguage } from '../../access/preferences.ts'
import { BuilderProvider } from '../builder-context.ts'
import { createBuilderTools } from '../create-builder-tools.ts'
import { createEmptyForm, plainLooks } from '../model/draft.ts'
import { Workspace } from './workspace.tsx'

/** The address of a relay in what is printed: the page has none. */
const exampleRelay = 'https://leads.example.ru/'

/** The builder without a relay: it prints what it builds, and saves nothing. */
export function StandaloneBuilder({
  language,
  page,
}: {
  readonly language: Signal<ConsoleLanguage>
  readonly page: HTMLElement
}) {
  const tools = useMemo(
    () =>
      createBuilderTools({
        opened: { form: createEmptyForm('main', 'О вас'), looks: plainLooks },
        language,
        relay: exampleRelay,
        isConfigured: false,
        savesLooks: false,
      }),
    [language],
  )
  const texts = tools.texts.value
  const valueReader = useRef<() => LeadValues>(() => ({}))
  useSignalEffect(() => {
    page.lang = language.value
    const title = page.querySelector('title')
    if (title) title.textContent = tools.texts.value.standaloneTitle
  })
  return (
    <BuilderProvider.Provider value={tools}>
      <main class="main">
        <div class="stack">
          <div class="heading">
            <h1>{texts.standaloneTitle}</h1>
            <span class="spread" />
            <button
              type="button"
              class="button"
              lang={language.value === 'ru' ? 'en' : 'ru'}
              onClick={() => (language.value = language.value === 'ru' ? 'en' : 'ru')}
            >
              {language.value === 'ru' ? 'English' : 'Русский'}
            </button>
          </div>
          <p class="muted">{texts.test.standalone}</p>
          <Workspace valueReader={valueReader} />
        </div>
      </main>
    </BuilderProvider.Provider>
  )
}
