import { basename, resolve } from 'node:path'
import { object, parse, picklist } from 'valibot'
import { parseJson } from '../../../providers/core/json.ts'
import { formatDepartmentList, parseDepartmentList } from '../../places/departments/department-list.ts'
import { readDepartmentFile } from '../../places/departments/read-departments.ts'
import { type Command } from '../command.ts'
import { loadConfig } from '../read-config-file.ts'
import { formatCount, printLine } from './print-line.ts'
import { withDepartmentStore } from './with-department-store.ts'

const responseSchema = object({ imported: picklist(['stored', 'unchanged']) })

/** Imports the directory of departments that issue passports, through the running relay or into its database. */
export const passportsImportCommand: Command = {
  words: ['passports', 'import'],
  usage: '--config FILE FILE',
  summary:
    'imports the departments that issue passports, a CSV with the columns code and name, so that forms suggest the name for a department code; replaces what was imported before',
  options: {},
  positionals: 'FILE',

  async run({ config, positionals: [file = ''] }, { fetch }) {
    const loadedConfig = await loadConfig(config)
    const { departments, leftOut } = await readDepartmentFile(resolve(file))
    const names = [...departments.values()].reduce((sum, { length }) => sum + length, 0)
    const rest = leftOut > 0 ? `; ${formatCount(leftOut)} names that no form accepts are left out` : ''
    printLine(
      `${basename(file)}: ${formatCount(departments.size)} codes with ${formatCount(names)} names${rest}`,
    )
    const body = formatDepartmentList(departments)
    const result = await withDepartmentStore(loadedConfig, fetch, {
      direct: (store) => {
        const list = parseDepartmentList(parseJson(body))
        if (!list) throw new Error('The departments cannot be stored')
        return store.import(list, new Date())
      },
      async remote(adminClient) {
        printLine('The relay is running: the departments go through it.')
        const headers = { 'content-type': 'application/json' }
        const response = await adminClient('/admin/departments', { method: 'POST', headers, body })
        return parse(responseSchema, await response.json()).imported
      },
    })
    printLine(
      result === 'unchanged'
        ? 'Nothing to do: these departments are in use already.'
        : `Done: the departments of ${formatCount(departments.size)} codes are in use.`,
    )
    return 0
  },
}
