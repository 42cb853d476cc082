/**
 * The short list of get-regions, with the fields of the provider's SDK, real names and invented ids (40 is the SDK's
 * own example). A client must leave out the unpublished region and the one abroad.
 */
export const sampleRegions = [
  createRegionRow(11, 'Москва', { code: 77, slug: 'moskva', capital_id: 501 }),
  createRegionRow(12, 'Санкт-Петербург', { code: 78, slug: 'sankt-peterburg', capital_id: 502 }),
  createRegionRow(40, 'Московская область', { code: 50, slug: 'moskovskaya-oblast' }),
  createRegionRow(14, 'Тюменская область', {
    code: 72,
    slug: 'tyumenskaya-oblast',
    capital_id: 505,
    utc_offset: 300,
  }),
  createRegionRow(15, 'Татарстан', { code: 16, slug: 'tatarstan', capital_id: 507 }),
  createRegionRow(16, 'Чукотский автономный округ', {
    code: 87,
    slug: 'chukotka',
    utc_offset: 720,
    region_published: false,
  }),
  createRegionRow(17, 'Алматинская область', {
    slug: 'almatinskaya-oblast',
    capital_id: 509,
    utc_offset: 300,
    id_country: 2,
  }),
]

/** The short list of get-cities. The SDK calls the country of a city `country_id` and that of a region `id_country`. */
export const sampleCities = [
  createCityRow(501, 'Москва', 11, { city_name_en: 'Moscow', at: [55.7558, 37.6173] }),
  createCityRow(502, 'Санкт-Петербург', 12, { city_name_en: 'Saint Petersburg', at: [59.9386, 30.3141] }),
  createCityRow(503, 'Одинцово', 40, { city_name_en: 'Odintsovo', at: [55.678, 37.2636] }),
  createCityRow(504, 'Химки', 40, { city_name_en: 'Khimki', at: [55.8892, 37.4449] }),
  createCityRow(505, 'Тюмень', 14, { city_name_en: 'Tyumen', at: [57.1522, 65.5272], utc_offset: 300 }),
  createCityRow(506, 'Тобольск', 14, { city_name_en: 'Tobolsk', at: [58.1998, 68.2512], utc_offset: 300 }),
  createCityRow(507, 'Казань', 15, { city_name_en: 'Kazan', at: [55.7961, 49.1064] }),
  createCityRow(508, 'Набережные Челны', 15, { city_name_en: 'Naberezhnye Chelny', at: [55.7436, 52.3958] }),
  createCityRow(509, 'Алматы', 17, {
    city_name_en: 'Almaty',
    at: [43.2389, 76.8897],
    utc_offset: 300,
    country_id: 2,
  }),
  createCityRow(510, 'Иннополис', 15, {
    city_name_en: 'Innopolis',
    at: [55.7522, 48.7447],
    city_published: false,
  }),
]

/** A region in the list. */
export type RegionRow = ReturnType<typeof createRegionRow>

/** A city in the list. */
export type CityRow = ReturnType<typeof createCityRow>

type RegionProperties = {
  readonly slug: string
  readonly code?: number
  readonly capital_id?: number
  readonly utc_offset?: number
  readonly region_published?: boolean
  readonly id_country?: number
}

/** A published region of the first country. */
export function createRegionRow(region_id: number, name: string, properties: RegionProperties) {
  return {
    region_id,
    code: 0,
    name,
    region_published: true,
    id_country: 1,
    capital_id: 0,
    utc_offset: 180,
    ...properties,
  }
}

type CityProperties = {
  readonly city_name_en: string
  readonly at: readonly [latitude: number, longitude: number]
  readonly utc_offset?: number
  readonly city_published?: boolean
  readonly country_id?: number
}

/** A published city of the first country. */
export function createCityRow(
  city_id: number,
  name: string,
  region_id: number,
  { at: [latitude, longitude], ...properties }: CityProperties,
) {
  const city_alias = properties.city_name_en.toLowerCase().replaceAll(' ', '-')
  return {
    city_id,
    name,
    region_id,
    city_published: true,
    city_latitude: latitude,
    city_longitude: longitude,
    city_alias,
    city_case: `г. ${name}`,
    city_case_slug: city_alias,
    country_id: 1,
    utc_offset: 180,
    ...properties,
  }
}
