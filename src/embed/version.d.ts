/** The package's version, put in by the build. */
declare const __ANKETA_VERSION__: string
