import type { looksRu } from './looks-ru.ts'

/** The English texts of the settings of looks. */
export const looksEn: typeof looksRu = {
  unserved:
    'Pages get plain looks with the form. The looks of this version were saved earlier, for the code on the site only. For pages to get them, take them and save the form.',
  takeUnserved: 'Take the saved looks',
  theme: 'Theme',
  themes: { light: 'light', dark: 'dark', auto: 'as on the device' },
  look: 'Look',
  lookNames: { plain: 'plain', soft: 'soft', bold: 'bold', bank: 'bank' },
  colors: 'Colours',
  colorNames: {
    accent: 'Main button',
    'on-accent': 'Text on the button',
    link: 'Links and ticks',
    surface: 'Card',
    text: 'Text',
    muted: 'Hints',
    soft: 'Tinted boxes',
  },
  own: 'Own colour',
  code: 'Code of the colour',
  contrast: 'Contrast',
  pairs: {
    button: 'text on the button',
    text: 'text on the card',
    muted: 'hints on the card',
    link: 'links on the card',
    soft: 'text on a tinted box',
  },
  enough: 'enough',
  low: 'too low, 4.5 or more is needed: many cannot read it',
  unknown: 'not known',
  note: 'The page decides the looks: take them along with the code for the site.',
  savedNote:
    'The looks are saved with the form, and pages get them by themselves. A theme, a look or a colour of the page goes before. Colours with a contrast below 4.5 are not saved.',
  autoNote:
    'The theme “as on the device” is light or dark: own colours must be readable in both, otherwise the form is not saved.',
}
