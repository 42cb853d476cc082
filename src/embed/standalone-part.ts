import { SetupError } from './setup-error.ts'
import { openStandalone as open, type Standalone, type StandalonePorts } from './standalone.ts'

/** The part of the script that is loaded for a form without a relay; rejects with all that is wrong with its options. */
export async function openStandalone(
  own: Parameters<typeof open>[0],
  ports: StandalonePorts,
): Promise<Standalone> {
  const opened = await open(own, ports)
  if ('problems' in opened) throw new SetupError(opened.problems)
  return opened
}
