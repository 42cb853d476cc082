const letters: Readonly<Record<string, string>> = {
  shch: 'щ',
  sch: 'щ',
  shh: 'щ',
  sh: 'ш',
  ch: 'ч',
  tch: 'ч',
  zh: 'ж',
  kh: 'х',
  ts: 'ц',
  tc: 'ц',
  tz: 'ц',
  cz: 'ц',
  ya: 'я',
  ja: 'я',
  ia: 'я',
  yu: 'ю',
  ju: 'ю',
  iu: 'ю',
  ye: 'е',
  je: 'е',
  yo: 'е',
  jo: 'е',
  a: 'а',
  b: 'б',
  c: 'ц',
  d: 'д',
  e: 'е',
  f: 'ф',
  g: 'г',
  h: 'х',
  i: 'и',
  j: 'й',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  p: 'п',
  q: 'к',
  r: 'р',
  s: 'с',
  t: 'т',
  u: 'у',
  v: 'в',
  w: 'в',
  x: 'х',
  y: 'ы',
  z: 'з',
  "'": 'ь',
}

/** Russian letters for a name in Latin ones, as far as it can be known: `Chelyabinsk` gives `челябинск`. */
export function fromLatin(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ʹʼ’`]/g, "'")
    .replace(/\b[yj]o(?=sh)/g, 'йо')
    .replace(/([aeou])[yj](?![aeou])/g, '$1й')
    .replace(/(?:iy|ij|yy|yj|(?<=[hkg]n)y)(?![a-z])/g, 'ий')
    .replace(/lsk/g, "l'sk")
    .replace(/etsk/g, 'ецк')
    .replace(/tsk/g, 'тск')
    .replace(
      /shch|tch|s[hc]h|[szck]h|t[scz]|cz|[yji][au]|[yj][eo]|[a-z']/g,
      (sound) => letters[sound] ?? sound,
    )
}
