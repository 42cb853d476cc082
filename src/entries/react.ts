'use client'

import {
  createElement,
  type DetailedHTMLProps,
  type HTMLAttributes,
  useEffect,
  useRef,
  useState,
} from 'react'
import type { FormElement } from '../embed/element/form-element.chunk.ts'
import { createComponentForm, type LoanFormProps } from '../embed/form/component-form.ts'
import type { OptionChanges } from '../embed/options/options.ts'

export type { LoanFormProps }

/**
 * A loan application form for React 18 and 19. Its options may change while it is filled in; what was entered stays. A
 * server renders an empty element.
 */
export function LoanForm(props: LoanFormProps) {
  const element = useRef<HTMLDivElement>(null)
  const [form] = useState(createComponentForm)

  useEffect(() => {
    if (element.current) form.render(element.current, props)
  })
  useEffect(() => () => form.unmount(), [form])

  // oxlint-disable-next-line react/refs -- createElement passes the ref on, as JSX does.
  return createElement('div', { ref: element })
}

/** Attributes of `<anketa-form>` in JSX. React takes `on…` for its own events, so callbacks belong into `options`. */
export type FormElementAttributes = DetailedHTMLProps<HTMLAttributes<FormElement>, FormElement> & {
  readonly options?: OptionChanges
} & {
  readonly [Name in keyof OptionChanges as Name extends `on${string}` ? never : Name]?: OptionChanges[Name]
}

declare module 'react' {
  // React's way to declare custom elements.
  namespace JSX {
    interface IntrinsicElements {
      'anketa-form': FormElementAttributes
    }
  }
}
