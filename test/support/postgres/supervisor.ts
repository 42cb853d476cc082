// A PostgreSQL server that lives as long as the process that started this one: supervisor.ts <native folder> <port>
// <durable: yes or no>. It answers each message of its parent with a message when the work is done. When the parent ends,
// in whatever way, the server is stopped and its folder removed.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { Client } from 'pg'

const [nativeFolder = '', port = '', durable = ''] = process.argv.slice(2)
const root = mkdtempSync(join(tmpdir(), 'anketa-postgres-'))
const data = join(root, 'data')
/** PostgreSQL does not run as root. This user exists on every Unix. */
const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined
const native = user ? join(root, 'native') : nativeFolder
let server: ChildProcess | undefined
let ending: Promise<void> | undefined

// An interrupted run ends by the parent's end.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
process.on('disconnect', () => void end())
process.on('message', (message: 'start' | 'fast' | 'immediate') => {
  void (message === 'start' ? start() : stop(message)).then(
    () => process.send?.('done'),
    (error: unknown) => process.send?.(String(error)),
  )
})

const initializing = initialize()
try {
  await initializing
  process.send?.('done')
} catch (error) {
  process.send?.(String(error))
}

async function initialize(): Promise<void> {
  mkdirSync(data)
  if (user) {
    // The other user cannot read the packages if they are in a folder of root.
    cpSync(nativeFolder, native, { recursive: true, verbatimSymlinks: true })
    chmodSync(root, 0o755)
    chownSync(data, user.uid, user.gid)
  }
  const locale =
    process.platform === 'linux' ? 'C.UTF-8' : process.platform === 'darwin' ? 'en_US.UTF-8' : 'C'
  const initdb = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    `--locale=${locale}`,
    '--no-sync',
  ]
  await promisify(execFile)(join(native, 'bin', 'initdb'), initdb, { ...user, cwd: root })
}

async function start(): Promise<void> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: '400',
    fsync: durable === 'yes' ? 'on' : 'off',
    log_min_messages: 'panic',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', data, ...args], {
    ...user,
    cwd: root,
    stdio: 'ignore',
  })
  server = child
  for (let attempt = 0; ; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with code ${child.exitCode}`)
    const client = new Client({
      host: '127.0.0.1',
      port: Number(port),
      user: 'postgres',
      database: 'postgres',
    })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (attempt > 600) throw error
      await pause(25)
    }
  }
}

/** `fast` disconnects all clients and ends in order; `immediate` is a crash. */
async function stop(mode: 'fast' | 'immediate'): Promise<void> {
  const child = server
  server = undefined
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
  await exit
}

/** Several signals may ask for the end at the same time. */
function end(): Promise<void> {
  ending ??= (async () => {
    await initializing.catch(() => {})
    await stop('immediate')
    rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    process.exit()
  })()
  return ending
}
