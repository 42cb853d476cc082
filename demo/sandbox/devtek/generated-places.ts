import {
  createCityRow,
  sampleCities,
  sampleRegions,
  type CityRow,
  type RegionRow,
  createRegionRow,
} from './sample-places.ts'

/** The lists of get-regions and get-cities. */
export type DevtekPlaceLists = {
  readonly regions: readonly RegionRow[]
  readonly cities: readonly CityRow[]
  /** KLADR codes by city id, for cities that have one. */
  readonly codes: ReadonlyMap<number, string>
}

/** The short lists, written by hand. */
const samplePlaces: DevtekPlaceLists = {
  regions: sampleRegions,
  cities: sampleCities,
  codes: new Map([
    [501, '7700000000000'],
    [502, '7800000000000'],
    [503, '5004200000000'],
    [504, '5000003600000'],
    [505, '7200000100000'],
    [506, '7200000200000'],
    [507, '1600000100000'],
    [508, '1600000200000'],
  ]),
}

/** More regions for long lists, with real names and codes and invented ids. */
const additionalRegions = `22 Алтайский край
28 Амурская область
29 Архангельская область
30 Астраханская область
31 Белгородская область
32 Брянская область
33 Владимирская область
34 Волгоградская область
36 Воронежская область
38 Иркутская область
40 Калужская область
43 Кировская область
23 Краснодарский край
24 Красноярский край
46 Курская область
52 Нижегородская область
54 Новосибирская область
55 Омская область
56 Оренбургская область
59 Пермский край
61 Ростовская область
63 Самарская область
66 Свердловская область
69 Тверская область
71 Тульская область
74 Челябинская область
76 Ярославская область`
  .split('\n')
  .map((line, index) => {
    const code = Number(line.slice(0, 2))
    return createRegionRow(100 + index, line.slice(3), { code, slug: `region-${code}` })
  })

/** The last generated lists, because generating long ones is slow. */
let cachedLists: { readonly count: number; readonly lists: DevtekPlaceLists } | undefined

/** Lists with `count` invented cities, always the same; the short lists if `count` is null. */
export function createPlaceLists(count: number | null): DevtekPlaceLists {
  if (count === null) return samplePlaces
  if (cachedLists?.count !== count) cachedLists = { count, lists: generatePlaces(count) }
  return cachedLists.lists
}

function generatePlaces(count: number): DevtekPlaceLists {
  const random = createSeededRandom(20_261_122)
  const regions = [...sampleRegions, ...additionalRegions]
  // The first of these gets a tenth of all cities more, so that one region has very many.
  const populated = regions.filter(
    ({ code, region_published, id_country }) =>
      region_published && id_country === 1 && code !== 77 && code !== 78,
  )
  const counts = new Map<number, number>()
  const codes = new Map<number, string>()
  const cities = Array.from({ length: count }, (_, index) => {
    const region = random() < 0.1 ? populated[0] : populated[Math.floor(random() * populated.length)]
    if (!region) throw new Error('Devtek sandbox: there are no regions')
    const number = (counts.get(region.region_id) ?? 0) + 1
    counts.set(region.region_id, number)
    const [district, place] = [Math.floor(number / 999), (number % 999) + 1]
    const id = 10_000 + index
    codes.set(id, `${padDigits(region.code, 2)}${padDigits(district, 3)}${padDigits(place, 3)}00000`)
    return createCityRow(id, generateName(random), region.region_id, {
      city_name_en: `City ${id}`,
      at: [55, 37],
    })
  })
  return { regions, cities, codes }
}

const nameStarts = 'вер,гра,дуб,жел,зар,ива,кал,лес,мор,нов,ольх,пет,рож,сос,тре,уль,хол,чер,шум,яр'.split(
  ',',
)
const nameMiddles = 'а,бо,ви,го,да,ежи,зё,ки,ло,ми,но,о,пе,ри,су,ты,че,ши,щё,я'.split(',')
const nameEnds = 'бино,ва,вка,вск,град,двино,жино,за,нец,но,рово,рск,сино,тово,цы'.split(',')
const namePrefixes = 'Большие ,Верхний ,Красный ,Малая ,Нижний ,Новый ,Старый '.split(',')
const nameSuffixes = '-на-Каме,-на-Оке,-Озеро'.split(',')

function generateName(random: () => number): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  const stem =
    pick(nameStarts) + pick(nameMiddles) + (random() < 0.5 ? pick(nameMiddles) : '') + pick(nameEnds)
  const name = stem.charAt(0).toUpperCase() + stem.slice(1)
  return `${random() < 0.1 ? pick(namePrefixes) : ''}${name}${random() < 0.05 ? pick(nameSuffixes) : ''}`
}

function padDigits(number: number, length: number): string {
  return String(number).padStart(length, '0')
}

/** Mulberry32: returns the same numbers for the same seed. */
function createSeededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
