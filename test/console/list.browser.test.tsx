import { page, userEvent } from 'vitest/browser'
import { describe, expect, it } from 'vitest'
import { createInventedLeads } from './support/invented-rows.ts'
import { expectText, showConsole } from './support/show-console.tsx'

const status = () => page.getByRole('status')

describe('the list of leads', () => {
  it('has a row for each lead, with what to do in words', async () => {
    const shown = showConsole()
    await expect.poll(() => shown.rows().length).toBe(11)
    const [uncertain] = shown.rows()
    expect(uncertain?.textContent).toContain('Ответ потерялся')
    expect(uncertain?.textContent).toContain('Проверьте в кабинете получателя')
    expect(uncertain?.textContent).toContain('+7 900 ***-**-01')
  })

  it('shows the next page below the first one', async () => {
    const shown = showConsole({ leads: createInventedLeads(70) })
    await expect.poll(() => shown.rows().length).toBe(50)
    await shown.button('Показать ещё').click()
    await expect.poll(() => shown.rows().length).toBe(70)
    expect(shown.button('Показать ещё').elements()).toEqual([])
  })

  it('goes on through pages without a lead, and then leaves it to the person', async () => {
    const shown = showConsole({ emptyPages: 3 })
    await expect.poll(() => shown.rows().length).toBe(11)
    shown.unmount()
    const rare = showConsole({ emptyPages: 22 })
    await expectText(page.getByRole('main'), 'Поиск просмотрел не все заявки')
    await rare.button('Показать ещё').click()
    await expect.poll(() => rare.rows().length).toBe(11)
  })

  it('is filtered by what is part of the address', async () => {
    const shown = showConsole({ hash: '#/leads?form=main' })
    await expect.poll(() => shown.rows().length).toBe(8)
    await shown.field('Статус').selectOptions('accepted')
    await expect.poll(() => shown.rows().length).toBe(1)
    expect(shown.addresses.at(-1)).toBe('#/leads?form=main&status=accepted')
    await shown.button('CSV для Excel').click()
    await expect
      .poll(() => shown.downloads)
      .toEqual([
        'https://leads.example.ru/relay/admin/leads.csv?form=main&status=accepted&session=session-of-boris',
      ])
    await shown.button('Сбросить фильтры').click()
    await expect.poll(() => shown.rows().length).toBe(11)
  })

  it('is as it was left after a look at a lead, with the focus on its row', async () => {
    const shown = showConsole({ hash: '#/leads?form=main' })
    const third = shown.relay.leads()[2]?.number ?? ''
    await shown.link(third).click()
    await expect.element(shown.heading(`Заявка ${third}`)).toHaveFocus()
    const asked = shown.relay.requests.length
    await userEvent.keyboard('{Escape}')
    await expect.element(shown.link(third)).toHaveFocus()
    expect(shown.addresses.at(-1)).toBe('#/leads?form=main')
    expect(shown.relay.requests.length).toBe(asked)
  })

  it('comes late after a look at a lead, and leaves the focus to the person who has begun to type', async () => {
    const [lead] = createInventedLeads().map((invented) => invented.lead)
    const shown = showConsole({ hash: `#/leads/${lead?.id}` })
    await expect.element(shown.heading(`Заявка ${lead?.number}`)).toHaveFocus()
    const release = shown.relay.hold()
    await userEvent.keyboard('{Escape}')
    await page.getByRole('searchbox').fill('Прид')
    release()
    await expect.poll(() => shown.rows().length).toBe(11)
    await userEvent.keyboard('у')
    await expect.element(page.getByRole('searchbox')).toHaveValue('Приду')
  })

  it('says that the relay cannot be reached, and tries again', async () => {
    const shown = showConsole()
    await expect.poll(() => shown.rows().length).toBe(11)
    shown.relay.fail(503)
    await shown.button('Обновить').click()
    await expectText(page.getByRole('alert'), 'Реле сейчас не может ответить')
    shown.relay.fail()
    await shown.button('Попробовать ещё раз').click()
    await expect.poll(() => page.getByRole('alert').elements()).toEqual([])
    expect(shown.rows()).toHaveLength(11)
  })
})

