import { useConsole } from '../console-context.ts'

/** A time in Moscow, exact in its title. */
export function Moment({ at }: { readonly at: string }) {
  const { formats } = useConsole()
  return (
    <time dateTime={at} title={`${formats.value.exactMoment(at)} МСК`}>
      {formats.value.moment(at)}
    </time>
  )
}
