import config from '../../dependency-cruiser.config.ts'
import { renderTable } from './markdown.ts'

/** What each folder of src may import, for docs/architecture.md: the sentences of the rules that hold it, as a table. */
export function createLayerTable(): ReadonlyMap<string, string> {
  const packages = readRules('packages-src/', ' from outside of src.')
  const rows = [...readRules('layer-src/', ' of src.')].map(([folder, folders]) => [
    `\`${folder}\``,
    folders,
    packages.get(folder)?.replace('node:', 'Node') ?? '',
  ])
  return new Map([['layers', renderTable(['folder', 'imports from src', 'imports packages'], rows)]])
}

/** What the rules say of each folder, by the folder's name: `lead, fields`. */
function readRules(prefix: string, ending: string): ReadonlyMap<string, string> {
  const rules = (config.forbidden ?? []).filter(
    ({ name = '' }) => name.startsWith(prefix) && /^\w+$/.test(name.slice(prefix.length)),
  )
  return new Map(
    rules.map(({ name = '', comment = '' }) => {
      const folder = name.slice(prefix.length)
      const start = `${folder} imports `
      if (!comment.startsWith(start) || !comment.endsWith(ending)) {
        throw new Error(`dependency-cruiser.config.ts: the comment of "${name}" has another form`)
      }
      return [folder, comment.slice(start.length, -ending.length)]
    }),
  )
}
