import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible } from './support/axe.ts'
import { type GuestOptions, openGuest } from './support/guest-page.ts'
import { inventPerson } from './support/person.ts'
import { seeScreens } from './support/screens.ts'
import { createSeeded } from './support/seeded.ts'
import { type Stage, setUpStage } from './support/stage.ts'

const seeded = createSeeded()
let stage: Stage

beforeAll(async () => {
  stage = await setUpStage()
})

afterAll(() => stage.close())

const dark = '<style>body { background: #0c110f; color: #fff }</style>'
const guises: readonly (GuestOptions & { readonly name: string })[] = [
  { name: 'light-plain' },
  { name: 'dark-plain', attributes: 'data-theme="dark"', head: dark },
  { name: 'light-soft', attributes: 'data-look="soft"' },
  { name: 'auto-soft', attributes: 'data-theme="auto" data-look="soft"', head: dark, colorScheme: 'dark' },
  { name: 'light-bold', attributes: 'data-look="bold"' },
  { name: 'dark-bold', attributes: 'data-theme="dark" data-look="bold"', head: dark },
  { name: 'english', attributes: 'data-locale="en"' },
]

describe.each([360, 1280])('at %i px wide', (width) => {
  it.each(guises)('$name: axe finds nothing on any screen, and fingers find everything', async (guise) => {
    const { name, ...options } = guise
    const form = await openGuest(stage, { ...options, viewport: { width, height: 800 } })
    await seeScreens(form, inventPerson(seeded), async (screen) => {
      await expectAccessible(form.page, `${name}-${width}-${screen}`)
      // All within the form, through the shadow root, that a finger may touch.
      const small = await form.root.evaluate((root) =>
        [...root.querySelectorAll('button, input, select, textarea, a, [role=option]')].flatMap((element) => {
          const target = element.closest('label') ?? element
          const { height } = target.getBoundingClientRect()
          return height >= 44 ? [] : [`${element.outerHTML.slice(0, 80)}: ${height}px`]
        }),
      )
      expect(small, screen).toEqual([])
      const sizes = await form.root.evaluate((root) =>
        [...root.querySelectorAll('[part~=input], [part~=select]')].map((input) =>
          Number.parseFloat(getComputedStyle(input).fontSize),
        ),
      )
      expect(Math.min(16, ...sizes), screen).toBe(16)
    })
    expect(form.said).toEqual([])
    await form.page.close()
  })
})
