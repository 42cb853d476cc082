/** Vite defines the package's version; there is none when running from source. */
declare const __ANKETA_VERSION__: string | undefined

/** The version of this relay and of the widget that it serves. */
export const version: string = typeof __ANKETA_VERSION__ === 'string' ? __ANKETA_VERSION__ : '0.0.0'
