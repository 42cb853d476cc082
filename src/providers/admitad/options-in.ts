/** One option of a campaign's own list. */
export interface CampaignOption {
  readonly value: string
  readonly label: string
}

/**
 * The options that a campaign's description lists, `1-credit; 3-card; 7-gold-card`; nothing where it is no such list: at
 * least two, each a value in Latin letters or digits, a dash or the like, and a label.
 */
export function optionsIn(description: string): readonly CampaignOption[] | undefined {
  const items = description
    .split(description.includes(';') ? ';' : /[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
  const options = items.flatMap((item) => {
    const [, value, label] = /^([A-Za-z0-9_]{1,30})\s*[-–—=:]\s*(\S.*)$/su.exec(item) ?? []
    return value === undefined || label === undefined ? [] : [{ value, label }]
  })
  const values = new Set(options.map(({ value }) => value))
  return options.length >= 2 && options.length === items.length && values.size === options.length
    ? options
    : undefined
}
