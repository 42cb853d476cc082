/** The package's version, put in by the build. */
declare const __ANKETA_VERSION__: string

/** The name of the file with all styles, beside the script; put in by the build of the files for pages. */
declare const __ANKETA_STYLES__: string | undefined

/** The hashes of the files that a pinned loader loads, by file name, put in by the build. */
declare const __ANKETA_HASHES__: Readonly<Record<string, string>> | undefined
