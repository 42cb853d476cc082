import type { CallParameters, ParameterType } from './parameters.ts'

/** The deviations from the document in Laravel's shape: messages by parameter. */
export function checkParameters(
  sent: URLSearchParams,
  parameters: CallParameters,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Array.from(new Set(sent.keys()))
      .filter((name) => name !== 'public_token')
      .flatMap((name) => {
        const type = Object.hasOwn(parameters, name) ? parameters[name] : undefined
        const problem =
          type === undefined
            ? 'Неизвестный параметр.'
            : sent.getAll(name).length > 1
              ? 'Параметр передан дважды.'
              : checkParameterValue(sent.get(name) ?? '', type)
        return problem === undefined ? [] : [[name, [problem]] as const]
      }),
  )
}

function checkParameterValue(value: string, type: ParameterType): string | undefined {
  if (value === '') return 'Пустое значение.'
  if (type === 'integer') {
    return /^-?\d{1,15}$/.test(value) ? undefined : 'Значение должно быть целым числом.'
  }
  if (value !== value.trim()) return 'Лишние пробелы в начале или в конце.'
  return value.length <= type ? undefined : `Количество символов не может превышать ${type}.`
}
