import { findFederalSubject } from './federal-subjects.ts'
import { foldPlaceName, foldWords } from './fold-place.ts'
import type { Region } from './place.ts'
import { latinToCyrillic, phoneticKey } from './transliteration.ts'

/** Folded Russian names by the folded English ones that are not transliterations. */
export const englishNames: ReadonlyMap<string, string> = new Map(
  `москва|moscow
санкт петербург|saint petersburg|st petersburg|sankt petersburg
ростов на дону|rostov on don
комсомольск на амуре|komsomolsk on amur
николаевск на амуре|nikolayevsk on amur|nikolaevsk on amur
славянск на кубани|slavyansk on kuban
архангельск|archangel
тольятти|togliatti
саха якутия|sakha republic yakutia
крым|crimea|republic of crimea
тыва|tuva republic|republic of tuva
удмуртская|udmurt republic|udmurtia
кабардино балкарская|kabardino balkarian republic|kabardino balkaria
карачаево черкесская|karachay cherkess republic|karachay cherkessia
северная осетия алания|republic of north ossetia alania|north ossetia
московская|moscow oblast|moscow region
ярославская|yaroslavl oblast|yaroslavl region
калужская|kaluga oblast|kaluga region
вологодская|vologda oblast|vologda region
орловская|oryol oblast|orel oblast|oryol region|orel region
нижегородская|nizhny novgorod oblast|nizhny novgorod region
камчатский|kamchatka krai|kamchatka territory
еврейская|jewish autonomous oblast
чукотский|chukotka autonomous okrug`
    .split('\n')
    .flatMap((line) => {
      const [name = '', ...english] = line.split('|')
      return english.map((one): [string, string] => [one, name])
    }),
)

/** English types of regions, and the Russian ones. */
const regionTypes: readonly (readonly [english: RegExp, russian: RegExp])[] = [
  [/ autonomous okrug$/, /округ/],
  [/ (?:krai|kray|territory)$/, /край/],
  [/ (?:oblast|region)$/, /область/],
  [/^republic of | republic$/, /республика/],
]

/** The region of an English name with its type: `Tyumen Oblast` is Тюменская область. None if several could be meant. */
export function findEnglishRegion(regions: readonly Region[], text: string): Region | undefined {
  const english = foldWords(text)
  const [type, russianType] = regionTypes.find(([pattern]) => pattern.test(english)) ?? []
  if (!type || !russianType) return undefined
  // Tula is Тульская.
  const stem = phoneticKey(latinToCyrillic(english.replace(type, '').replace(/[aeiouy]+$/, '')))
  const [found, ...more] = regions.filter((region) => {
    const name = foldWords(findFederalSubject(region.name)?.name ?? region.name)
    const sound = phoneticKey(foldPlaceName(name).replace(/республика /, ''))
    return russianType.test(name) && stem.length > 1 && sound.startsWith(stem)
  })
  return more.length > 0 ? undefined : found
}
