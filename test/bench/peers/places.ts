interface Place {
  /** The KLADR code. */
  readonly id: string
  readonly name: string
}

/** The region whose list of cities is measured. */
export const longRegion = 'Тюменская область'
/** How many cities its list has. */
export const cityCount = 1100

/** The regions that all pages offer. */
export const regions: readonly Place[] = [
  { id: '5900000000000', name: 'Пермский край' },
  { id: '6600000000000', name: 'Свердловская область' },
  { id: '7200000000000', name: longRegion },
  { id: '7400000000000', name: 'Челябинская область' },
]

/** The cities of each region. Their names are invented. */
export const cities: ReadonlyMap<string, readonly Place[]> = new Map(
  regions.map(({ id, name }) => [id, inventCities(id.slice(0, 2), name === longRegion ? cityCount : 20)]),
)

/** What is typed into the list of cities. */
export const cityText = 'ново'

function inventCities(code: string, count: number): readonly Place[] {
  const first = 'Верхне Нижне Ново Старо Красно Бело Средне Больше Мало Усть-'.split(' ')
  const second = 'полян гор реч озер лес камен мост луг бор дол солн берез сосн дуб ключ поль гри сад'.split(
    ' ',
  )
  const last = 'ск ово ино ка град ное ский евка ичи уха'.split(' ')
  return Array.from({ length: count }, (_, index) => {
    const district = String(Math.floor(index / 500) + 1).padStart(3, '0')
    const city = String((index % 500) + 1).padStart(3, '0')
    return {
      id: `${code}${district}${city}00000`,
      name: `${first[index % 10]}${second[Math.floor(index / 10) % 18]}${last[Math.floor(index / 180) % 10]}`,
    }
  }).toSorted((one, other) => one.name.localeCompare(other.name, 'ru'))
}
