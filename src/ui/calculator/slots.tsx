import type { SliderRange } from '../../fields/slider.ts'
import { fieldLabel } from '../fields/field-frame.tsx'
import type { FieldProps, FormView } from '../form-view.ts'

/** How many of the presets of a slider are in a row. */
const presetsInRow = 3

/** Keeps the space of a slider and its presets until they have come. */
export function SliderSlot(props: FieldProps & { readonly range: SliderRange }) {
  const { view, range } = props
  const Slider = view.calculator?.value?.Slider
  const rows = Math.ceil(range.presets.length / presetsInRow)
  return (
    <div class="anketa-slot" style={{ minHeight: `${2.75 + rows * 3.25}em` }}>
      {Slider && <Slider {...props} label={fieldLabel(props)} />}
    </div>
  )
}

/** The costs of a loan, in the space that is kept for them, and what the law has every advertisement of loans say. */
export function CostsSlot({ view }: { readonly view: FormView }) {
  const { texts, definition } = view
  const { loan } = definition
  const Costs = view.calculator?.value?.Costs
  return (
    <>
      {loan && (
        <div class="anketa-cells" part="loan">
          {Costs ? (
            <Costs view={view} loan={loan} />
          ) : (
            [1, 2, 3, 4].map((cell) => <div key={cell} class="anketa-cell" />)
          )}
        </div>
      )}
      <p class="anketa-notice anketa-risks" part="loan-risks">
        {texts.loanRisks}{' '}
        {loan?.conditionsUrl === undefined ? (
          texts.loanConditions
        ) : (
          <a class="anketa-link" part="link" href={loan.conditionsUrl} target="_blank" rel="noopener">
            {texts.loanConditions}
            <span class="anketa-unseen">, {texts.opensInNewTab}</span>
          </a>
        )}
        .
      </p>
    </>
  )
}
