// The page that the form is measured against: the same fields, written by hand, with imask and nothing else.
import InputMask from 'imask/esm/controls/input'
import 'imask/esm/masked/number'
import 'imask/esm/masked/pattern'

const patterns = {
  birthDate: '00.00.0000',
  phone: '+{7} 000 000-00-00',
  passport: '00 00 000000',
  passportIssuedDate: '00.00.0000',
  passportIssuedCode: '000-000',
}

for (const name of ['amount', 'termDays']) {
  const input = inputNamed(name)
  if (input) new InputMask(input, { mask: Number, thousandsSeparator: ' ', scale: 0 })
}
for (const [name, mask] of Object.entries(patterns)) {
  const input = inputNamed(name)
  if (input) new InputMask(input, { mask })
}

document.querySelector('form')?.addEventListener('submit', (event) => {
  event.preventDefault()
  const sections = [...document.querySelectorAll<HTMLElement>('section')]
  const shown = sections.findIndex((section) => !section.hidden)
  const next = sections[shown + 1]
  if (!next) return
  for (const section of sections) section.hidden = section !== next
  next.querySelector<HTMLElement>('input')?.focus()
})

// Tells the benchmark that every mask is in place.
document.documentElement.dataset['ready'] = ''

function inputNamed(name: string): HTMLInputElement | undefined {
  return document.querySelector<HTMLInputElement>(`input[name="${name}"]`) ?? undefined
}