describe('the search', () => {
  it.each([
    ['+7 (900) 000-00-02', 'phone', 1],
    ['person-4@example.ru', 'email', 1],
    ['Придуманова', 'name', 1],
  ])('finds %s, as a %s, and names nobody in an address', async (text, kind, count) => {
    const shown = showConsole()
    await page.getByRole('searchbox').fill(text)
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => shown.rows().length).toBe(count)
    const last = shown.relay.requests.at(-1)
    expect(last?.path).toBe('admin/leads/search')
    expect(JSON.parse(last?.body ?? '')).toEqual({ [kind]: text })
    const addresses = [...shown.addresses, ...shown.relay.requests.map(({ path }) => path)].join('\n')
    expect(decodeURIComponent(addresses)).not.toMatch(/@|Придуманова|000.?00/)
    expect(shown.stored).toEqual([])
  })

  it('leaves the focus to the person who goes on typing or working while it looks', async () => {
    const shown = showConsole()
    await expect.poll(() => shown.rows().length).toBe(11)
    const box = page.getByRole('searchbox')
    for (const isTyping of [true, false]) {
      await box.fill('Придуманова')
      const release = shown.relay.hold()
      await userEvent.keyboard('{Enter}')
      if (isTyping) await userEvent.keyboard('а')
      else shown.button('Обновить').element().focus()
      const focused = document.activeElement
      release()
      await expect.poll(() => shown.rows().length).toBe(1)
      // What gets the focus gets it a frame after the rows.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
      expect(document.activeElement).toBe(focused)
      await shown.button('Сбросить поиск').click()
      await expect.poll(() => shown.rows().length).toBe(11)
    }
  })

  it('ends with Escape', async () => {
    const shown = showConsole()
    await page.getByRole('searchbox').fill('Никто')
    await userEvent.keyboard('{Enter}')
    await expect.element(shown.text(/Никого не найдено/)).toBeVisible()
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => shown.rows().length).toBe(11)
  })

  it('by a phone offers what the person has a right to: a file, and erasure', async () => {
    const shown = showConsole()
    await page.getByRole('searchbox').fill('89000000003')
    await userEvent.keyboard('{Enter}')
    await shown.button('Выгрузить всё об этом человеке').click()
    await expect.poll(() => shown.saved.map(({ name }) => name)).toEqual(['person.json'])
    await shown.button('Удалить всё об этом человеке').click()
    await shown.button('Удалить навсегда').click()
    await expectText(status().first(), 'Удалено: 2 заявки')
    expect(shown.relay.leads()).toHaveLength(9)
  })
})

describe('several leads at once', () => {
  it('are sent again as far as they may be; the others are listed with the reason', async () => {
    const shown = showConsole()
    const [uncertain, failed, accepted] = shown.relay.leads()
    for (const lead of [uncertain, failed, accepted])
      await page.getByRole('checkbox', { name: `Выбрать ${lead?.number}` }).click()
    await expect.element(shown.text('Выбрано: 3 заявки')).toBeVisible()
    await shown.button('Отправить ещё раз').click()
    await expectText(status().first(), 'Поставлено в очередь: 1 заявка. Пропущено: 2 заявки.')
    for (const lead of [uncertain, accepted])
      await expectText(status().first(), `${lead?.number}: уже принята`)
    await expect.poll(() => shown.rows()[1]?.textContent).toContain('В очереди')
    expect(page.getByRole('checkbox', { checked: true }).elements()).toEqual([])
  })

  it('are sent in requests of at most 100', async () => {
    const shown = showConsole({ leads: createInventedLeads(120) })
    await expect.poll(() => shown.rows().length).toBe(50)
    await shown.button('Показать ещё').click()
    await shown.button('Показать ещё').click()
    await expect.poll(() => shown.rows().length).toBe(120)
    await page.getByRole('checkbox', { name: 'Выбрать все показанные' }).click()
    await shown.button('Отправить ещё раз').click()
    await expectText(status().first(), 'Поставлено в очередь: 22 заявки.')
    const sizes = shown.relay.requests
      .filter(({ path }) => path === 'admin/leads/retry')
      .map(({ body }) => JSON.parse(body).ids.length)
    expect(sizes).toEqual([100, 20])
  })

  it('cannot be chosen by a user who may only look', async () => {
    const shown = showConsole({ signedIn: 'anna' })
    await expect.poll(() => shown.rows().length).toBe(11)
    expect(page.getByRole('checkbox').elements()).toEqual([])
    for (const name of ['CSV для Excel', 'JSON Lines']) expect(shown.button(name).elements()).toEqual([])
    expect(page.getByRole('link', { name: 'Журнал' }).elements()).toEqual([])
  })
})

it('the audit log and the health are views of their own', async () => {
  const shown = showConsole({ signedIn: 'clara' })
  await shown.link('Состояние').click()
  await expect.element(shown.heading('Состояние')).toHaveFocus()
  await expect.element(shown.text(/Откройте неотправленные/)).toBeVisible()
  await page
    .getByRole('row', { name: /devtek main/ })
    .getByRole('link')
    .nth(2)
    .click()
  await shown.link('Журнал').click()
  await expect.element(shown.heading('Журнал действий')).toHaveFocus()
  expect(shown.addresses).toContain('#/audit')
  shown.goBack()
  await expect.element(shown.heading('Журнал действий')).not.toBeInTheDocument()
})
