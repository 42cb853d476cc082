import { foldWords } from '../../../places/fold-place.ts'

/** KLADR types of places where people live, abbreviated and in full. Other types are districts, gardens, territories. */
const settlementTypes = `г|город
гп|городской поселок
пгт|поселок городского типа
рп|рабочий поселок
кп|курортный поселок
дп|дачный поселок
п|поселок
пос|поселок
с|село
д|деревня
дер|деревня
х|хутор
ст ца|станица
ст|станция
сл|слобода
аул|аул
аал|аал
у|улус
м|местечко
нп|населенный пункт
починок|починок
заимка|заимка
высел|выселки
выселки|выселок
рзд|разъезд
ж д ст|железнодорожная станция
ж д рзд|железнодорожный разъезд
ж д рзд|железнодорожный разъезд
п ст|поселок при станции
п ст|поселок и при станция и
городок|городок
кишлак|кишлак
арбан|арбан
погост|погост
кордон|кордон
маяк|маяк`
  .split('\n')
  .map((line) => line.split('|'))

const shortTypes = new Set(settlementTypes.map(([name = '']) => name))
const fullTypes = new Set(settlementTypes.map(([, name = '']) => name))

/** Whether an abbreviated type means a city or village. `fullNames` has the full names of types, from SOCRBASE.DBF. */
export function isSettlementType(type: string, fullNames: ReadonlyMap<string, string>): boolean {
  return shortTypes.has(foldWords(type)) || fullTypes.has(foldWords(fullNames.get(type) ?? ''))
}
