import { useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { translateProblem } from '../../../embed/options/translate-problem.ts'
import type { LeadValues } from '../../../lead/values.ts'
import type { FormDetails, PreviewAnswer, VersionLine } from '../../../relay/http/admin/forms/form-answers.ts'
import { useConsole } from '../../console-context.ts'
import { BuilderProvider } from '../builder-context.ts'
import { createBuilderTools } from '../create-builder-tools.ts'
import { createEmptyForm, type Draft, type DraftLooks } from '../model/draft.ts'
import { parseDraftForm, parseDraftLooks } from '../model/parse-draft.ts'
import type { ChangeResult, RelayForms } from '../relay-forms.ts'
import { RequestsPanel } from './panels/requests-panel.tsx'
import { VersionsPanel } from './panels/versions-panel.tsx'
import { Workspace } from './workspace.tsx'

/** The builder over the relay: saves, shows versions and tests. Without details the form exists here only. */
export function FormEditor({
  forms,
  details,
}: {
  readonly forms: RelayForms
  readonly details?: FormDetails
}) {
  const { ports, preferences, navigation, notices, texts: consoleTexts } = useConsole()
  const { language } = preferences
  const { relay } = ports
  const tools = useMemo(
    () =>
      createBuilderTools({
        opened: openDraft(details, 'О вас', details?.canEdit),
        unservedLooks: findUnservedLooks(details),
        language,
        relay,
        entry: details?.entry,
        destinations: details?.destinations,
        isConfigured: details !== undefined,
        savesLooks: details?.canEdit === true,
      }),
    [details, language, relay],
  )
  const texts = tools.texts.value
  const { model } = tools
  useLayoutEffect(() => navigation.guard(() => model.isChanged.value), [navigation, model])
  const latest = useSignal(details?.latest ?? 0)
  const versions = useSignal<readonly VersionLine[]>(details?.versions ?? [])
  const open = useSignal<'versions' | 'test' | undefined>(undefined)
  const tested = useSignal<{ readonly answer?: PreviewAnswer; readonly problems: readonly string[] }>({
    problems: [],
  })
  const valueReader = useRef<() => LeadValues>(() => ({}))
  const form = details?.form ?? ''
  const canEdit = details?.canEdit === true
  const translate = language.value === 'ru' ? translateProblem : (text: string) => text

  /** What others have saved meanwhile. */
  async function loadVersions(): Promise<FormDetails | undefined> {
    const answered = await forms.load(form)
    if (!('value' in answered)) return undefined
    versions.value = answered.value.versions
    latest.value = answered.value.latest
    tools.unservedLooks.value = findUnservedLooks(answered.value)
    return answered.value
  }

  async function finish(result: ChangeResult, done: (number: number) => string): Promise<boolean> {
    if ('problems' in result) {
      notices.show({ tone: 'bad', text: texts.save.problems, lines: result.problems.map(translate) })
      return false
    }
    if ('failure' in result) {
      if (result.failure === 'conflict') {
        notices.show({ tone: 'bad', text: texts.save.conflict })
        await loadVersions()
        open.value = 'versions'
      } else if (result.failure === 'other')
        notices.show({ tone: 'bad', text: consoleTexts.value.failures.other })
      return false
    }
    notices.show({ tone: 'good', text: done(result.number) })
    await loadVersions()
    return true
  }

  async function save(): Promise<void> {
    const sent = model.draft.value
    if (await finish(await forms.save(form, latest.value, sent), texts.save.saved)) model.markSaved(sent)
  }

  /** The draft becomes what is served now. */
  async function replaceServed(result: ChangeResult, done: (number: number) => string): Promise<void> {
    if (!(await finish(result, done))) return
    const now = await loadVersions()
    const served = openDraft(now, '', canEdit)
    model.replace(served)
    model.markSaved(served)
  }

  async function test(): Promise<void> {
    const answered = await forms.preview(form, model.draft.value, valueReader.current())
    tested.value =
      'value' in answered
        ? { answer: answered.value, problems: [] }
        : 'problems' in answered
          ? { problems: answered.problems.map(translate) }
          : { problems: [consoleTexts.value.failures[answered.failure]] }
    open.value = 'test'
  }

  async function loadVersion(number: number | undefined): Promise<Draft | undefined> {
    if (number === undefined)
      return details && openDraft({ definition: { ...details.configured } }, '', canEdit)
    const answered = await forms.loadVersion(form, number)
    return 'value' in answered ? openDraft(answered.value, '', canEdit) : undefined
  }

  const toggle = (name: 'versions'): void => {
    open.value = open.value === name ? undefined : name
  }
  const close = (): void => {
    open.value = undefined
  }

  return (
    <BuilderProvider.Provider value={tools}>
      {details && details.problems.length > 0 && (
        <div class="notice" data-tone="bad">
          <div>
            <p>{texts.problems.relay}</p>
            <ul>
              {details.problems.map((problem) => (
                <li key={problem}>{translate(problem)}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {details && !canEdit && (
        <div class="notice" data-tone="info">
          <p>{texts.save.off}</p>
        </div>
      )}
      <Workspace
        valueReader={valueReader}
        tools={
          details && (
            <>
              <button
                type="button"
                class="button"
                aria-expanded={open.value === 'versions'}
                onClick={() => toggle('versions')}
              >
                {texts.versions.open}
              </button>
              <button type="button" class="button" onClick={() => void test()}>
                {texts.test.open}
              </button>
              <span class="spread" />
              <span class="muted">{model.isChanged.value ? texts.changed : texts.unchanged}</span>
              {canEdit && (
                <button
                  type="button"
                  class="button"
                  data-kind="main"
                  disabled={!model.isChanged.value}
                  onClick={() => void save()}
                >
                  {texts.save.save}
                </button>
              )}
            </>
          )
        }
        panel={
          <>
            {open.value === 'versions' && (
              <VersionsPanel
                versions={versions.value}
                canEdit={canEdit}
                onLoad={loadVersion}
                onRestore={(number) =>
                  void forms
                    .restore(form, latest.value, number)
                    .then((result) => replaceServed(result, texts.versions.restored))
                }
                onWithdraw={() =>
                  void forms
                    .withdraw(form, latest.value)
                    .then((result) => replaceServed(result, () => texts.versions.withdrawn))
                }
                onClose={close}
              />
            )}
            {open.value === 'test' && (
              <RequestsPanel answer={tested.value.answer} problems={tested.value.problems} onClose={close} />
            )}
          </>
        }
      />
    </BuilderProvider.Provider>
  )
}

/** What a draft is opened from. */
interface Opened {
  readonly form?: string
  readonly definition?: object
  readonly looks?: object
  readonly unservedLooks?: object
}

/** Saving would serve looks that pages do not get: a form that can be saved opens without them. */
function openDraft(opened: Opened | undefined, stepTitle: string, canEdit = false): Draft {
  return {
    form: parseDraftForm(opened?.definition) ?? createEmptyForm(opened?.form ?? 'new', stepTitle),
    looks: parseDraftLooks(opened?.looks ?? (canEdit ? undefined : opened?.unservedLooks)),
  }
}

function findUnservedLooks(details: FormDetails | undefined): DraftLooks | undefined {
  return details?.canEdit && details.unservedLooks ? parseDraftLooks(details.unservedLooks) : undefined
}
