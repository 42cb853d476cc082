import pg from 'pg'
import { PglitePgConnection } from '@electric-sql/pglite/node-postgres'

/** The frontend messages of the protocol that a lead costs. */
const messages = ['query', 'parse', 'bind', 'describe', 'execute', 'sync', 'flush', 'close'] as const

/** Counts the messages that this process sends to databases of both engines. Called once, before a database is opened. */
export function countMessages(): () => number {
  let count = 0
  for (const { prototype } of [pg.Connection, PglitePgConnection]) {
    for (const name of messages) {
      const send: unknown = Reflect.get(prototype, name)
      if (typeof send !== 'function') throw new Error(`The driver sends no message ${name}`)
      Reflect.set(prototype, name, function (this: unknown, ...parameters: unknown[]): unknown {
        count += 1
        return Reflect.apply(send, this, parameters)
      })
    }
  }
  return () => count
}
