import type { LoanConditions } from '../../../../form/definition.ts'
import { useBuilder } from '../../builder-context.ts'
import { withChanges } from '../../model/edit-steps.ts'
import { CheckInput, DecimalInput, NumberInput, TextInput } from '../inputs.tsx'

const noCost = { min: 0, max: 0 }

/** What a calculator computes with. The law wants the full cost wherever a rate is shown, so that both are asked for together. */
export function LoanSettings() {
  const { model, texts: allTexts } = useBuilder()
  const texts = allTexts.value.form
  const { loan } = model.form.value
  const fullCost = loan?.fullCost ?? noCost

  function change(changes: Partial<LoanConditions>): void {
    if (loan)
      model.change(
        (form) => ({ ...form, loan: withChanges(loan, changes) }),
        `loan.${Object.keys(changes).join()}`,
      )
  }

  return (
    <>
      <h3>{texts.loan}</h3>
      <CheckInput
        label={texts.hasLoan}
        checked={loan !== undefined}
        onChange={(hasLoan) =>
          model.change((form) =>
            withChanges(form, {
              loan: hasLoan ? { ratePerDay: 0.8, fullCost: { min: 0, max: 292 } } : undefined,
            }),
          )
        }
      />
      {loan && (
        <>
          <DecimalInput
            label={texts.ratePerDay}
            value={loan.ratePerDay}
            onChange={(ratePerDay = 0) => change({ ratePerDay })}
          />
          <div class="pair">
            <DecimalInput
              label={texts.costFrom}
              value={fullCost.min}
              onChange={(min = 0) => change({ fullCost: { ...fullCost, min } })}
            />
            <DecimalInput
              label={texts.costTo}
              value={fullCost.max}
              onChange={(max = 0) => change({ fullCost: { ...fullCost, max } })}
            />
          </div>
          <NumberInput
            label={texts.freeDays}
            value={loan.freeDays}
            onChange={(freeDays) => change({ freeDays })}
          />
          <TextInput
            isAddress
            label={texts.conditionsUrl}
            value={loan.conditionsUrl}
            onChange={(conditionsUrl) => change({ conditionsUrl })}
          />
        </>
      )}
    </>
  )
}
