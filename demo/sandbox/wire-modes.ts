import { type Answer, jsonAnswer } from './answer.ts'

/** The ways of answering that no provider documents, and that all of them know: late, broken, or not at all. */
export const wireModes = [
  'slow',
  'hold',
  'drop',
  'error-500',
  'error-503',
  'error-429',
  'redirect',
  'garbage',
  'html',
  'empty',
  'truncated',
  'jsonp',
] as const

/** One of {@link wireModes}. */
export type WireMode = (typeof wireModes)[number]

/** What they are called on a sandbox's page. */
export const wireModeNames = {
  slow: 'Медленно',
  hold: 'Держать без ответа',
  drop: 'Рвать соединение',
  'error-500': 'Ошибка 500',
  'error-503': 'Ошибка 503',
  'error-429': 'Ошибка 429',
  redirect: 'Переадресация',
  garbage: 'Мусор вместо JSON',
  html: 'HTML вместо JSON',
  empty: 'Пустой ответ',
  truncated: 'Обрезанный ответ',
  jsonp: 'Ответ в обёртке JSONP',
} as const satisfies Record<WireMode, string>

/** Whether a mode is one of {@link wireModes}. */
export function isWireMode(mode: string): mode is WireMode {
  return wireModes.some((one) => one === mode)
}

const text = 'text/plain; charset=utf-8'

/**
 * A provider's own answer as it fares on the wire; null where the connection is cut. What is broken says nothing of the
 * request and must have no effect: `decide` is called only where its answer gets through, be it late or maimed.
 */
export function underWireMode(mode: WireMode, decide: () => Answer): Answer | null {
  switch (mode) {
    case 'slow':
    case 'hold':
      return decide()
    case 'drop':
      return null
    case 'error-500':
      return { status: 500, contentType: text, text: 'Internal Server Error' }
    case 'error-503':
      return { status: 503, contentType: text, text: 'Service Unavailable' }
    case 'error-429':
      return { status: 429, contentType: text, text: 'Too Many Requests', headers: { 'retry-after': '60' } }
    case 'redirect':
      return { status: 302, contentType: text, text: '', headers: { location: '/moved' } }
    case 'garbage':
      return { ...jsonAnswer(200, null), text: '\u0000\u0001PHP Notice: <<<]]>{"result" "ok"' }
    case 'html':
      return {
        status: 200,
        contentType: 'text/html; charset=utf-8',
        text: '<!doctype html><title>Технические работы</title><h1>Сервис временно недоступен</h1>',
      }
    case 'empty':
      return { ...jsonAnswer(200, null), text: '' }
    case 'truncated': {
      // As if the connection were cut in the middle, with a length that agrees.
      const whole = decide()
      return { ...whole, text: whole.text.slice(0, Math.floor(whole.text.length * 0.6)) }
    }
    case 'jsonp': {
      const whole = decide()
      return { ...whole, contentType: 'text/javascript; charset=utf-8', text: `callback_001(${whole.text})` }
    }
  }
}
