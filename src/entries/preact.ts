import { createElement } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { createComponentForm, type LoanFormProps } from '../embed/form/component-form.ts'

export type { LoanFormProps }

/** A loan application form. Its options may change while it is filled in; what was entered stays. */
export function LoanForm(props: LoanFormProps) {
  const element = useRef<HTMLDivElement>(null)
  const [form] = useState(createComponentForm)

  useEffect(() => {
    if (element.current) form.render(element.current, props)
  })
  useEffect(() => () => form.unmount(), [form])

  return createElement('div', { ref: element })
}
