/**
 * What goes over the wire where the document leaves a parameter to the campaigns and `valueMaps` says nothing: plain
 * words, which cannot be taken for a number of somebody else's list. Keys are canonical values.
 */
export const words = {
  occupation: {
    1: 'работа по трудовому договору',
    2: 'владелец бизнеса',
    3: 'индивидуальный предприниматель',
    4: 'постоянная работа по найму',
    5: 'государственная служба',
    6: 'не работает',
    7: 'студент',
    8: 'пенсионер',
    9: 'другой постоянный доход',
  },
  overdue_loans: {
    1: 'кредитов не было',
    2: 'без просрочек',
    3: 'были просрочки, закрыты',
    4: 'есть просрочки',
    5: 'долг у коллекторов',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>
