import { effect, type ReadonlySignal, type Signal, untracked } from '@preact/signals-core'
import type { FormModel } from '../../state/form-model.ts'
import type { TransferState } from '../../state/transfer-state.ts'
import { createDraftNotice } from '../../ui/notices/draft-notice.tsx'
import type { NoticeComponent } from '../../ui/form-view.ts'
import type { Dispatcher } from '../events/dispatcher.ts'
import type { ParsedOptions } from '../options/options.ts'
import { report } from '../options/report.ts'
import { isWhollyKept, readContent, restoreContent } from './draft-content.ts'
import {
  canKeepDrafts,
  createDraftKey,
  decryptText,
  deleteDraft,
  encryptText,
  listDrafts,
  putDraft,
  type StoredDraft,
} from './draft-store.ts'
import { isKeptField } from './kept-fields.ts'
import { heldNames, lockName } from './tab-lock.ts'

/** A form whose answers are kept. */
export interface DraftedForm {
  readonly id: string
  readonly model: FormModel
  readonly root: HTMLElement | ShadowRoot
  /** What is shown above the form. */
  readonly notice: Signal<NoticeComponent | undefined>
  /** Loads what later steps need. */
  complete(): Promise<unknown>
}

/** The longest time that a change waits until it is stored, in milliseconds. */
const saveDelayMs = 200
/** Browsers take a longer time for none. */
const longestTimerMs = 2 ** 31 - 1

/** The names of the forms on this page: two of one kind have drafts of their own. */
const names = new Set<string>()
let isReported = false

/**
 * Keeps the answers of the forms that an element shows, one after the other, for `draft` minutes after the last change. Ends
 * with the last of them. Returns a function that tells whether all that was entered is stored.
 */
