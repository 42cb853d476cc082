import { Field, type FieldElementProps, Form, type FormStore, useForm } from '@formisch/preact'
import type { ReadonlySignal } from '@preact/signals'
import type { FactoryOpts } from 'imask'
import InputMask from 'imask/esm/controls/input'
import 'imask/esm/masked/number'
import 'imask/esm/masked/pattern'
import { type InputHTMLAttributes, render } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import * as v from 'valibot'
import '../../../hand-written/page.css'
import '../shared/list.css'
import { PlaceCombobox } from '../shared/place-combobox.tsx'
import { loadCities, loadRegions, type Place } from '../shared/places.ts'
import { isPastDate, labels, messages, parseAmount, patterns, stepTitles } from '../shared/texts.ts'

const required = v.pipe(v.string(messages.required), v.nonEmpty(messages.required))
const matching = (pattern: RegExp, message: string) => v.pipe(required, v.regex(pattern, message))
const between = (least: number, most: number, message: string) =>
  v.pipe(required, v.transform(parseAmount), v.minValue(least, message), v.maxValue(most, message))
const place = v.object({ id: v.string(), name: v.string() }, messages.place)

const loanSchema = v.object({
  amount: between(1000, 100_000, messages.amount),
  termDays: between(1, 365, messages.termDays),
})
const personSchema = v.object({
  lastName: matching(patterns.name, messages.name),
  firstName: matching(patterns.name, messages.name),
  phone: matching(patterns.phone, messages.phone),
  email: v.optional(v.union([v.literal(''), v.pipe(v.string(), v.regex(patterns.email))], messages.email)),
})
const passportSchema = v.object({
  passport: matching(patterns.passport, messages.passport),
  passportIssuedDate: v.pipe(required, v.check(isPastDate, messages.date)),
  region: place,
  city: place,
})
const consentSchema = v.object({ processing: v.literal(true, messages.consent) })

const number = { mask: Number, thousandsSeparator: ' ', scale: 0 }
const masks = {
  amount: number,
  termDays: number,
  phone: { mask: '+{7} 000 000-00-00' },
  passport: { mask: '00 00 000000' },
  passportIssuedDate: { mask: '00.00.0000' },
} satisfies Record<string, FactoryOpts>

interface StepProps {
  onDone(values: object): void
}

const steps = [LoanStep, PersonStep, PassportStep, ConsentStep]

function Application() {
  const [step, setStep] = useState(0)
  const values = useRef<object>({})
  const Step = steps[step]
  if (!Step) return <p role="status">{messages.sent}</p>
  return (
    <>
      <h2>{stepTitles[step]}</h2>
      <Step
        key={step}
        onDone={(more) => {
          values.current = { ...values.current, ...more }
          setStep(step + 1)
        }}
      />
    </>
  )
}

function LoanStep({ onDone }: StepProps) {
  const form = useForm({ schema: loanSchema, validate: 'blur' })
  return (
    <Form of={form} onSubmit={onDone}>
      <Field of={form} path={['amount']}>
        {(field) => <MaskedField name="amount" field={field} inputMode="numeric" autocomplete="off" />}
      </Field>
      <Field of={form} path={['termDays']}>
        {(field) => <MaskedField name="termDays" field={field} inputMode="numeric" autocomplete="off" />}
      </Field>
      <button>{messages.next}</button>
    </Form>
  )
}

function PersonStep({ onDone }: StepProps) {
  const form = useForm({ schema: personSchema, validate: 'blur' })
  useFocus(form, 'lastName')
  return (
    <Form of={form} onSubmit={onDone}>
      <Field of={form} path={['lastName']}>
        {(field) => <TextField name="lastName" field={field} autocomplete="family-name" />}
      </Field>
      <Field of={form} path={['firstName']}>
        {(field) => <TextField name="firstName" field={field} autocomplete="given-name" />}
      </Field>
      <Field of={form} path={['phone']}>
        {(field) => <MaskedField name="phone" field={field} inputMode="tel" autocomplete="tel" />}
      </Field>
      <Field of={form} path={['email']}>
        {(field) => <TextField name="email" field={field} inputMode="email" autocomplete="email" />}
      </Field>
      <button>{messages.next}</button>
    </Form>
  )
}

