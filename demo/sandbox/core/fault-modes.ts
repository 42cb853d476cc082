import { type SandboxResponse, jsonResponse } from './response.ts'

/** Faults that no provider documents and every API can have: late, broken or missing responses. */
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

/** Labels of the fault modes on a sandbox's page. */
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
  return faultModes.some((faultMode) => faultMode === mode)
}

const plainText = 'text/plain; charset=utf-8'

/**
 * The response under a fault mode; null if the connection is dropped. `decide`, which may accept the lead, is called
 * only if its response is sent, even late or damaged: other faults must have no effect.
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
      // As if the connection were cut halfway, but with a matching length.
      const response = decide()
      return { ...response, text: response.text.slice(0, Math.floor(response.text.length * 0.6)) }
    }
    case 'jsonp': {
      const response = decide()
      return {
        ...response,
        contentType: 'text/javascript; charset=utf-8',
        text: `callback_001(${response.text})`,
      }
    }
  }
}
