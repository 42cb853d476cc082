import type { Preset } from '../definition.ts'

/** A name and a phone on one screen, for a CRM whose people call back. */
export const callback: Preset = {
  id: 'callback',
  title: 'Обратный звонок',
  steps: [
    {
      id: 'contact',
      title: 'Мы вам перезвоним',
      fields: [{ name: 'firstName', label: 'Как к вам обращаться' }, { name: 'phone' }],
    },
  ],
}