function PassportStep({ onDone }: StepProps) {
  const form = useForm({ schema: passportSchema, validate: 'blur' })
  const [regions, setRegions] = useState<readonly Place[]>([])
  const [cities, setCities] = useState<readonly Place[]>([])
  const [region, setRegion] = useState<Place | null>(null)
  useFocus(form, 'passport')
  useEffect(() => void loadRegions().then(setRegions), [])
  useEffect(() => {
    if (region) void loadCities(region.id).then(setCities)
  }, [region])
  return (
    <Form of={form} onSubmit={onDone}>
      <Field of={form} path={['passport']}>
        {(field) => <MaskedField name="passport" field={field} inputMode="numeric" autocomplete="off" />}
      </Field>
      <Field of={form} path={['passportIssuedDate']}>
        {(field) => (
          <MaskedField name="passportIssuedDate" field={field} inputMode="numeric" autocomplete="off" />
        )}
      </Field>
      <Field of={form} path={['region']}>
        {(field) => (
          <PlaceCombobox
            name="region"
            label={labels.region}
            places={regions}
            value={region}
            error={field.errors.value?.[0]}
            onChange={(chosen) => {
              setRegion(chosen)
              field.onInput({ id: chosen?.id, name: chosen?.name })
            }}
          />
        )}
      </Field>
      <Field of={form} path={['city']}>
        {(field) => (
          <PlaceCombobox
            key={region?.id ?? ''}
            name="city"
            label={labels.city}
            places={cities}
            value={null}
            error={field.errors.value?.[0]}
            onChange={(chosen) => field.onInput({ id: chosen?.id, name: chosen?.name })}
          />
        )}
      </Field>
      <button>{messages.next}</button>
    </Form>
  )
}

function ConsentStep({ onDone }: StepProps) {
  const form = useForm({ schema: consentSchema })
  return (
    <Form of={form} onSubmit={onDone}>
      <Field of={form} path={['processing']}>
        {(field) => (
          <>
            <label>
              <input
                {...field.props}
                name="processing"
                type="checkbox"
                checked={field.input.value === true}
              />{' '}
              {labels.processing}
            </label>
            <ErrorText name="processing" field={field} />
          </>
        )}
      </Field>
      <button>{messages.send}</button>
    </Form>
  )
}

interface FieldState {
  readonly input: ReadonlySignal<string | undefined>
  readonly errors: ReadonlySignal<readonly string[] | null>
  readonly props: FieldElementProps
  onInput(value: string): void
}

interface FieldProps extends InputHTMLAttributes {
  readonly name: keyof typeof labels
  readonly field: FieldState
}

function TextField({ name, field, ...attributes }: FieldProps) {
  return (
    <>
      <label>
        {labels[name]}{' '}
        <input
          {...attributes}
          {...field.props}
          name={name}
          value={field.input.value ?? ''}
          aria-invalid={field.errors.value !== null}
          aria-describedby={`${name}-error`}
        />
      </label>
      <ErrorText name={name} field={field} />
    </>
  )
}

function MaskedField({ name, field, ...attributes }: FieldProps & { readonly name: keyof typeof masks }) {
  const input = useRef<HTMLInputElement>(null)
  const { onInput } = field
  useEffect(() => {
    if (!input.current) return undefined
    const mask = new InputMask(input.current, masks[name])
    mask.on('accept', () => onInput(mask.value))
    return () => mask.destroy()
  }, [name, onInput])
  const { ref, onFocus, onBlur, onChange } = field.props
  return (
    <>
      <label>
        {labels[name]}{' '}
        <input
          {...attributes}
          name={name}
          ref={(element) => {
            input.current = element
            ref(element)
          }}
          onFocus={onFocus}
          onBlur={onBlur}
          onChange={onChange}
          aria-invalid={field.errors.value !== null}
          aria-describedby={`${name}-error`}
        />
      </label>
      <ErrorText name={name} field={field} />
    </>
  )
}

function ErrorText({ name, field }: { readonly name: string; readonly field: Pick<FieldState, 'errors'> }) {
  return (
    <p id={`${name}-error`} class="error" aria-live="polite">
      {field.errors.value?.[0]}
    </p>
  )
}

/** Gives the first field of a step that has just been shown the focus. */
function useFocus(form: FormStore, name: string): void {
  useEffect(() => document.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.focus(), [form, name])
}

const root = document.querySelector('#form')
if (root) render(<Application />, root)
