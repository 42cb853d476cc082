/** A `fetch` that fails before the request is sent: nothing listens at the address. */
export function connectionRefused(): never {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  })
}

/** A `fetch` that fails after the request was sent: the connection broke. */
export function connectionReset(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
}
