import { createElement } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { FormHandle } from '../embed/form/form-handle.ts'
import { mount } from '../embed/form/mount.ts'
import type { OptionChanges, Options } from '../embed/options/options.ts'

/** Options of the form, and `handle`, which is called with the form when it is mounted and with `undefined` when it goes. */
export type LoanFormProps = Options & {
  readonly handle?: ((form: FormHandle | undefined) => void) | undefined
}

/** A loan application form. Its options may change while it is filled in; what was entered stays. */
export function LoanForm(props: LoanFormProps) {
  const element = useRef<HTMLDivElement | null>(null)
  const form = useRef<FormHandle | undefined>(undefined)
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    if (!element.current) return undefined
    const { handle, ...options } = latest.current
    const mounted = mount(element.current, options)
    form.current = mounted
    handle?.(mounted)
    return () => {
      form.current = undefined
      handle?.(undefined)
      mounted.destroy()
    }
  }, [])

  const before = useRef<OptionChanges>({})
  useEffect(() => {
    const { handle: _, ...options } = props
    const gone = Object.keys(before.current).map((name) => [name, undefined])
    form.current?.update({ ...Object.fromEntries(gone), ...options })
    before.current = options
  })

  return createElement('div', { ref: element })
}
