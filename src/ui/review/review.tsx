import type { FieldName } from '../../fields/fields.ts'
import { kindOf } from '../../fields/fields.ts'
import type { ResolvedField, ResolvedStep } from '../../form/expand-definition.ts'
import { optionText } from '../../i18n/find-text.ts'
import type { ReviewTexts } from '../../i18n/texts.ts'
import { fieldLabel } from '../fields/field-frame.tsx'
import { groupFields } from '../fields/group.tsx'
import type { FormView } from '../form-view.ts'
import { maskedContent } from '../input/recorder-marks.ts'

/** An answer as it is shown, and the field that is changed. */
interface Answer {
  readonly field: FieldName
  readonly label: string
  /** Empty for an answer that was not given. */
  readonly text: string
}

/** The list of all answers, with a button at each that goes to its field. */
export function Review({ view }: { readonly view: FormView }) {
  const texts = view.texts.review
  if (!texts) return null
  const steps = view.model.steps.value
    .map((step) => ({ step, answers: listAnswers(view, step, texts) }))
    .filter(({ answers }) => answers.length > 0)
  return (
    <div class="anketa-answers" part="review" inert={view.model.isSending.value}>
      {steps.map(({ step, answers }) => (
        <section key={step.id} part="review-step" aria-labelledby={headingId(view, step)}>
          <h3 id={headingId(view, step)} part="review-title">
            {step.title}
          </h3>
          <dl>
            {answers.map(({ field, label, text }) => (
              <div key={field} part="review-answer">
                <dt part="review-label">{label}</dt>
                {/* Who records a visit must not see what the person has entered. */}
                <dd {...maskedContent('')} part="review-value">
                  {text || texts.none}
                </dd>
                <dd>
                  <button
                    type="button"
                    class="anketa-link"
                    part="link button-change"
                    data-action="change"
                    onClick={() => view.model.actions()?.change(field)}
                  >
                    {texts.change}
                    <span class="anketa-unseen"> {label}</span>
                  </button>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}

function headingId({ uid }: FormView, { id }: ResolvedStep): string {
  return `${uid}-review-${id.replace(/\s/g, '-')}`
}

/** The answers of a step. The parts of a composite field are one answer. */
function listAnswers(view: FormView, { fields }: ResolvedStep, texts: ReviewTexts): readonly Answer[] {
  const { fields: models, nameLine } = view.model
  const visible = fields.filter((field) => kindOf(field).control !== 'hidden' && !field.implied)
  return groupFields(visible).flatMap(([first, ...rest]): readonly Answer[] => {
    const { group, name: field } = first
    if (!group) return describeAnswer(view, first, texts)
    const label = group.label ?? view.texts.composites[group.name] ?? group.name
    if (group.name === 'fullName') {
      // What follows from the name is part of it, until something else is chosen in a field of its own.
      const chosen = fields.filter(
        ({ name, implied }) => implied && models[name]?.entered.value && !nameLine.holds(name),
      )
      return [
        { field, label, text: nameLine.text.value },
        ...chosen.flatMap((own) => describeAnswer(view, own, texts)),
      ]
    }
    const parts = [first, ...rest].flatMap((part) => describeAnswer(view, part, texts))
    // A federal city is a region, too.
    return [{ field, label, text: [...new Set(parts.map(({ text }) => text).filter(Boolean))].join(', ') }]
  })
}

function describeAnswer(view: FormView, field: ResolvedField, texts: ReviewTexts): readonly Answer[] {
  const { name, options } = field
  const model = view.model.fields[name]
  if (!model) return []
  const text = model.text.value
  const label = fieldLabel({ view, field })
  const kind = kindOf(field)
  // A box that is not ticked says nothing.
  if (kind.control === 'flag')
    return model.value.value === true ? [{ field: name, label, text: texts.yes }] : []
  if (kind.control !== 'choice' || text === '') return [{ field: name, label, text }]
  const option = options?.find(({ value }) => String(value) === text)
  return [{ field: name, label, text: option?.label ?? optionText(name, text, view.texts) }]
}
