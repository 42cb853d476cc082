import type { FormLooks } from '../form-config.ts'

/** The looks that are not those of a page that says nothing. */
export function selectLooks({ theme = 'light', look = 'plain', colors = {} }: FormLooks = {}):
  | FormLooks
  | undefined {
  const own = {
    ...(theme === 'light' ? {} : { theme }),
    ...(look === 'plain' ? {} : { look }),
    ...(Object.keys(Object(colors)).length === 0 ? {} : { colors }),
  }
  return Object.keys(own).length === 0 ? undefined : own
}
