import type { FormLooks } from '../../../config/form-config.ts'
import { selectLooks } from '../../../config/definitions/select-looks.ts'

/**
 * Why looks are not saved for a page that does not say that people get them: it was opened before a relay did that, when
 * looks were for the snippet alone. It shows the sentence as it is, because it knows no translation of it.
 */
export function findUnawareLooks({
  looks,
  servesLooks = false,
}: {
  readonly looks?: FormLooks | undefined
  readonly servesLooks?: boolean | undefined
}): readonly string[] {
  if (servesLooks || selectLooks(looks) === undefined) return []
  return [
    'Эта страница открыта до обновления сервера: она не знает, что сохранённое оформление теперь видят люди. Выберите в ней светлую тему и обычный стиль без своих цветов и сохраните форму, затем обновите страницу и выберите оформление заново.',
    'This page was opened before the relay was updated: it does not know that people now get the looks that are saved. Choose the light theme and the plain look without colours of its own in it and save the form, then reload the page and choose the looks again. A program sends "servesLooks": true.',
  ]
}
