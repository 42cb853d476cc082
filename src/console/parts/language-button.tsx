import { useConsole } from '../console-context.ts'

/** Changes between Russian and English. */
export function LanguageButton() {
  const { texts, preferences } = useConsole()
  const other = preferences.language.value === 'ru' ? 'en' : 'ru'
  return (
    <button
      type="button"
      class="button"
      data-kind="quiet"
      lang={other}
      onClick={() => {
        preferences.language.value = other
      }}
    >
      {texts.value.otherLanguage}
    </button>
  )
}
