/**
 * Whether a code of KLADR, the state classifier of addresses, can be a city's: 13 digits `СС РРР ГГГ ППП АА` (region,
 * district, city, settlement, actuality), actual (`00`), in a region, and not a bare region unless that region is a
 * city itself: Москва 77, Санкт-Петербург 78, Севастополь 92, Байконур 99.
 */
export function isCityKladr(code: string): boolean {
  if (!/^(?!00)\d{11}00$/.test(code)) return false
  return !/^..0{11}$/.test(code) || /^(?:77|78|92|99)/.test(code)
}
