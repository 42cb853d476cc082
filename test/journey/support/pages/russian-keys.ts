import type { Page } from 'playwright'

const russian = 'йцукенгшщзхъфывапролджэячсмитьбю'
const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,."

/**
 * Types a text as a person does who has the Russian layout: with the keys and their codes, which Playwright knows for the
 * American layout alone.
 */
export async function typeRussian(page: Page, text: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (const letter of text) {
    const key = latin.charAt(russian.indexOf(letter.toLowerCase()))
    const isLetter = /^[a-z]$/.test(key)
    const character = letter === ' ' ? ' ' : isLetter ? key.toUpperCase() : letter
    const event = {
      key: letter,
      code: letter === ' ' ? 'Space' : isLetter ? `Key${character}` : '',
      windowsVirtualKeyCode: character.charCodeAt(0),
    }
    await session.send('Input.dispatchKeyEvent', { ...event, type: 'keyDown', text: letter })
    await session.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' })
  }
  await session.detach()
}
