/** The package's version, put in by the build. */
declare const __ANKETA_VERSION__: string

/** The hashes of the files that a pinned loader loads, by file name, put in by the build. */
declare const __ANKETA_HASHES__: Readonly<Record<string, string>> | undefined
