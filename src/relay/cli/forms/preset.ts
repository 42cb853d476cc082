import { presets } from '../../../form/presets/presets.ts'
import { type StandaloneCommand, UsageError } from '../command.ts'

/** Prints a preset, as a starting point for a definition. */
export const presetCommand: StandaloneCommand = {
  words: ['preset'],
  usage: 'NAME',
  summary: `prints a preset as JSON: ${Object.keys(presets).join(', ')}`,
  options: {},
  positionals: 'NAME',
  standalone: true,

  async run({ positionals: [name = ''] }) {
    if (!Object.hasOwn(presets, name)) {
      const names = Object.keys(presets)
      throw new UsageError(`there is no preset "${name}"; the presets are ${names.join(', ')}`)
    }
    process.stdout.write(`${JSON.stringify(presets[name], null, 2)}\n`)
    return 0
  },
}
