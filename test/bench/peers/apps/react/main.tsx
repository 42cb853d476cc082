import 'imask/esm/masked/number'
import 'imask/esm/masked/pattern'
import { type InputHTMLAttributes, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Controller, FormProvider, type Path, useForm, useFormContext, useWatch } from 'react-hook-form'
import IMaskInput from 'react-imask/esm/input'
import '../../../hand-written/page.css'
import '../shared/list.css'
import { PlaceCombobox } from '../shared/place-combobox.tsx'
import { loadCities, loadRegions, type Place } from '../shared/places.ts'
import { isPastDate, labels, messages, parseAmount, patterns, stepTitles } from '../shared/texts.ts'

interface Values {
  amount: string
  termDays: string
  lastName: string
  firstName: string
  phone: string
  email: string
  passport: string
  passportIssuedDate: string
  region: Place | null
  city: Place | null
  processing: boolean
}

/** The checks of a field, as `register` and `Controller` take them. */
interface Rules {
  readonly required?: string
  readonly pattern?: { readonly value: RegExp; readonly message: string }
  readonly validate?: (value: string) => boolean | string
}

type TextName = Exclude<keyof Values, 'region' | 'city' | 'processing'>

const number = { mask: Number, thousandsSeparator: ' ', scale: 0 }
const masks = {
  amount: number,
  termDays: number,
  phone: { mask: '+{7} 000 000-00-00' },
  passport: { mask: '00 00 000000' },
  passportIssuedDate: { mask: '00.00.0000' },
}

const steps: readonly (readonly Path<Values>[])[] = [
  ['amount', 'termDays'],
  ['lastName', 'firstName', 'phone', 'email'],
  ['passport', 'passportIssuedDate', 'region', 'city'],
  ['processing'],
]

const required = messages.required

function Application() {
  const form = useForm<Values>({
    mode: 'onTouched',
    defaultValues: {
      amount: '',
      termDays: '',
      lastName: '',
      firstName: '',
      phone: '',
      email: '',
      passport: '',
      passportIssuedDate: '',
      region: null,
      city: null,
      processing: false,
    },
  })
  const [step, setStep] = useState(0)
  const [sent, setSent] = useState(false)
  const isLast = step === steps.length - 1
  const [first] = steps[step] ?? []

  useEffect(() => {
    if (step > 0 && first) form.setFocus(first)
  }, [form, step, first])

  const proceed = async (): Promise<void> => {
    if (!(await form.trigger(steps[step], { shouldFocus: true }))) return
    if (isLast) setSent(true)
    else setStep(step + 1)
  }

  if (sent) return <p role="status">{messages.sent}</p>
  return (
    <FormProvider {...form}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void proceed()
        }}
      >
        <h2>{stepTitles[step]}</h2>
        {step === 0 && <LoanFields />}
        {step === 1 && <PersonFields />}
        {step === 2 && <PassportFields />}
        {step === 3 && <ConsentField />}
        <button>{isLast ? messages.send : messages.next}</button>
      </form>
    </FormProvider>
  )
}

function LoanFields() {
  const between = (least: number, most: number, message: string) => (value: string) => {
    const amount = parseAmount(value)
    return (amount >= least && amount <= most) || message
  }
  return (
    <>
      <MaskedField
        name="amount"
        inputMode="numeric"
        autoComplete="off"
        rules={{ required, validate: between(1000, 100_000, messages.amount) }}
      />
      <MaskedField
        name="termDays"
        inputMode="numeric"
        autoComplete="off"
        rules={{ required, validate: between(1, 365, messages.termDays) }}
      />
    </>
  )
}

function PersonFields() {
  const name = { required, pattern: { value: patterns.name, message: messages.name } }
  return (
    <>
      <TextField name="lastName" autoComplete="family-name" rules={name} />
      <TextField name="firstName" autoComplete="given-name" rules={name} />
      <MaskedField
        name="phone"
        inputMode="tel"
        autoComplete="tel"
        rules={{ required, pattern: { value: patterns.phone, message: messages.phone } }}
      />
      <TextField
        name="email"
        inputMode="email"
        autoComplete="email"
        rules={{ pattern: { value: patterns.email, message: messages.email } }}
      />
    </>
  )
}

