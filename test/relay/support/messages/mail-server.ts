import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'

/** A mail that the server has taken. */
export interface ReceivedMail {
  readonly recipients: readonly string[]
  /** Head and body, as they came. */
  readonly source: string
  readonly isEncrypted: boolean
}

/** How the server answers: as mail servers do, with a status of its own at the end, or by silence after the mail. */
export interface MailServerScript {
  /** The answer to the whole mail: `250 OK` unless given; `undefined` closes the connection without one. */
  readonly end?: string | undefined
  /** The answer to the recipients. */
  readonly recipient?: string
}

/** How the server encrypts. */
export interface MailServerEncryption {
  readonly key: string
  readonly cert: string
}

/** Starts a mail server on this machine, which speaks as much of SMTP as a client needs. It offers STARTTLS with `encryption`. */
export async function startMailServer(encryption?: MailServerEncryption) {
  const mails: ReceivedMail[] = []
  let script: MailServerScript = { end: '250 OK' }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    let connection: Socket = socket
    const say = (line: string) => connection.write(`${line}\r\n`)
    let recipients: string[] = []
    let source: string | undefined
    let rest = ''
    say('220 mail.example.ru')
    const receive = (chunk: Buffer): void => {
      const lines = `${rest}${chunk.toString('utf8')}`.split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) read(line)
    }
    socket.on('data', receive)

    function encrypt(): void {
      say('220 Go on')
      socket.off('data', receive)
      connection = new TLSSocket(socket, { isServer: true, ...encryption })
      connection.on('error', () => socket.destroy())
      connection.on('data', receive)
    }

    function read(line: string): void {
      if (source === undefined) return command(line)
      if (line !== '.') {
        source += `${line}\r\n`
        return
      }
      mails.push({ recipients, source, isEncrypted: connection !== socket })
      source = undefined
      recipients = []
      if (script.end === undefined) socket.destroy()
      else say(script.end)
    }

    function command(line: string): void {
      const [, verb = ''] = /^(\w+)/.exec(line.toUpperCase()) ?? []
      const offer = encryption && connection === socket ? '\r\n250-STARTTLS' : ''
      if (verb === 'EHLO') return void say(`250-mail.example.ru${offer}\r\n250 8BITMIME`)
      if (verb === 'STARTTLS') return offer === '' ? void say('502 No') : encrypt()
      if (verb === 'RCPT') {
        recipients.push(/<(.*)>/.exec(line)?.[1] ?? '')
        return void say(script.recipient ?? '250 OK')
      }
      if (verb === 'DATA') {
        source = ''
        return void say('354 Go on')
      }
      say(verb === 'QUIT' ? '221 Bye' : '250 OK')
    }
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = Object(server.address())
  const stop = async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answer(next: MailServerScript) {
      script = next
    },
    stop,
    restart: () => listen(port),
  }
}
