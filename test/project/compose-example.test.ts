import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createConfigReport } from '../../src/relay/config/report/config-report.ts'
import { relayPackages } from '../../src/relay/cli/preflight.ts'
import { parseConfig } from '../../src/relay/config/config.ts'

const read = (name: string) => readFile(new URL(`../../docs/compose/${name}`, import.meta.url), 'utf8')
const secrets = {
  DATABASE_URL: 'postgres://leads:invented@postgres:5432/leads',
  ANKETA_ADMIN_TOKEN: 'invented-operator-token-0123456789',
  DEVTEK_TOKEN: 'invented-token-0123456789abcdef00',
}

interface Service {
  readonly environment?: Readonly<Record<string, string>>
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>
  readonly volumes?: readonly string[]
}
const {
  services,
  volumes,
}: {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
} = parse(await read('compose.yaml'), { merge: true })

describe('the example for Docker Compose', () => {
  it('has two relays, a proxy and a database, and what they depend on', () => {
    expect(Object.keys(services).toSorted()).toEqual(['nginx', 'postgres', 'relay-1', 'relay-2'])
    for (const { depends_on: needed = [] } of Object.values(services)) {
      const names = Array.isArray(needed) ? needed : Object.keys(needed)
      for (const name of names) expect(services).toHaveProperty(String(name))
    }
    const named = Object.values(services).flatMap((service) => service.volumes ?? [])
    expect(named.filter((one) => !one.startsWith('.')).map((one) => one.split(':')[0])).toEqual(
      Object.keys(volumes),
    )
  })

  it('gives the relays every secret, and no value of one', async () => {
    for (const relay of ['relay-1', 'relay-2']) {
      const environment = services[relay]?.environment ?? {}
      expect(Object.keys(environment).toSorted()).toEqual(Object.keys(secrets).toSorted())
      for (const value of Object.values(environment)) expect(value).toMatch(/\$\{\w+:\?/)
    }
  })

  it('has a configuration that passes the check', async () => {
    const config = await parseConfig(JSON.parse(await read('anketa.relay.json')), {
      env: secrets,
      readText: () => Promise.reject(new Error('no files')),
    })
    expect(createConfigReport(config)).toMatchObject({ valid: true })
    expect(config).toMatchObject({
      trustProxy: 1,
      database: { engine: 'postgres', url: secrets.DATABASE_URL },
    })
  })

  it('has a proxy that knows both relays, and an image with all packages', async () => {
    const nginx = await read('nginx.conf')
    expect(
      [...nginx.matchAll(/^ {2}server ([\w-]+):(\d+)/gm)].map(([, host, port]) => `${host}:${port}`),
    ).toEqual(['relay-1:8787', 'relay-2:8787'])
    expect(nginx.split('{')).toHaveLength(nginx.split('}').length)
    for (const line of nginx.split('\n').filter((one) => /\S/.test(one)))
      expect(line).toMatch(/^\s*(#.*|.*[;{}])$/)
    // The relay takes the last entry of the header, which this proxy has written.
    expect(nginx).toContain('X-Forwarded-For $proxy_add_x_forwarded_for;')
    const image = await read('Dockerfile')
    for (const name of Object.keys(relayPackages)) expect(image).toContain(` ${name}`)
  })
})
