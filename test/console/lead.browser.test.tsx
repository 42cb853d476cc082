import { page, userEvent } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
import { createInventedLeads } from './support/invented-rows.ts'
import { expectText, showConsole, type ShowConsoleOptions } from './support/show-console.tsx'

const [uncertain, failed, accepted, , , , , invalid] = createInventedLeads().map(({ lead }) => lead)

/** Opens the page of a lead. */
function showLead(lead: typeof uncertain, options: ShowConsoleOptions = {}) {
  return showConsole({ hash: `#/leads/${lead?.id}`, ...options })
}

const notice = () => page.getByRole('status').first()

describe('the page of a lead', () => {
  it('says what happened, what to do, and why it went there', async () => {
    const shown = showLead(uncertain)
    await expect.element(shown.heading(`Заявка ${uncertain?.number}`)).toHaveFocus()
    await expect.element(shown.text(/возможно, заявка дошла. Проверьте в кабинете/)).toBeVisible()
    await expect.element(shown.text(/подходит по всем правилам/)).toBeVisible()
    await expect.element(shown.text(/получатель не ответил вовремя/)).toBeVisible()
    expect(shown.text(/no answer/).elements()).toEqual([])
    await shown.text('Запрос к получателю').click()
    await expect.element(shown.text(/POST https:\/\/devtek.example.*Bearer \*\*\*/s)).toBeVisible()
    await expect.element(shown.text(/№ 1, звено 12 цепочки/)).toBeVisible()
  })

  it('names the fields that the provider did not accept, and what it decided later', async () => {
    const refused = showLead(invalid)
    await expect.element(refused.text(/Не приняты поля: Серия и номер/)).toBeVisible()
  })

  it('shows values only to those who ask for them, and hides them again', async () => {
    const shown = showLead(uncertain)
    await expect.element(shown.text('+7 900 ***-**-01').first()).toBeVisible()
    expect(document.body.textContent).not.toContain('+79000000001')
    await shown.button('Показать значения').click()
    await expect.element(shown.text('+79000000001')).toBeVisible()
    await expect.element(shown.text('192.0.2.7')).toBeVisible()
    await expectText(notice(), 'Просмотр записан в журнал')
    await shown.button('Скрыть значения').click()
    await expect.poll(() => document.body.textContent).not.toContain('+79000000001')
  })

  it('sends a failed one again', async () => {
    const shown = showLead(failed)
    await shown.button('Отправить ещё раз').click()
    await expectText(notice(), 'Поставлена в очередь: devtek')
    expect(shown.button('Отправить ещё раз').elements()).toEqual([])
  })

  it.each([
    ['Дошла', 'Отмечено: заявка дошла', true],
    ['Не дошла', 'Теперь её можно отправить ещё раз', false],
  ])('resolves an uncertain one: %s', async (name, text, arrived) => {
    const shown = showLead(uncertain)
    await shown.button(name).click()
    await expectText(notice(), text)
    const sent = shown.relay.requests.find(({ path }) => path.endsWith('/resolve'))
    expect(JSON.parse(sent?.body ?? '')).toEqual({ destination: 'devtek', arrived })
    expect(shown.button('Отправить ещё раз').elements()).toHaveLength(arrived ? 0 : 1)
  })

  it('exports what is stored about the person', async () => {
    const shown = showLead(accepted)
    await shown.button('Выгрузить').click()
    await expect.poll(() => shown.saved.map(({ name }) => name)).toEqual([`${accepted?.number}.json`])
    expect(await shown.saved[0]?.content.text()).toContain('+79000000003')
  })

  it('erases after a question that is about doing nothing unless answered', async () => {
    const shown = showConsole()
    await shown.link(accepted?.number ?? '').click()
    await shown.button('Удалить').click()
    await expect.element(shown.button('Отмена')).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(shown.button('Удалить')).toHaveFocus()
    await shown.button('Удалить').click()
    await shown.button('Удалить навсегда').click()
    await expect.element(shown.heading('Заявки')).toBeVisible()
    await expectText(notice(), `Заявка ${accepted?.number} удалена`)
    expect(shown.rows()).toHaveLength(10)
  })

  it('says that another lead has been erased, or never was', async () => {
    const shown = showConsole({ hash: '#/leads/019a9999-0000-7000-8000-000000000000' })
    await expectText(page.getByRole('alert'), 'Такой заявки нет')
    expect(shown.addresses).toHaveLength(1)
  })

  it('has no action for a user who may only look', async () => {
    const shown = showLead(uncertain, { signedIn: 'anna' })
    await expect.element(shown.heading(`Заявка ${uncertain?.number}`)).toBeVisible()
    for (const name of ['Показать значения', 'Выгрузить', 'Удалить', 'Дошла', 'Не дошла'])
      expect(shown.button(name).elements()).toEqual([])
    await userEvent.keyboard('vse')
    expect(shown.relay.requests.filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

describe('keys alone', () => {
  it('find a person, look, export, send again and erase', async () => {
    const shown = showConsole()
    await expect.poll(() => shown.rows().length).toBe(11)
    await userEvent.keyboard('/')
    await expect.element(page.getByRole('searchbox')).toHaveFocus()
    await userEvent.keyboard('89000000002{Enter}')
    await expect.poll(() => shown.rows().length).toBe(1)
    await expect.element(shown.link(failed?.number ?? '')).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect.element(shown.heading(`Заявка ${failed?.number}`)).toHaveFocus()
    await userEvent.keyboard('v')
    await expect.element(shown.text('+79000000002')).toBeVisible()
    await userEvent.keyboard('e')
    await expect.poll(() => shown.saved).toHaveLength(1)
    await userEvent.keyboard('s')
    await expectText(notice(), 'Поставлена в очередь')
  })

  it('move through the rows, also with a Russian layout, and select', async () => {
    const shown = showConsole()
    await expect.poll(() => shown.rows().length).toBe(11)
    const [first, second] = shown.relay.leads()
    await userEvent.keyboard('j')
    await expect.element(shown.link(first?.number ?? '')).toHaveFocus()
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'о', code: 'KeyJ', bubbles: true, cancelable: true }),
    )
    await expect.element(shown.link(second?.number ?? '')).toHaveFocus()
    await userEvent.keyboard('{ArrowUp}x')
    await expect.element(page.getByRole('checkbox', { name: `Выбрать ${first?.number}` })).toBeChecked()
  })

  it('are explained, and single letters can be switched off', async () => {
    const shown = showConsole()
    await expect.poll(() => shown.rows().length).toBe(11)
    await userEvent.keyboard('?')
    await expect.element(page.getByRole('dialog', { name: 'Клавиши' })).toBeVisible()
    await page.getByRole('checkbox', { name: 'Команды одной буквой включены' }).click()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => page.getByRole('dialog').elements()).toEqual([])
    await userEvent.keyboard('j')
    expect(document.activeElement?.closest('tr')).toBe(null)
    expect(shown.stored.at(-1)).toContain('"keys":false')
  })
})
