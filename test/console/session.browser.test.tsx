import { page, userEvent } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
import { fakeToken } from './support/fake-console-relay.ts'
import { expectText, showConsole } from './support/show-console.tsx'

describe('signing in', () => {
  it('takes a name and a password', async () => {
    const shown = showConsole({ signedIn: '' })
    await shown.field('Имя').fill('anna')
    await shown.field('Пароль').fill('anna-password')
    await userEvent.keyboard('{Enter}')
    await expect.element(shown.heading('Заявки')).toBeVisible()
    await expect.element(shown.text('anna · просмотр')).toBeVisible()
  })

  it('takes the admin token', async () => {
    const shown = showConsole({ signedIn: '' })
    await shown.button('Ключ администратора').click()
    await shown.field('Ключ администратора').fill(` ${fakeToken} `)
    await shown.button('Войти').click()
    await expect.element(shown.heading('Заявки')).toBeVisible()
  })

  it('says that a password does not match, and puts the focus on the name', async () => {
    const shown = showConsole({ signedIn: '' })
    await shown.field('Имя').fill('anna')
    await shown.field('Пароль').fill('another')
    await shown.button('Войти').click()
    await expectText(page.getByRole('alert'), 'Не подходит')
    await expect.element(shown.field('Имя')).toHaveFocus()
  })
})

describe('a session that has ended', () => {
  it('asks for another sign-in above the view, and then does what was asked', async () => {
    const shown = showConsole()
    const [first] = shown.relay.leads()
    await shown.link(first?.number ?? '').click()
    await expect.element(shown.heading(`Заявка ${first?.number}`)).toBeVisible()
    shown.relay.endSession()
    await shown.button('Показать значения').click()
    await expectText(page.getByRole('dialog'), 'Сеанс закончился')
    await expect.element(shown.heading(`Заявка ${first?.number}`)).toBeInTheDocument()
    await shown.field('Имя').fill('boris')
    await shown.field('Пароль').fill('boris-password')
    await userEvent.keyboard('{Enter}')
    await expect.element(shown.text('+79000000001')).toBeVisible()
    expect(page.getByRole('dialog').elements()).toEqual([])
  })

  it('sends nothing that another user asked for, and shows the page afresh', async () => {
    const shown = showConsole()
    const [first, second] = shown.relay.leads()
    await shown.link(first?.number ?? '').click()
    await shown.button('Показать значения').click()
    await expect.element(shown.text('+79000000001')).toBeVisible()
    shown.relay.endSession()
    await shown.button('Удалить').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Удалить навсегда' }).click()
    await expectText(page.getByRole('dialog'), 'Сеанс закончился')
    await shown.field('Имя').fill('clara')
    await shown.field('Пароль').fill('clara-password')
    const sent = shown.relay.requests.length
    await userEvent.keyboard('{Enter}')
    await expect.element(shown.text('clara · настройка')).toBeVisible()
    await expect.element(shown.heading(`Заявка ${first?.number}`)).toBeVisible()
    expect(document.body.textContent).not.toContain('+79000000001')
    expect(page.getByRole('dialog').elements()).toEqual([])
    await shown.link('Ко всем заявкам').click()
    await expect.element(shown.link(second?.number ?? '')).toBeVisible()
    await expect.element(shown.link(first?.number ?? '')).toBeVisible()
    const methods = shown.relay.requests.slice(sent).map(({ method, path }) => `${method} ${path}`)
    expect(methods[0]).toBe('POST console/session')
    expect(methods.filter((line) => line.startsWith('DELETE'))).toEqual([])
  })

  it('cannot be passed by Escape, and can be left', async () => {
    const shown = showConsole()
    await expect.poll(() => shown.rows().length).toBe(11)
    shown.relay.endSession()
    await shown.button('Обновить').click()
    await expect.element(page.getByRole('dialog')).toBeVisible()
    await userEvent.keyboard('{Escape}{Escape}{Escape}')
    await expect.element(page.getByRole('dialog')).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Выйти' }).click()
    await expect.element(shown.heading('Вход в консоль')).toBeVisible()
  })
})

it('shows nothing of the leads after signing out, also to the next user', async () => {
  const shown = showConsole()
  await expect.poll(() => shown.rows().length).toBeGreaterThan(5)
  const search = page.getByRole('searchbox')
  await search.fill('+7 900 000-00-02')
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => shown.rows().length).toBe(1)
  await shown.button('Выйти').click()
  await expect.element(shown.heading('Вход в консоль')).toBeVisible()
  expect(document.body.textContent).not.toContain('900')
  await shown.field('Имя').fill('anna')
  await shown.field('Пароль').fill('anna-password')
  await shown.button('Войти').click()
  await expect.element(search).toHaveValue('')
})

it('keeps the language, the theme and the use of keys in the browser, and nothing else', async () => {
  const shown = showConsole({ preferences: '{"language":"en","theme":"dark","name":"boris"}' })
  await expect.element(shown.heading('Leads')).toBeVisible()
  expect(document.documentElement.dataset['theme']).toBe('dark')
  await shown.button('Русский').click()
  await expect.element(shown.heading('Заявки')).toBeVisible()
  await shown.button('Тема: тёмная').click()
  expect(document.documentElement.lang).toBe('ru')
  expect(shown.stored.at(-1)).toBe('{"language":"ru","theme":"auto","keys":true}')
})
