import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Credentials } from '../access/session.ts'
import { useConsole } from '../console-context.ts'
import { LanguageButton } from '../parts/language-button.tsx'
import { ModalDialog } from '../parts/modal-dialog.tsx'

/** The page before anybody is signed in. */
export function SignInPage() {
  const { texts } = useConsole()
  return (
    <main class="sign-in">
      <div class="panel stack">
        <div class="heading">
          <h1>{texts.value.signIn.title}</h1>
          <span class="spread" />
          <LanguageButton />
        </div>
        <SignInForm />
      </div>
    </main>
  )
}

/** Asks for another sign-in above a view whose session has ended. */
export function SessionEndedDialog() {
  const { texts, session } = useConsole()
  return (
    <ModalDialog title={texts.value.signIn.title}>
      <p>{texts.value.signIn.ended}</p>
      <SignInForm />
      <div class="dialog-actions">
        <button type="button" class="button" data-kind="quiet" onClick={() => void session.signOut()}>
          {texts.value.signOut}
        </button>
      </div>
    </ModalDialog>
  )
}

/** Signs in with a name and a password, or with the admin token. */
function SignInForm() {
  const { texts: allTexts, session } = useConsole()
  const texts = allTexts.value.signIn
  const isByToken = useSignal(session.user.value ? session.user.value.name === 'admin' : false)
  const problem = useSignal('')
  const busy = useSignal(false)
  const id = useId()

  async function submit(form: HTMLFormElement): Promise<void> {
    if (busy.value) return
    busy.value = true
    problem.value = ''
    const failure = await session.signIn(readCredentials(form))
    busy.value = false
    if (failure === undefined) return
    problem.value =
      failure === 'forbidden'
        ? texts.wrong
        : failure === 'too-many'
          ? texts.tooMany
          : allTexts.value.failures[failure]
    const [first] = form.querySelectorAll('input')
    first?.focus()
  }

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      {problem.value !== '' && (
        <p class="notice" data-tone="bad" role="alert" id={`${id}-problem`}>
          {problem.value}
        </p>
      )}
      {isByToken.value ? (
        <div key="token">
          <label class="label" for={`${id}-token`}>
            {texts.token}
          </label>
          <input
            id={`${id}-token`}
            class="input"
            type="password"
            name="token"
            autocomplete="off"
            required
            autofocus
            aria-describedby={`${id}-hint`}
          />
          <p class="muted" id={`${id}-hint`}>
            {texts.tokenHint}
          </p>
        </div>
      ) : (
        <>
          <div key="name">
            <label class="label" for={`${id}-name`}>
              {texts.name}
            </label>
            <input
              id={`${id}-name`}
              class="input"
              name="name"
              autocomplete="username"
              autocapitalize="none"
              required
              autofocus
            />
          </div>
          <div key="password">
            <label class="label" for={`${id}-password`}>
              {texts.password}
            </label>
            <input
              id={`${id}-password`}
              class="input"
              type="password"
              name="password"
              autocomplete="current-password"
              required
            />
          </div>
        </>
      )}
      <button type="submit" class="button" data-kind="main" aria-disabled={busy.value}>
        {texts.submit}
      </button>
      <button
        type="button"
        class="button"
        data-kind="quiet"
        onClick={() => {
          isByToken.value = !isByToken.value
          problem.value = ''
        }}
      >
        {isByToken.value ? texts.byName : texts.byToken}
      </button>
    </form>
  )
}

function readCredentials(form: HTMLFormElement): Credentials {
  const entered = new FormData(form)
  const read = (name: string): string => {
    const value = entered.get(name)
    return typeof value === 'string' ? value : ''
  }
  return entered.has('token')
    ? { token: read('token').trim() }
    : { name: read('name').trim(), password: read('password') }
}
