import type { Random } from '../support/random.ts'

const beginnings = [
  'Бел',
  'Вер',
  'Гор',
  'Дуб',
  'Ёлк',
  'Жар',
  'Зар',
  'Ил',
  'Кам',
  'Лог',
  'Мед',
  'Неж',
  'Ольш',
  'Пер',
  'Руд',
  'Сос',
  'Тал',
  'Уст',
  'Фил',
  'Хол',
  'Цар',
  'Чер',
  'Шум',
  'Щег',
  'Эльт',
  'Юрг',
  'Яр',
] as const
const middles = [
  '',
  '',
  'ен',
  'ов',
  'ин',
  'ёв',
  'ар',
  'ол',
  'ич',
  'уш',
  'ям',
  'юх',
  'оц',
  'ат',
  'ежн',
  'яс',
] as const
const endings = [
  'ск',
  'ово',
  'ино',
  'град',
  'ка',
  'ец',
  'ий',
  'ань',
  'ёвка',
  'ово',
  'ты',
  'мь',
  'поль',
  'ица',
  'ое',
  'ск',
] as const
const adjectives = [
  'Верхний',
  'Нижний',
  'Новый',
  'Старый',
  'Великий',
  'Красный',
  'Дальний',
  'Большой',
] as const
const rivers = ['Оби', 'Дону', 'Каме', 'Ишиме', 'Шексне', 'Хопре', 'Цне', 'Юге'] as const

/** Distinct invented names of places, such as `Верхний Чернец` and `Дубовск-на-Цне`. */
export function inventedNames(random: Random, count: number): readonly string[] {
  const names = new Set<string>()
  while (names.size < count) {
    const name = random.pick(beginnings) + random.pick(middles) + random.pick(endings)
    const kind = random.below(10)
    if (kind === 0) names.add(`${random.pick(adjectives)} ${name}`)
    else if (kind === 1) names.add(`${name}-на-${random.pick(rivers)}`)
    else names.add(name)
  }
  return [...names]
}
