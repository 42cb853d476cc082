import type { LeadValues } from '../../lead/values.ts'
import type {
  CheckAnswer,
  FormDetails,
  FormList,
  FormVersionDetails,
  PreviewAnswer,
  SaveAnswer,
} from '../../relay/http/admin/forms/form-answers.ts'
import type { Answered, RelayClient } from '../access/relay-client.ts'
import type { Draft } from './model/draft.ts'

/** What became of a change: done, or why not. */
export type ChangeResult =
  | { readonly number: number }
  | { readonly problems: readonly string[] }
  | { readonly failure: 'conflict' | 'signed-out' | 'other' }

/** The forms of a relay. */
export interface RelayForms {
  list(): Promise<Answered<FormList>>
  load(form: string): Promise<Answered<FormDetails>>
  loadVersion(form: string, number: number): Promise<Answered<FormVersionDetails>>
  save(form: string, base: number, draft: Draft): Promise<ChangeResult>
  restore(form: string, base: number, number: number): Promise<ChangeResult>
  withdraw(form: string, base: number): Promise<ChangeResult>
  /** The requests that the destinations would get. */
  preview(
    form: string,
    draft: Draft,
    values: LeadValues,
  ): Promise<Answered<PreviewAnswer> | { readonly problems: readonly string[] }>
}

/** Creates the access to the forms of a relay. */
export function createRelayForms(client: Pick<RelayClient, 'request'>): RelayForms {
  const path = (form: string, rest = ''): string => `admin/forms/${encodeURIComponent(form)}${rest}`

  /** What the relay finds wrong with a draft: the answer to a refused request does not say it to the client. */
  async function findProblems(form: string, { form: definition, looks }: Draft): Promise<readonly string[]> {
    const answered = await client.request<CheckAnswer>({
      method: 'POST',
      path: path(form, '/check'),
      body: { definition, looks, servesLooks: true },
    })
    return 'value' in answered ? answered.value.problems : []
  }

  async function change(
    request: { readonly path: string; readonly body: object },
    explain: () => Promise<readonly string[]>,
  ): Promise<ChangeResult> {
    const answered = await client.request<SaveAnswer>({ method: 'POST', ...request })
    if ('value' in answered) return answered.value
    const { failure } = answered
    if (failure === 'conflict' || failure === 'signed-out') return { failure }
    const problems = failure === 'other' ? await explain() : []
    return problems.length > 0 ? { problems } : { failure: 'other' }
  }

  return {
    list: () => client.request({ path: 'admin/forms' }),
    load: (form) => client.request({ path: path(form) }),
    loadVersion: (form, number) => client.request({ path: path(form, `/versions/${number}`) }),
    save: (form, base, draft) =>
      change(
        {
          path: path(form),
          body: {
            base,
            definition: draft.form,
            looks: draft.looks,
            servesLooks: true,
          },
        },
        () => findProblems(form, draft),
      ),
    restore: (form, base, number) =>
      change({ path: path(form, '/restore'), body: { base, number } }, async () => []),
    withdraw: (form, base) => change({ path: path(form, '/withdraw'), body: { base } }, async () => []),
    async preview(form, draft, values) {
      const answered = await client.request<PreviewAnswer>({
        method: 'POST',
        path: path(form, '/preview'),
        body: { definition: draft.form, values },
      })
      if ('value' in answered || answered.failure !== 'other') return answered
      const problems = await findProblems(form, draft)
      return problems.length > 0 ? { problems } : answered
    },
  }
}
