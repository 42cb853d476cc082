// A minimal landing page script: a page that passes a signal to its only chunk and shows the result.
import { signal } from '@preact/signals-core'
import { render } from 'preact'
import { partLoader } from '../../../../../src/embed/script/part-loader.ts'
import type * as module from './part.tsx'

const load = partLoader<typeof module>('places')
const text = signal('Тула')
const part = signal<typeof module | undefined>(undefined)
const reason = signal('')

function Page() {
  const Counter = part.value?.Counter
  return (
    <>
      <button onClick={() => void ask()}>Загрузить</button>
      <input value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
      <output>{reason.value}</output>
      {Counter && <Counter text={text} />}
    </>
  )
}

async function ask(): Promise<void> {
  try {
    part.value = await load('/forms/main')
  } catch (error) {
    reason.value = String(error)
  }
}

render(<Page />, document.body)
