/** Light, dark, or as the person's device is set. */
export const themes = ['light', 'dark', 'auto'] as const

/** Ready looks, each a set of custom properties. */
export const looks = ['plain', 'soft', 'bold'] as const
