/** A value with its labels. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number]

/** Parses Prometheus' text format: the samples by their names. */
export function parsePrometheusTextFormat(text: string): ReadonlyMap<string, readonly Sample[]> {
  const samples = new Map<string, Sample[]>()
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = /^([a-z_]\w*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? []
    if (name === undefined) continue
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', content = '']) => [key, content])
    samples.set(name, [...(samples.get(name) ?? []), [Object.fromEntries(pairs), Number(value)]])
  }
  return samples
}