export function keepDraft(
  shown: ReadonlySignal<DraftedForm | undefined>,
  /** The state in which the first of them was shown. */
  prefilled: () => TransferState | undefined,
  options: () => ParsedOptions,
  dispatcher: Dispatcher,
): () => boolean {
  const ending = new AbortController()
  const { signal } = ending
  /** The form that is shown, until the end. */
  let form: DraftedForm | undefined
  let name = ''
  let id = ''
  let unlock: (() => void) | undefined
  let key: CryptoKey | undefined
  /** What is stored, and until when. */
  let saved = ''
  let expiresAt = Infinity
  let notice: NoticeComponent | undefined
  let isExpired = false
  /** Whether the lead has been sent, which may have arrived. */
  let wasSent = false
  /** What is not stored although it is shown: its time was over while the person waited for an answer. */
  let unstored: string | undefined
  let saving: ReturnType<typeof setTimeout> | undefined
  let expiring: ReturnType<typeof setTimeout> | undefined
  let opened: Promise<void> | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let stopFollowing = (): void => undefined

  const lifetimeMs = (): number => (options().draft ?? 0) * 60_000

  /** When a draft ends. An option that has changed since makes it shorter, but not longer. */
  function endOf({ form: owner, savedAt, expiresAt: end }: StoredDraft): number {
    return owner === name ? Math.min(end, savedAt + lifetimeMs()) : end
  }

  /** Takes over the latest draft of this form that no other page has, and deletes those whose time is over. */
  async function open(first: DraftedForm): Promise<void> {
    if (!canKeepDrafts()) throw new TypeError('this page has no store for drafts')
    const { relay } = options()
    const owner = `${relay === undefined ? '' : new URL(relay, document.baseURI).href} ${first.id}`
    for (let count = 0; !name || names.has(name); count += 1) name = `${owner} ${count}`
    names.add(name)
    for (const draft of await listDrafts()) {
      const now = Date.now()
      // The clock may have been set back.
      if (now < draft.savedAt || now >= endOf(draft)) await deleteDraft(draft.id)
      else if (!unlock && draft.form === name) unlock = await lockName((id = draft.id))
    }
    // The page that had it may have stored more before it let go.
    if (unlock) await restore((await listDrafts()).find((draft) => draft.id === id))
    else await lockNew()
    if (signal.aborted) return leave()
    document.addEventListener('visibilitychange', onVisibility, { signal })
    addEventListener('pagehide', leave, { signal })
    addEventListener('pageshow', comeBack, { signal })
  }

  async function lockNew(): Promise<void> {
    id = crypto.getRandomValues(new Uint32Array(4)).join('-')
    unlock = await lockName(id)
  }

  async function restore(draft: StoredDraft | undefined): Promise<void> {
    const content = draft && (await decryptText(draft).catch(() => undefined))
    // A later step cannot be shown without the code of later steps.
    const isReady = await form?.complete().then(Boolean, () => false)
    if (!content || !isReady || !form?.model.isEditable.peek()) return
    const { model } = form
    const earlier = model.index.peek()
    key = draft.key
    saved = content
    expiresAt = endOf(draft)
    wasSent = restoreContent(model, content, prefilled())
    show('restored')
    checkTime()
    const index = model.index.peek()
    const { length: total, [index]: step } = model.steps.peek()
    if (index !== earlier)
      dispatcher.emit({ type: 'step', id: step?.id ?? '', index, total, direction: 'forward' })
  }

  function show(kind: 'restored' | 'expired'): void {
    const isPart = !Object.keys(form?.model.fields ?? {}).every(isKeptField)
    setNotice(createDraftNotice(kind, isPart, () => form?.model.reset()))
    isExpired = kind === 'expired'
  }

  function setNotice(next?: NoticeComponent): void {
    notice = next
    if (form) form.notice.value = next
  }

  /** Stores what changes in the form from now on, until another one is shown. */
  function follow({ model }: DraftedForm): void {
    setNotice(notice)
    if (lifetimeMs() === 0) return forget()
    let wasTouched = false
    stopFollowing = effect(() => {
      const isTouched = model.touched.value
      const isSending = model.isSending.value
      // It may have been sent before this began.
      wasSent = isTouched && (wasSent || model.status.value !== 'filling')
      readContent(model, false)
      untracked(() => {
        if (isTouched && isExpired) setNotice()
        // The page may be left before the answer comes.
        if (isSending) clearTimeout(saving)
        if (isSending) saving = setTimeout(save)
        else if (isTouched) saving ??= setTimeout(save, saveDelayMs)
        // The lead has arrived, or the person begins again.
        else if (wasTouched) forget()
      })
      isExpired &&= !isTouched
      wasTouched = isTouched
    })
  }

  function enqueue(task: () => Promise<unknown>): void {
    queue = queue.then(task).catch(stop)
  }

  function save(): void {
    clearTimeout(saving)
    saving = undefined
    const content =
      form?.model.touched.peek() && unlock && lifetimeMs() ? readContent(form.model, wasSent) : saved
    if (content === saved || content === unstored) return
    unstored = undefined
    enqueue(async () => {
      key ??= await createDraftKey()
      const encrypted = await encryptText(key, content)
      const savedAt = Date.now()
      expiresAt = savedAt + lifetimeMs()
      await putDraft({ id, form: name, key, ...encrypted, savedAt, expiresAt })
      saved = content
      checkTime()
    })
  }

  /** Deletes the draft, and those of this form that no page has any longer. */
  function forget(): void {
    clearTimeout(saving)
    saving = undefined
    setNotice()
    enqueue(async () => {
      begin()
      const held = await heldNames()
      for (const draft of await listDrafts())
        if (draft.id === id || (draft.form === name && !held.has(draft.id))) await deleteDraft(draft.id)
    })
  }

  /** Begins another draft, of which nothing is stored yet. */
  function begin(): void {
    clearTimeout(expiring)
    expiresAt = Infinity
    saved = ''
    key = undefined
  }

  /** Clears the form once its time is over, so that the next person on this device does not see it either. */
  function checkTime(): void {
    clearTimeout(expiring)
    const left = expiresAt - Date.now()
    if (!form || left === Infinity) return
    const { root, model } = form
    if (left > 0) {
      expiring = setTimeout(checkTime, Math.min(left, longestTimerMs))
      return
    }
    const { isSending, repetition, pendingCode } = model
    if (isSending.peek() || repetition.peek() || pendingCode.peek()) return keepShown(model)
    const hasFocus = root instanceof ShadowRoot ? root.activeElement : root.contains(document.activeElement)
    model.reset(!hasFocus)
    show('expired')
  }

  /**
   * Deletes what is stored. The person waits for an answer, also where the lead is sent again by itself, or reads an SMS, so
   * the form stays for as long again.
   */
  function keepShown(model: FormModel): void {
    unstored = readContent(model, wasSent)
    forget()
    enqueue(async () => {
      expiresAt = Date.now() + (lifetimeMs() || Infinity)
      checkTime()
    })
  }

  function onVisibility(): void {
    if (document.hidden) save()
    else checkTime()
  }

  /** Another page may go on with the draft, so this one must not keep it. */
  function leave(): void {
    save()
    void queue.then(unlock)
    unlock = undefined
  }

  function comeBack({ persisted }: PageTransitionEvent): void {
    if (!persisted) return
    enqueue(async () => {
      unlock = await lockName(id)
      if (!unlock) {
        // Another page has it, so the next change begins a draft of this page's own.
        begin()
        await lockNew()
      }
      save()
    })
    checkTime()
  }

  function stop(): void {
    if (!isReported)
      report('drafts are off: expected a page with https and a browser that lets it store data')
    isReported = true
    close()
  }

  function close(): void {
    ending.abort()
    stopFollowing()
    clearTimeout(expiring)
    leave()
    names.delete(name)
    form = undefined
    stopShown()
  }

  const stopShown = effect(() => {
    const next = shown.value
    untracked(() => {
      if (!next) return form && close()
      // The form before it is about to be cleared.
      stopFollowing()
      form = next
      opened ??= open(next)
      opened.then(() => form === next && follow(next), stop)
    })
  })

  return () => form !== undefined && saved === readContent(form.model, wasSent) && isWhollyKept(form.model)
}
