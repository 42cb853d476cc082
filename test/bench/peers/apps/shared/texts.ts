/** What all pages ask, in the same words. */
export const labels = {
  amount: 'Сумма займа, ₽',
  termDays: 'Срок, дней',
  lastName: 'Фамилия',
  firstName: 'Имя',
  phone: 'Мобильный телефон',
  email: 'Эл. почта (необязательно)',
  passport: 'Серия и номер паспорта',
  passportIssuedDate: 'Дата выдачи',
  region: 'Регион',
  city: 'Город',
  processing: 'Согласие на обработку персональных данных',
} as const

export const stepTitles = ['Сумма и срок', 'О вас', 'Паспорт', 'Согласия'] as const

export const messages = {
  required: 'Заполните поле',
  amount: 'От 1 000 до 100 000 ₽',
  termDays: 'От 1 до 365 дней',
  name: 'Напишите русскими буквами',
  phone: 'Введите 10 цифр после +7',
  email: 'Проверьте адрес',
  passport: 'Введите 10 цифр',
  date: 'Проверьте дату',
  place: 'Выберите из списка',
  consent: 'Без согласия заявку отправить нельзя',
  sent: 'Заявка отправлена',
  next: 'Продолжить',
  send: 'Отправить заявку',
} as const

/** What people type, after the masks. */
export const patterns = {
  name: /^[А-ЯЁа-яё][А-ЯЁа-яё' -]*$/,
  phone: /^\+7 \d{3} \d{3}-\d\d-\d\d$/,
  email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  passport: /^\d\d \d\d \d{6}$/,
  date: /^\d\d\.\d\d\.\d{4}$/,
} as const

/** Whether a text is the date of a day that has been. */
export function isPastDate(text: string): boolean {
  const [day = 0, month = 0, year = 0] = text.split('.').map(Number)
  const date = new Date(year, month - 1, day)
  return date.getDate() === day && date.getMonth() === month - 1 && date.getTime() < Date.now()
}

/** The number that a text with separators of thousands means. */
export function parseAmount(text: string): number {
  return Number(text.replaceAll(/\D/g, ''))
}
