import 'anketa/define'
import type { FormEventDetails } from 'anketa'
import { createApp, defineComponent, h, ref } from 'vue'

/** Vue sets an element's properties and listens to its events by their own names. */
const page = defineComponent(() => {
  const outcome = ref('')
  const dark = ref(false)
  return () => [
    h('button', { type: 'button', id: 'theme', onClick: () => (dark.value = !dark.value) }, 'Сменить тему'),
    h('anketa-form', {
      relay: '/forms/callback',
      theme: dark.value ? 'dark' : 'light',
      'onAnketa:outcome': (event: CustomEvent<FormEventDetails['outcome']>) => {
        outcome.value = event.detail.outcome
      },
    }),
    h('output', outcome.value),
  ]
})

createApp(page).mount('#root')
