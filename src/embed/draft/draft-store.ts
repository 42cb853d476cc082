/** A draft as it is stored. Nothing in it tells what a person has entered. */
export interface StoredDraft {
  readonly id: string
  /** Identifies the form. */
  readonly form: string
  /** Encrypts and decrypts this draft, and cannot be read by any script. */
  readonly key: CryptoKey
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
  /** Milliseconds since 1970. */
  readonly savedAt: number
  readonly expiresAt: number
}

const storeName = 'drafts'
const cipher = 'AES-GCM'

/** Whether this page can keep drafts: it needs a secure context, and a browser with locks. */
export function canKeepDrafts(): boolean {
  return isSecureContext && 'locks' in navigator && 'indexedDB' in window
}

/** Lists all drafts of this origin, the latest first. */
export async function listDrafts(): Promise<readonly StoredDraft[]> {
  const drafts = await inStore<StoredDraft[]>((store) => store.getAll())
  return drafts.sort((one, other) => other.savedAt - one.savedAt)
}

/** Stores a draft in place of an earlier one with the same id. */
export async function putDraft(draft: StoredDraft): Promise<void> {
  await inStore((store) => store.put(draft))
}

/** Deletes a draft together with its key. */
export async function deleteDraft(id: string): Promise<void> {
  await inStore((store) => store.delete(id))
}

/** Creates the key of a draft. */
export function createDraftKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: cipher, length: 256 }, false, ['encrypt', 'decrypt'])
}

/** Encrypts a text. */
export async function encryptText(key: CryptoKey, text: string): Promise<Pick<StoredDraft, 'iv' | 'data'>> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: cipher, iv }, key, new TextEncoder().encode(text)) }
}

/** Decrypts the text of a draft. Rejects if the draft was changed. */
export async function decryptText({ key, iv, data }: StoredDraft): Promise<string> {
  return new TextDecoder().decode(await crypto.subtle.decrypt({ name: cipher, iv }, key, data))
}

/** Does something in the store. The connection does not outlive it, so that it keeps no page from the browser's cache. */
async function inStore<Result>(act: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const opening = indexedDB.open('anketa', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(storeName, { keyPath: 'id' })
  const database = await settled(opening)
  try {
    const transaction = database.transaction(storeName, 'readwrite')
    const request = act(transaction.objectStore(storeName))
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onabort = () => reject(transaction.error)
    })
    return request.result
  } finally {
    database.close()
  }
}

function settled<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
