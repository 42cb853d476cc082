/** The colours of a look in one theme. */
export interface LookPalette {
  readonly accent: string
  readonly 'on-accent': string
  /** Without one, links have the accent's colour. */
  readonly link?: string
  readonly surface: string
  /** Without one, inputs stand on the surface. */
  readonly field?: string
  readonly soft: string
  readonly text: string
  readonly muted: string
  readonly error: string
}

/** The colours of the built-in looks that texts consist of and stand on, as the style sheets have them. */
export const lookPalettes = {
  light: {
    plain: {
      accent: '#0b6b4f',
      'on-accent': '#ffffff',
      surface: '#ffffff',
      soft: '#f0f5f2',
      text: '#17211d',
      muted: '#56635e',
      error: '#b3261e',
    },
    soft: {
      accent: '#4353e0',
      'on-accent': '#ffffff',
      surface: '#ffffff',
      field: '#f6f7fe',
      soft: '#eef0fd',
      text: '#1b1d33',
      muted: '#5b5f80',
      error: '#b3261e',
    },
    bold: {
      accent: '#ffdd2d',
      'on-accent': '#111111',
      link: '#111111',
      surface: '#ffffff',
      soft: '#f3f3ee',
      text: '#111111',
      muted: '#595959',
      error: '#b3261e',
    },
    bank: {
      accent: '#0a4fd6',
      'on-accent': '#ffffff',
      surface: '#ffffff',
      field: '#f4f6fa',
      soft: '#eef2fb',
      text: '#10182b',
      muted: '#545f78',
      error: '#b3261e',
    },
  },
  dark: {
    plain: {
      accent: '#4cd3a2',
      'on-accent': '#05231a',
      surface: '#18211d',
      field: '#1f2a25',
      soft: '#26322c',
      text: '#eaf1ee',
      muted: '#a6b5ae',
      error: '#ff9b91',
    },
    soft: {
      accent: '#a3adff',
      'on-accent': '#10133a',
      surface: '#1a1c30',
      field: '#22253d',
      soft: '#2a2d49',
      text: '#eceefe',
      muted: '#aeb2d4',
      error: '#ff9b91',
    },
    bold: {
      accent: '#ffdd2d',
      'on-accent': '#111111',
      link: '#ffdd2d',
      surface: '#121212',
      field: '#1c1c1c',
      soft: '#2a2a2a',
      text: '#ffffff',
      muted: '#b8b8b8',
      error: '#ff9b91',
    },
    bank: {
      accent: '#8db4ff',
      'on-accent': '#071a3d',
      surface: '#141b2b',
      field: '#1c2538',
      soft: '#232e45',
      text: '#edf1fa',
      muted: '#a9b4cb',
      error: '#ff9b91',
    },
  },
} as const satisfies Readonly<Record<'light' | 'dark', Readonly<Record<string, LookPalette>>>>
