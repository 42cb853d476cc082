import type { Preset } from '../definition.ts'
import { admitadPreset } from './admitad.ts'
import { devtekPreset } from './devtek.ts'
import { lotinfoPreset } from './lotinfo.ts'
import { microloanPreset } from './microloan.ts'
import { phoneFirstPreset } from './phone-first.ts'

/** Name and phone in one step, for a CRM whose operators call back. */
export const callbackPreset: Preset = {
  id: 'callback',
  title: 'Обратный звонок',
  receiver: 'callback',
  steps: [
    {
      id: 'contact',
      title: 'Мы вам перезвоним',
      fields: [{ name: 'firstName', label: 'Как к вам обращаться' }, { name: 'phone' }],
    },
  ],
}

/** Ready definitions by name. Their documents come from the relay's form or the page. */
export const presets: Readonly<Record<string, Preset>> = {
  microloan: microloanPreset,
  devtek: devtekPreset,
  admitad: admitadPreset,
  lotinfo: lotinfoPreset,
  callback: callbackPreset,
  'phone-first': phoneFirstPreset,
}