function PassportFields() {
  const { setValue } = useFormContext<Values>()
  const region = useWatch<Values, 'region'>({ name: 'region' })
  const [regions, setRegions] = useState<readonly Place[]>([])
  const [cities, setCities] = useState<readonly Place[]>([])
  useEffect(() => void loadRegions().then(setRegions), [])
  useEffect(() => {
    if (region) void loadCities(region.id).then(setCities)
  }, [region])
  return (
    <>
      <MaskedField
        name="passport"
        inputMode="numeric"
        autoComplete="off"
        rules={{ required, pattern: { value: patterns.passport, message: messages.passport } }}
      />
      <MaskedField
        name="passportIssuedDate"
        inputMode="numeric"
        autoComplete="off"
        rules={{ required, validate: (value) => isPastDate(value) || messages.date }}
      />
      <PlaceField name="region" places={regions} onChange={() => setValue('city', null)} />
      <PlaceField key={region?.id ?? ''} name="city" places={cities} />
    </>
  )
}

function ConsentField() {
  const { register, formState } = useFormContext<Values>()
  return (
    <>
      <label>
        <input type="checkbox" {...register('processing', { required: messages.consent })} />{' '}
        {labels.processing}
      </label>
      <ErrorText name="processing" message={formState.errors.processing?.message} />
    </>
  )
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly name: TextName
  readonly rules: Rules
}

function TextField({ name, rules, ...attributes }: FieldProps) {
  const { register, getFieldState, formState } = useFormContext<Values>()
  const { error } = getFieldState(name, formState)
  return (
    <>
      <label>
        {labels[name]} <input {...attributes} {...register(name, rules)} {...describeError(name, error)} />
      </label>
      <ErrorText name={name} message={error?.message} />
    </>
  )
}

function MaskedField({
  name,
  rules,
  inputMode,
  autoComplete,
}: FieldProps & { readonly name: keyof typeof masks }) {
  return (
    <Controller<Values, typeof name>
      name={name}
      rules={rules}
      render={({ field: { ref, onChange, value, onBlur }, fieldState: { error } }) => (
        <>
          <label>
            {labels[name]}{' '}
            <IMaskInput
              {...masks[name]}
              name={name}
              value={value}
              inputRef={ref}
              inputMode={inputMode}
              autoComplete={autoComplete}
              onAccept={(accepted: string) => onChange(accepted)}
              onBlur={onBlur}
              {...describeError(name, error)}
            />
          </label>
          <ErrorText name={name} message={error?.message} />
        </>
      )}
    />
  )
}

interface PlaceFieldProps {
  readonly name: 'region' | 'city'
  readonly places: readonly Place[]
  onChange?(): void
}

function PlaceField({ name, places, onChange }: PlaceFieldProps) {
  return (
    <Controller<Values, 'region' | 'city'>
      name={name}
      rules={{ required: messages.place }}
      render={({ field, fieldState: { error } }) => (
        <PlaceCombobox
          name={name}
          label={labels[name]}
          places={places}
          value={field.value}
          error={error?.message}
          inputRef={field.ref}
          onBlur={field.onBlur}
          onChange={(place) => {
            field.onChange(place)
            onChange?.()
          }}
        />
      )}
    />
  )
}

function describeError(name: string, error: unknown) {
  return { 'aria-invalid': error !== undefined, 'aria-describedby': `${name}-error` }
}

function ErrorText({ name, message }: { readonly name: string; readonly message: string | undefined }) {
  return (
    <p id={`${name}-error`} className="error" aria-live="polite">
      {message}
    </p>
  )
}

const root = document.querySelector('#form')
if (root) createRoot(root).render(<Application />)
