/** All Russian texts, for forms whose definition comes from somewhere else than a relay of this version. */
export { ru } from '../../i18n/ru/ru.ts'
