import { describe, expect, it } from 'vitest'
import { readAttribution } from '../../../src/embed/attribution/attribution.ts'
import { createVisitStore, type VisitStorage } from '../../../src/embed/attribution/visit-store.ts'

const day = 24 * 3600 * 1000

/** A person's browser, with its storage and its clock. */
function createVisitor(days = 0) {
  let session = createStorage()
  const local = createStorage()
  let now = Date.parse('2026-11-22T09:00:00Z')
  return {
    session: () => session,
    local,
    /** Closes the browser and returns after some days. */
    returnAfter(days: number) {
      now += days * day
      session = createStorage()
    },
    visit(
      url: string,
      { referrer = '', cookie = '', options = {} }: Partial<Visit> = {},
      storage: () => VisitStorage = () => session,
    ) {
      const store = createVisitStore(storage, { days, storage: () => local, now: () => now })
      return readAttribution(options, { url: `https://landing.example.ru/${url}`, referrer, cookie, store })
    },
  }
}

interface Visit {
  readonly referrer: string
  readonly cookie: string
  readonly options: Parameters<typeof readAttribution>[0]
}

function createStorage(): VisitStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, text) => void items.set(name, text),
  }
}

describe('the last visit', () => {
  it('is described by the parameters of the URL and by the referrer', () => {
    expect(
      createVisitor().visit(
        '?utm_source=vk&utm_campaign=zaim&yclid=1&gclid=2&rb_clickid=3&admitad_uid=4&erid=5&page=2',
        { referrer: 'https://search.example.ru/path?query=secret#part' },
      ),
    ).toEqual({
      utm_source: 'vk',
      utm_campaign: 'zaim',
      yclid: '1',
      gclid: '2',
      rb_clickid: '3',
      admitad_uid: '4',
      erid: '5',
      referrer: 'https://search.example.ru/path',
    })
  })

  it.each([
    'clickid',
    'click_id',
    'subid',
    'sub_id',
    'aff_sub',
    'aff_sub1',
    'aff_sub5',
    'sub1',
    'sub5',
    'transaction_id',
  ])('keeps the click id %s without a macro', (name) => {
    const visitor = createVisitor()
    expect(visitor.visit(`?${name}=abc-1&sub6=x&aff_sub6=x&clickids=x`)).toEqual({ [name]: 'abc-1' })
    // The first visit that came by another link is kept beside it.
    expect(visitor.visit('?utm_source=mail')).toMatchObject({ first: { [name]: 'abc-1' } })
  })

  it('survives a reload and a page without parameters', () => {
    const visitor = createVisitor()
    visitor.visit('?utm_source=vk')
    expect(visitor.visit('form', { referrer: 'https://landing.example.ru/' })).toEqual({ utm_source: 'vk' })
  })

  it('is the newest one with parameters, and the first is kept beside it', () => {
    const visitor = createVisitor()
    visitor.visit('?utm_source=vk', { referrer: 'https://vk.example.ru/' })
    expect(visitor.visit('?utm_source=mail')).toEqual({
      utm_source: 'mail',
      first: { utm_source: 'vk', referrer: 'https://vk.example.ru/' },
    })
  })

  it('is read from the cookie of Tilda where the URL has no parameters', () => {
    const cookie = `a=b; TILDAUTM=${encodeURIComponent('utm_source=tg|||utm_medium=cpc|||other=1|||')}`
    expect(createVisitor().visit('', { cookie })).toEqual({ utm_source: 'tg', utm_medium: 'cpc' })
    expect(createVisitor().visit('?utm_source=vk', { cookie })).toEqual({ utm_source: 'vk' })
  })

  it('is read in windows-1251, from the URL, for macros and from the cookie', () => {
    const options = { channel: '{source_name}', subId1: '{utm_term}' }
    const url = '?utm_term=%E7%E0%E9%EC&source_name=%D0%E5%EA%EB%E0%EC%E0'
    expect(createVisitor().visit(url, { options })).toEqual({
      utm_term: 'займ',
      channel: 'Реклама',
      subId1: 'займ',
    })
    const cookie = 'TILDAUTM=utm_source%3D%E7%E0%E9%EC%7C%7C%7Cutm_medium%3Dcpc'
    expect(createVisitor().visit('', { cookie })).toEqual({ utm_source: 'займ', utm_medium: 'cpc' })
  })

  it("has Metrika's id of the browser as a text", () => {
    const cookie = '_ym_uid=1700000000123456789; _ym_d=1700000000'
    expect(createVisitor().visit('', { cookie })).toEqual({ ymClientId: '1700000000123456789' })
    expect(createVisitor().visit('', { cookie: '_ym_uid=x%' })).toEqual({})
  })
})

describe('parameters from options', () => {
  const options = { channel: 'landing', subId1: '{utm_source}-{ad_place}', subId2: '{nothing}', subId3: '' }

  it('have their macros replaced, even after the URL has lost its parameters', () => {
    const visitor = createVisitor()
    const attribution = { utm_source: 'vk', channel: 'landing', subId1: 'vk-abc' }
    expect(visitor.visit('?utm_source=vk&ad_place=abc', { options })).toEqual(attribution)
    expect(visitor.visit('', { options })).toEqual(attribution)
  })
})

describe('a parameter', () => {
  it.each(['79000000001', '+7 (900) 000-00-01', '8-900-000-00-01', 'user@example.ru', 'user%40example.ru'])(
    'that looks personal (%s) is dropped and not stored',
    (text) => {
      const visitor = createVisitor(30)
      expect(visitor.visit(`?utm_term=${encodeURIComponent(text)}&utm_source=mail`)).toEqual({
        utm_source: 'mail',
      })
      expect([...visitor.session().items.values(), ...visitor.local.items.values()].join()).not.toContain(
        text,
      )
    },
  )

  it('is cut to 255 characters and loses what no provider accepts', () => {
    const { utm_term: term } = createVisitor().visit(`?utm_term=a%2500b%0Ac${'x'.repeat(300)}`)
    expect(term).toBe(`abc${'x'.repeat(252)}`)
  })
})

describe('what is stored', () => {
  it('ends with the session', () => {
    const visitor = createVisitor()
    visitor.visit('?utm_source=vk')
    visitor.returnAfter(1)
    expect(visitor.visit('')).toEqual({})
    expect(visitor.local.items.size).toBe(0)
  })

  it('keeps the first visit for as many days as the page sets', () => {
    const visitor = createVisitor(30)
    visitor.visit('?utm_source=vk')
    visitor.returnAfter(29)
    expect(visitor.visit('?utm_source=mail')).toEqual({ utm_source: 'mail', first: { utm_source: 'vk' } })
    visitor.returnAfter(2)
    expect(visitor.visit('?utm_source=tg')).toEqual({ utm_source: 'tg' })
  })

  it('may be forbidden or invalid without harm', () => {
    const visitor = createVisitor()
    const forbidden = (): never => {
      throw new DOMException('denied', 'SecurityError')
    }
    expect(visitor.visit('?utm_source=vk', {}, forbidden)).toEqual({ utm_source: 'vk' })
    for (const text of ['{', 'null', '[]', '{"first":1,"last":"x"}', '{"last":{"utm_source":5}}']) {
      const storage = createStorage()
      storage.setItem('anketa-marks', text)
      expect(visitor.visit('?utm_source=vk', {}, () => storage)).toEqual({ utm_source: 'vk' })
    }
  })
})
