import type { Preset } from '../definition.ts'
import { admitad } from './admitad.ts'
import { callback } from './callback.ts'
import { devtek } from './devtek.ts'
import { lotinfo } from './lotinfo.ts'
import { microloan } from './microloan.ts'

/** Definitions ready to use, by name. They hold no documents: those come from the relay's form or the page. */
export const presets: Readonly<Record<string, Preset>> = { microloan, devtek, admitad, lotinfo, callback }
