import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { translateProblem } from '../../../embed/options/translate-problem.ts'
import { presets } from '../../../form/presets/presets.ts'
import { useBuilder } from '../builder-context.ts'
import { createEmptyForm, type DraftForm } from '../model/draft.ts'
import { parseDraftForm } from '../model/parse-draft.ts'
import { SelectInput } from './inputs.tsx'
import { Outline } from './outline.tsx'
import { OutputPanel } from './panels/output-panel.tsx'
import { Preview, type ValueReader } from './preview.tsx'
import { Settings } from './settings/settings.tsx'
import { useUnloadWarning } from './use-unload-warning.ts'

/** The builder itself: order, settings and preview side by side. `tools` and `panel` are what a relay adds. */
export function Workspace({
  tools,
  panel,
  valueReader,
}: {
  readonly tools?: ComponentChildren
  readonly panel?: ComponentChildren
  readonly valueReader: ValueReader
}) {
  const { model, texts: allTexts, announcement } = useBuilder()
  const texts = allTexts.value
  const isPrinting = useSignal(false)
  const workspace = useRef<HTMLDivElement>(null)
  useUnloadWarning(workspace, model.isChanged)
  return (
    <div class="builder stack" ref={workspace}>
      <div class="tools">
        <button type="button" class="button" disabled={!model.canUndo.value} onClick={() => model.undo()}>
          {texts.undo}
        </button>
        <button type="button" class="button" disabled={!model.canRedo.value} onClick={() => model.redo()}>
          {texts.redo}
        </button>
        <button
          type="button"
          class="button"
          aria-expanded={isPrinting.value}
          onClick={() => (isPrinting.value = !isPrinting.value)}
        >
          {texts.output.open}
        </button>
        {tools}
      </div>
      <p class="unseen" role="status">
        {announcement.value}
      </p>
      {isPrinting.value && <OutputPanel onClose={() => (isPrinting.value = false)} />}
      {panel}
      <div class="builder-columns">
        <div class="stack">
          <StartFrom />
          <Outline />
        </div>
        <div class="stack">
          <ProblemList />
          <Settings />
        </div>
        <Preview valueReader={valueReader} />
      </div>
    </div>
  )
}

function ProblemList() {
  const { model, texts: allTexts, language } = useBuilder()
  const texts = allTexts.value.problems
  const { value: problems } = model.problems
  const translate = language.value === 'ru' ? translateProblem : (text: string) => text
  return (
    <section class="panel problems" aria-label={texts.title(problems.length)}>
      {problems.length === 0 ? (
        <p class="good-text">{texts.none}</p>
      ) : (
        <details open={problems.length < 4}>
          <summary>{texts.title(problems.length)}</summary>
          <ul class="line-list">
            {problems.map((problem) => (
              <li key={problem}>{translate(problem)}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const emptyName = ''

function StartFrom() {
  const { model, texts: allTexts, announce } = useBuilder()
  const texts = allTexts.value
  const chosen = useSignal(emptyName)

  function apply(): void {
    const { id } = model.form.value
    const preset = Object.hasOwn(presets, chosen.value) ? presets[chosen.value] : undefined
    const base: DraftForm | undefined = preset
      ? parseDraftForm({ ...preset, id })
      : createEmptyForm(id, texts.firstStep)
    if (!base) return
    const { consents: _, ...start } = base
    model.change((form) => ({ ...form, ...start }))
    model.select({ part: 'form' })
    announce(texts.outline.added(preset?.title ?? texts.empty))
  }

  return (
    <section class="panel start-from" aria-label={texts.startFrom}>
      <SelectInput label={texts.startFrom} value={chosen.value} onChange={(name) => (chosen.value = name)}>
        <option value={emptyName}>{texts.empty}</option>
        {Object.entries(presets).map(([name, { title = name }]) => (
          <option key={name} value={name}>
            {title} ({name})
          </option>
        ))}
      </SelectInput>
      <button type="button" class="button" title={texts.startFromHint} onClick={apply}>
        {texts.apply}
      </button>
    </section>
  )
}
