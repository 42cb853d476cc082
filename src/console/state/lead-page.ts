import { batch, computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type {
  EraseAnswer,
  LeadDetails,
  ResolveAnswer,
  ResolveRequest,
  RetryAnswer,
  RevealedLead,
} from '../../relay/http/admin/lead-answers.ts'
import type { Answered, RelayClient, RequestFailure } from '../access/relay-client.ts'
import type { Session } from '../access/session.ts'

/** The page of one lead. */
export interface LeadPageModel {
  readonly lead: ReadonlySignal<LeadDetails | undefined>
  /** The values in clear, while somebody looks at them and is signed in. */
  readonly revealed: ReadonlySignal<RevealedLead | undefined>
  readonly failure: ReadonlySignal<RequestFailure | undefined>
  /** Whether an action is under way: its button does nothing then. */
  readonly busy: ReadonlySignal<boolean>
  load(): Promise<void>
  reveal(): Promise<Answered<RevealedLead>>
  hide(): void
  /** Forgets the values as soon as the session has ended. Returns what ends this. */
  watchSession(): () => void
  /** To one destination, or to all that may be asked again. */
  retry(destination?: string): Promise<Answered<RetryAnswer>>
  resolve(request: ResolveRequest): Promise<Answered<ResolveAnswer>>
  erase(): Promise<Answered<EraseAnswer>>
  /** Everything that is stored about the person, as a file. */
  exportPerson(): Promise<Answered<Blob>>
}

/** Creates the page of a lead. */
export function createLeadPage(
  client: RelayClient,
  { state }: Pick<Session, 'state'>,
  id: string,
): LeadPageModel {
  const lead = signal<LeadDetails | undefined>(undefined)
  const values = signal<RevealedLead | undefined>(undefined)
  const revealed = computed(() => (state.value === 'signed-in' ? values.value : undefined))
  const failure = signal<RequestFailure | undefined>(undefined)
  const busy = signal(false)
  const path = `admin/leads/${id}`

  /** Runs one action at a time, so that a double press is one. */
  async function act<Value>(action: () => Promise<Answered<Value>>): Promise<Answered<Value>> {
    if (busy.value) return { failure: 'busy' }
    busy.value = true
    try {
      return await action()
    } finally {
      busy.value = false
    }
  }

  async function post<Value extends { readonly lead: LeadDetails }>(
    action: 'retry' | 'resolve',
    body: object,
  ): Promise<Answered<Value>> {
    const answer = await client.request<Value>({ method: 'POST', path: `${path}/${action}`, body })
    if ('value' in answer) lead.value = answer.value.lead
    return answer
  }

  async function fetchValues(): Promise<Answered<RevealedLead>> {
    return client.request<RevealedLead>({ method: 'POST', path: `${path}/reveal`, body: {} })
  }

  return {
    lead,
    revealed,
    failure,
    busy,
    async load() {
      const answer = await client.request<LeadDetails>({ path })
      batch(() => {
        failure.value = 'value' in answer ? undefined : answer.failure
        if ('value' in answer) lead.value = answer.value
      })
    },
    reveal: () =>
      act(async () => {
        const answer = await fetchValues()
        if ('value' in answer) values.value = answer.value
        return answer
      }),
    hide() {
      values.value = undefined
    },
    watchSession: () =>
      effect(() => {
        // Also values that arrive after the session has ended.
        if (state.value !== 'signed-in' && values.value) values.value = undefined
      }),
    retry: (destination) =>
      act(() => post<RetryAnswer>('retry', destination === undefined ? {} : { destination })),
    resolve: (request) => act(() => post<ResolveAnswer>('resolve', request)),
    erase: () => act(() => client.request<EraseAnswer>({ method: 'DELETE', path })),
    exportPerson: () =>
      act(async () => {
        const answer = revealed.value ? { value: revealed.value } : await fetchValues()
        if (!('value' in answer)) return answer
        const { phone, email } = answer.value.revisions[answer.value.revisions.length - 1]?.values ?? {}
        const person = phone ? { phone } : email ? { email } : undefined
        if (!person) return { failure: 'no-contact' }
        return client.requestFile({ method: 'POST', path: 'admin/export', body: person })
      }),
  }
}
