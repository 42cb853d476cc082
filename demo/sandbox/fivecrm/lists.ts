/** The invented lists of the sandbox's CRM. */
export const sampleLists = {
  fields: [
    { type: 'text', name: 'Цель займа', field: 'f_1' },
    { type: 'text', name: 'Удобное время звонка', field: 'f_7' },
    { type: 'text', name: 'Согласие', field: 'f_50' },
  ],
  funnels: [
    {
      id: 1,
      name: 'Займы',
      is_default: 'true',
      stages: [
        { id: 1, name: 'Новая заявка', order: 1 },
        { id: 2, name: 'Позвонили', order: 2 },
      ],
    },
    { id: 2, name: 'Архив', is_default: 'false', stages: [{ id: 3, name: 'Закрыта', order: 1 }] },
  ],
  managers: [
    {
      id: 1,
      name: 'Вымыслова Ынна',
      phone: '79000000011',
      email: 'manager@example.ru',
      ava: 'https://example.ru/ava/1.png',
    },
  ],
} as const
