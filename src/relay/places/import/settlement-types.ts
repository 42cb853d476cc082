import { foldWords } from '../../../places/fold-place.ts'

/** Types of KLADR that name places where people live, short and in full; all others are districts, gardens, territories. */
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

/** Whether places of a type count as cities and villages. `names` tells full names of short types, as SOCRBASE.DBF does. */
export function isSettlementType(type: string, names: ReadonlyMap<string, string>): boolean {
  return shortTypes.has(foldWords(type)) || fullTypes.has(foldWords(names.get(type) ?? ''))
}
