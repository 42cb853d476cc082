import { pluralizeRu } from './plural.ts'

/** A time to wait, after «через»: in seconds, minutes or hours, rounded up. */
export function formatWaitRu(seconds: number): string {
  if (seconds <= 90) return `${seconds} ${pluralizeRu(seconds, 'секунду', 'секунды', 'секунд')}`
  const minutes = Math.ceil(seconds / 60)
  if (minutes <= 90) return `${minutes} ${pluralizeRu(minutes, 'минуту', 'минуты', 'минут')}`
  const hours = Math.ceil(minutes / 60)
  return `${hours} ${pluralizeRu(hours, 'час', 'часа', 'часов')}`
}
