import { useRef } from 'preact/hooks'
import { issueText } from '../../i18n/find-text.ts'
import type { IssueTarget } from '../../state/form-status.ts'
import { consentText } from '../consents.tsx'
import { fieldLabel } from './field-frame.tsx'
import { applyFocus } from '../focus/apply-focus.ts'
import type { FormView } from '../form-view.ts'

/** One entry of the summary. */
interface Entry extends IssueTarget {
  readonly label: string
  /** What to do; `undefined` once it is done. */
  readonly text: string | undefined
}

/**
 * Everything that was to be corrected when the person tried to leave the step, each with a link to its field. What is
 * corrected stays in the list with a tick, so that nothing moves while the person types. The focus goes to the first
 * field, not to the list: see docs/definition.md.
 */
export function IssueSummary({ view }: { readonly view: FormView }) {
  const { model, texts, uid } = view
  const count = model.issueCount.value
  const titleId = `${uid}-issues`
  return (
    <div class="anketa-notice anketa-issues" part="notice issues" role="group" aria-labelledby={titleId}>
      <p id={titleId} key={count}>
        {count > 0 ? texts.checkFields(count) : texts.allCorrected}
      </p>
      <ul class="ym-hide-content">
        {(model.reviewed.value ?? []).map((target) => (
          <EntryView
            key={`${target.target} ${target.name}`}
            view={view}
            entry={describeIssue(view, target)}
          />
        ))}
      </ul>
    </div>
  )
}

function EntryView({ view, entry }: { readonly view: FormView; readonly entry: Entry }) {
  const { target, name, label, text } = entry
  // The same words, so that the line stays as long.
  const known = useRef(label)
  if (text !== undefined) known.current = text
  if (text === undefined)
    return (
      <li key="done" class="anketa-corrected" part="issue-corrected">
        {known.current}
        <span class="anketa-unseen">, {view.texts.corrected}</span>
      </li>
    )
  return (
    <li key="open" part="issue">
      <a
        class="anketa-link"
        part="link"
        href={`#${view.uid}-${name}`}
        onClick={(event) => {
          // The page's address stays: the field may be in a shadow root, where no address leads.
          event.preventDefault()
          const root = event.currentTarget.closest<HTMLElement>('[data-step]')
          if (root) applyFocus(root, { target, name, sequence: 0 })
        }}
      >
        {text}
      </a>
    </li>
  )
}

function describeIssue(view: FormView, target: IssueTarget): Entry {
  const { model, texts, definition } = view
  const { name } = target
  if (target.target === 'consent') {
    const consent = definition.consents.find(({ id }) => id === name)
    const label = consent ? consentText(consent, texts) : name
    return { ...target, label, text: model.consents.missing.value.has(name) ? label : undefined }
  }
  const field = model.step.value?.fields.find((known) => known.name === name)
  const message = model.fields[name]?.message.value
  if (!field) return { ...target, label: name, text: undefined }
  const whole = model.nameLine.holds(name) ? ('fullName' as const) : undefined
  const label = fieldLabel({ view, field, whole })
  const shown = { ...target, name: whole ?? name, label }
  if (!message || message.warning) return { ...shown, text: undefined }
  const sentence = issueText({ ...message, field: shown.name }, texts)
  return { ...shown, text: message.code?.startsWith('required') ? sentence : `${label}: ${sentence}` }
}
