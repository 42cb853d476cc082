import { type SandboxResponse, jsonResponse } from './response.ts'

/** The ways of answering that no provider documents, and that all of them know: late, broken, or not at all. */
export const faultModes = [
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

/** One of {@link faultModes}. */
export type FaultMode = (typeof faultModes)[number]

/** What they are called on a sandbox's page. */
export const faultModeLabels = {
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
} as const satisfies Record<FaultMode, string>

/** Whether a mode is one of {@link faultModes}. */
export function isFaultMode(mode: string): mode is FaultMode {
  return faultModes.some((one) => one === mode)
}

const plainText = 'text/plain; charset=utf-8'

/**
 * A provider's own answer as it fares on the wire; null where the connection is cut. What is broken says nothing of the
 * request and must have no effect: `decide` is called only where its answer gets through, be it late or maimed.
 */
export function applyFaultMode(mode: FaultMode, decide: () => SandboxResponse): SandboxResponse | null {
  switch (mode) {
    case 'slow':
    case 'hold':
      return decide()
    case 'drop':
      return null
    case 'error-500':
      return { status: 500, contentType: plainText, text: 'Internal Server Error' }
    case 'error-503':
      return { status: 503, contentType: plainText, text: 'Service Unavailable' }
    case 'error-429':
      return {
        status: 429,
        contentType: plainText,
        text: 'Too Many Requests',
        headers: { 'retry-after': '60' },
      }
    case 'redirect':
      return { status: 302, contentType: plainText, text: '', headers: { location: '/moved' } }
    case 'garbage':
      return { ...jsonResponse(200, null), text: '\u0000\u0001PHP Notice: <<<]]>{"result" "ok"' }
    case 'html':
      return {
        status: 200,
        contentType: 'text/html; charset=utf-8',
        text: '<!doctype html><title>Технические работы</title><h1>Сервис временно недоступен</h1>',
      }
    case 'empty':
      return { ...jsonResponse(200, null), text: '' }
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
