import { describe, expect, it } from 'vitest'
import { createFormActions } from '../../src/state/form-actions.ts'
import { define } from '../form/define.ts'
import { createFormModel, createPorts } from './support/form-ports.ts'

const definition = define([{ name: 'amount', minimum: 1000 }], [{ name: 'lastName' }])

/** A form whose actions are still to come. */
function createWaitingForm() {
  const { ports, sent } = createPorts()
  const loads: PromiseWithResolvers<void>[] = []
  let isLoaded = false
  const form = createFormModel(definition, {
    ...ports,
    createActions: (context) => (isLoaded ? createFormActions(context, ports) : undefined),
    loadActions() {
      const load = Promise.withResolvers<void>()
      loads.push(load)
      return load.promise
    },
  })
  const settle = () => new Promise((resolve) => setTimeout(resolve))
  return {
    ...form,
    sent,
    loadCount: () => loads.length,
    async arrive() {
      isLoaded = true
      loads.at(-1)?.resolve()
      await settle()
    },
    async fail() {
      loads.at(-1)?.reject(new Error('offline'))
      await settle()
    },
  }
}

describe('a form whose actions are still to come', () => {
  it('waits for them at Next, and then goes on by itself', async () => {
    const { model, arrive, loadCount } = createWaitingForm()
    model.type('amount', '30000')
    model.next()
    model.next()
    expect([model.isWaiting.value, model.index.value, loadCount()]).toEqual([true, 0, 1])
    await arrive()
    expect([model.isWaiting.value, model.index.value, model.focusRequest.value.target]).toEqual([
      false,
      1,
      'heading',
    ])
  })

  it('reviews what has been typed by then', async () => {
    const { model, arrive } = createWaitingForm()
    model.next()
    model.type('amount', '10')
    await arrive()
    expect([model.index.value, model.fields['amount']?.message.value?.code]).toEqual([0, 'amount-minimum'])
  })

  it('says that they could not be loaded, keeps what was typed, and loads them again at the next try', async () => {
    const { model, arrive, fail, loadCount } = createWaitingForm()
    model.type('amount', '30000')
    model.next()
    await fail()
    expect(model.alert.value).toEqual({ kind: 'failed', code: 'loading' })
    expect([model.isWaiting.value, model.fields['amount']?.text.value]).toEqual([false, '30000'])
    model.next()
    expect([model.isWaiting.value, model.alert.value, loadCount()]).toEqual([true, undefined, 2])
    await arrive()
    expect([model.index.value, model.alert.value, model.values.value]).toEqual([
      1,
      undefined,
      { amount: 30000 },
    ])
  })

  it('shows the message of a field that was left meanwhile, and nothing if they do not come', async () => {
    const { model, arrive, fail } = createWaitingForm()
    model.type('amount', '10')
    model.leave('amount')
    await fail()
    expect([model.fields['amount']?.message.value, model.alert.value]).toEqual([undefined, undefined])
    model.leave('amount')
    await arrive()
    expect(model.fields['amount']?.message.value?.code).toBe('amount-minimum')
  })

  it('does what was asked for last', async () => {
    const { model, arrive, sent } = createWaitingForm()
    model.type('amount', '30000')
    void model.submit()
    model.goTo(model.steps.value[1]?.id ?? '')
    await arrive()
    expect([model.index.value, sent]).toEqual([1, []])
  })

  it('does nothing once the form is closed', async () => {
    const { model, arrive } = createWaitingForm()
    model.next()
    model.destroy()
    await arrive()
    expect([model.index.value, model.fields['amount']?.message.value]).toEqual([0, undefined])
  })
})
