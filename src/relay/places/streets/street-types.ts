/**
 * The types of streets as KLADR abbreviates them (SOCRBASE.DBF, level 5), each with the other words that people write for it.
 * The words are folded and have no hyphens: `прт` is `пр-т`.
 */
const typeWords: Readonly<Record<string, readonly string[]>> = {
  ул: ['улица'],
  пер: ['переулок', 'пер'],
  'пр-кт': ['проспект', 'пркт', 'прт', 'просп', 'пр'],
  проезд: ['проезд', 'прд', 'прзд', 'пр'],
  'пр-д': ['проезд', 'прд', 'прзд', 'пр'],
  ш: ['шоссе'],
  'б-р': ['бульвар', 'бр', 'бул', 'бульв'],
  пл: ['площадь', 'площ'],
  наб: ['набережная'],
  туп: ['тупик'],
  аллея: ['аллея', 'ал'],
  ал: ['аллея'],
  мкр: ['микрорайон', 'мрн', 'мкрн', 'мкр'],
  'мкр-н': ['микрорайон', 'мрн', 'мкрн', 'мкр'],
  'кв-л': ['квартал', 'квл', 'кварт'],
  тер: ['территория'],
  линия: ['линия', 'лн'],
  'пр-к': ['просек', 'прк'],
  просек: ['просек', 'просека', 'прк'],
  просека: ['просека'],
  'пр-лок': ['проселок', 'прлок'],
  проселок: ['проселок'],
  проулок: ['проулок'],
  тракт: ['тракт', 'тркт'],
  спуск: ['спуск'],
  'с-р': ['сквер', 'ср'],
  сквер: ['сквер'],
  снт: ['снт', 'садовое', 'товарищество'],
  днп: ['днп', 'дачное'],
  гск: ['гск', 'гаражный', 'кооператив'],
  дор: ['дорога'],
  дорога: ['дорога'],
  кольцо: ['кольцо'],
  городок: ['городок', 'гк'],
  массив: ['массив'],
  местность: ['местность'],
  'пос.рзд': ['разъезд'],
  рзд: ['разъезд'],
  'ж/д_рзд': ['разъезд'],
  'ж/д_ст': ['станция'],
  ст: ['станция'],
  п: ['поселок', 'пос'],
  х: ['хутор'],
  с: ['село'],
  д: ['деревня', 'дер'],
  км: ['километр'],
  'уч-к': ['участок', 'учк'],
  участок: ['участок'],
  ряды: ['ряды'],
  парк: ['парк'],
  сад: ['сад'],
  остров: ['остров'],
  въезд: ['въезд'],
  заезд: ['заезд'],
  съезд: ['съезд'],
  взвоз: ['взвоз'],
  берег: ['берег'],
  жт: ['животноводческая', 'точка'],
  'п/р': ['промрайон'],
  промзона: ['промзона'],
  зона: ['зона'],
  'а/я': [],
}

const entries = Object.entries(typeWords).map(([type, words]) => ({
  type,
  short: type.replaceAll(/[^\p{L}\p{N}]/gu, ''),
  words,
}))

/** Shorter words are a type only if they are its usual abbreviation: `пр` is, and `у` may begin any name. */
const minPrefixLength = 3

/** The types, as KLADR abbreviates them, that a folded word names: the whole word, an abbreviation or its beginning. */
export function findStreetTypes(word: string): readonly string[] {
  return entries
    .filter(
      ({ short, words }) =>
        short === word ||
        words.some((one) => one === word || (word.length >= minPrefixLength && one.startsWith(word))),
    )
    .map(({ type }) => type)
}

const abbreviations: ReadonlySet<string> = new Set(entries.flatMap(({ short, words }) => [short, ...words]))

/** Whether a folded word, without its hyphens, is a whole word or a usual abbreviation for a type of street. */
export function isStreetType(word: string): boolean {
  return abbreviations.has(word)
}
