import { regionKladr } from '../fields/place/kladr.ts'
import type { Region } from './place.ts'
import { foldPlaceName } from './fold-place.ts'

/** A federal subject and the folded other names that people use for it. */
export interface FederalSubject {
  readonly region: Region
  readonly aliases: readonly string[]
}

// In the order of KLADR codes. A row has a code only if it is not the next number.
const subjectRows = `Республика Адыгея
Республика Башкортостан|башкирия
Республика Бурятия
Республика Алтай
Республика Дагестан
Республика Ингушетия
Кабардино-Балкарская Республика|кбр|кабардино балкария
Республика Калмыкия
Карачаево-Черкесская Республика|кчр|карачаево черкесия
Республика Карелия
Республика Коми
Республика Марий Эл
Республика Мордовия
Республика Саха (Якутия)|якутия
Республика Северная Осетия — Алания
Республика Татарстан
Республика Тыва|тува
Удмуртская Республика|удмуртия
Республика Хакасия
Чеченская Республика|чечня
Чувашская Республика|чувашия
Алтайский край
Краснодарский край|кубань
Красноярский край
Приморский край|приморье
Ставропольский край|ставрополье
Хабаровский край
Амурская область
Архангельская область
Астраханская область
Белгородская область
Брянская область
Владимирская область
Волгоградская область
Вологодская область
Воронежская область
Ивановская область
Иркутская область
Калининградская область
Калужская область
Камчатский край|камчатка
Кемеровская область — Кузбасс|кузбасс
Кировская область
Костромская область
Курганская область
Курская область
Ленинградская область|ло|ленобласть
Липецкая область
Магаданская область
Московская область|мо|подмосковье
Мурманская область
Нижегородская область
Новгородская область
Новосибирская область
Омская область
Оренбургская область
Орловская область
Пензенская область
Пермский край
Псковская область
Ростовская область
Рязанская область
Самарская область
Саратовская область
Сахалинская область
Свердловская область
Смоленская область
Тамбовская область
Тверская область
Томская область
Тульская область
Тюменская область
Ульяновская область
Челябинская область
Забайкальский край|забайкалье
Ярославская область
Москва|мск
Санкт-Петербург|спб|питер
Еврейская автономная область|еао
83Ненецкий автономный округ|нао
86Ханты-Мансийский автономный округ — Югра|хмао|югра
Чукотский автономный округ|чао|чукотка
89Ямало-Ненецкий автономный округ|янао|ямал
Запорожская область
Республика Крым
Севастополь
Донецкая Народная Республика|днр
Луганская Народная Республика|лнр
Херсонская область
99Байконур`

let lastCode = 0

/**
 * The 89 federal subjects under their everyday names, and Байконур, which KLADR lists with them. Codes are those of KLADR,
 * except 90, 93, 94 and 95, which are newer than the published database.
 */
export const federalSubjectTable: readonly FederalSubject[] = subjectRows.split('\n').map((row) => {
  const [name = '', ...aliases] = row.replace(/^\d+/, '').split('|')
  lastCode = Number.parseInt(row, 10) || lastCode + 1
  const kladr = regionKladr(String(lastCode).padStart(2, '0'))
  return { region: { id: `kladr:${kladr}`, name, kladr }, aliases }
})

/** The federal subjects as regions, in the order of their KLADR codes. They are known without loading a list. */
export const federalSubjects: readonly Region[] = federalSubjectTable.map(({ region }) => region)

const subjectsByName = new Map(
  federalSubjectTable.flatMap(({ region, aliases }) =>
    [foldRegionName(region.name), ...aliases].map((name): [string, Region] => [name, region]),
  ),
)

/** Finds the federal subject of a region's name in any list: `Респ Саха /Якутия/`, `Тюменская обл`, `ХМАО`. */
export function findFederalSubject(name: string): Region | undefined {
  return subjectsByName.get(foldRegionName(name))
}

/** Removes types in the middle of a name and everything after them: there the lists differ. */
function foldRegionName(name: string): string {
  return foldPlaceName(name).replace(
    / (?:автономный|ао|обл|область|республика|народная|якутия|чувашия|алания|тува)(?: .*)?$/,
    '',
  )
}

/** The folded names by which a region is found: its own and the other names of its federal subject. */
export function regionSearchNames({ name }: Region): readonly string[] {
  const subject = findFederalSubject(name)
  return [
    foldPlaceName(name),
    ...(federalSubjectTable.find(({ region }) => region === subject)?.aliases ?? []),
  ]
}
