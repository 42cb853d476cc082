/** A version of Chrome, of Firefox and of Safari. `none`: not even the newest has it. */
type Since = readonly [chrome: number | 'none', firefox: number | 'none', safari: number | 'none']

/** What a browser offers to scripts, and since when. */
export interface NewerApi {
  /** The path from the global object. */
  readonly path: string
  readonly since: Since
  /** Older things have members of the same name, so that a search for the name proves nothing. */
  readonly isCommonName?: true
  /** How the form works in a browser without it. */
  readonly fallback?: string
}

/** The oldest browsers that the form supports, as `target` of vite.config.ts names them. */
export const oldestSupported: Since = [93, 92, 15.4]

const common = { isCommonName: true } as const
const iteratorHelpers: Since = [122, 131, 18.4]
const setMethods: Since = [122, 127, 17]
const copyingMethods: Since = [110, 115, 16]

/**
 * What some supported browsers lack. The versions are those of MDN's browser-compat-data:
 * https://github.com/mdn/browser-compat-data.
 */
export const newerApis: readonly NewerApi[] = [
  { path: 'AbortSignal.any', since: [116, 124, 17.4] },
  { path: 'AbortSignal.prototype.reason', since: [98, 97, 15.4], ...common },
  { path: 'AbortSignal.prototype.throwIfAborted', since: [100, 97, 15.4] },
  { path: 'AbortSignal.timeout', since: [124, 100, 16] },
  { path: 'Array.fromAsync', since: [121, 115, 16.4] },
  { path: 'Array.prototype.findLast', since: [97, 104, 15.4] },
  { path: 'Array.prototype.findLastIndex', since: [97, 104, 15.4] },
  { path: 'Array.prototype.toReversed', since: copyingMethods },
  { path: 'Array.prototype.toSorted', since: copyingMethods },
  { path: 'Array.prototype.toSpliced', since: copyingMethods },
  { path: 'Array.prototype.with', since: copyingMethods, ...common },
  { path: 'ArrayBuffer.prototype.transfer', since: [114, 122, 17.4], ...common },
  { path: 'CSS.registerProperty', since: [78, 128, 16.4] },
  { path: 'CSSStyleSheet.prototype.replace', since: [73, 101, 16.4], ...common },
  { path: 'CompressionStream', since: [80, 113, 16.4] },
  { path: 'Crypto.prototype.randomUUID', since: [92, 95, 15.4] },
  {
    path: 'Document.prototype.adoptedStyleSheets',
    since: [73, 101, 16.4],
    fallback: 'styles come as an element',
  },
  { path: 'Document.prototype.startViewTransition', since: [111, 144, 18] },
  { path: 'Element.prototype.checkVisibility', since: [105, 106, 17.4] },
  { path: 'Element.prototype.getHTML', since: [125, 128, 18] },
  { path: 'Element.prototype.moveBefore', since: [133, 144, 'none'] },
  { path: 'Element.prototype.setHTMLUnsafe', since: [124, 123, 26] },
  { path: 'ElementInternals', since: [77, 93, 16.4] },
  { path: 'Error.isError', since: [134, 138, 'none'] },
  { path: 'EventTarget.prototype.when', since: [135, 'none', 'none'], ...common },
  { path: 'HTMLDialogElement.prototype.requestClose', since: [134, 139, 18.4] },
  { path: 'HTMLDialogElement.prototype.showModal', since: [37, 98, 15.4] },
  { path: 'HTMLElement.prototype.attachInternals', since: [77, 93, 16.4] },
  { path: 'HTMLElement.prototype.inert', since: [102, 112, 15.5] },
  { path: 'HTMLElement.prototype.popover', since: [114, 125, 17] },
  { path: 'HTMLElement.prototype.showPopover', since: [114, 125, 17] },
  { path: 'HTMLFormElement.prototype.requestSubmit', since: [76, 75, 16] },
  { path: 'HTMLInputElement.prototype.showPicker', since: [99, 101, 16] },
  { path: 'HTMLScriptElement.supports', since: [96, 94, 16] },
  { path: 'Headers.prototype.getSetCookie', since: [113, 112, 17] },
  { path: 'InputEvent.prototype.isComposing', since: [60, 31, 16.4], ...common },
  { path: 'Intl.DurationFormat', since: [129, 136, 16.4] },
  { path: 'Intl.NumberFormat.prototype.formatRange', since: [106, 116, 15.4] },
  { path: 'Intl.PluralRules.prototype.selectRange', since: [106, 116, 15.4] },
  { path: 'Intl.Segmenter', since: [87, 125, 14.1] },
  { path: 'Intl.supportedValuesOf', since: [99, 93, 15.4] },
  { path: 'Iterator.from', since: iteratorHelpers },
  { path: 'Iterator.prototype.drop', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.every', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.filter', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.find', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.flatMap', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.forEach', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.map', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.reduce', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.some', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.take', since: iteratorHelpers, ...common },
  { path: 'Iterator.prototype.toArray', since: iteratorHelpers, ...common },
  { path: 'Map.groupBy', since: [117, 119, 17.4] },
  { path: 'Map.prototype.getOrInsert', since: [145, 144, 26.2] },
  { path: 'Map.prototype.getOrInsertComputed', since: [145, 144, 26.2] },
  { path: 'Math.sumPrecise', since: [147, 137, 26.2] },
  {
    path: 'Navigator.prototype.locks',
    since: [69, 96, 15.4],
    fallback: 'no drafts are kept',
    ...common,
  },
  { path: 'Object.groupBy', since: [117, 119, 17.4] },
  { path: 'Promise.try', since: [128, 134, 18.2] },
  { path: 'Promise.withResolvers', since: [119, 121, 17.4] },
  { path: 'RegExp.escape', since: [136, 134, 18.2] },
  { path: 'Response.json', since: [105, 115, 17] },
  { path: 'Response.prototype.bytes', since: [132, 128, 18], ...common },
  { path: 'Set.prototype.difference', since: setMethods, ...common },
  { path: 'Set.prototype.intersection', since: setMethods, ...common },
  { path: 'Set.prototype.isDisjointFrom', since: setMethods },
  { path: 'Set.prototype.isSubsetOf', since: setMethods },
  { path: 'Set.prototype.isSupersetOf', since: setMethods },
  { path: 'Set.prototype.symmetricDifference', since: setMethods },
  { path: 'Set.prototype.union', since: setMethods, ...common },
  {
    path: 'ShadowRoot.prototype.adoptedStyleSheets',
    since: [73, 101, 16.4],
    fallback: 'styles come as an element',
  },
  { path: 'String.prototype.isWellFormed', since: [111, 119, 16.4] },
  { path: 'String.prototype.toWellFormed', since: [111, 119, 16.4] },
  { path: 'Temporal', since: [144, 139, 27.3] },
  { path: 'TextDecoderStream', since: [71, 105, 14.1] },
  { path: 'URL.canParse', since: [120, 115, 17] },
  { path: 'URL.parse', since: [126, 126, 18] },
  { path: 'URLPattern', since: [95, 142, 26] },
  { path: 'URLSearchParams.prototype.size', since: [113, 112, 17], ...common },
  { path: 'Uint8Array.fromBase64', since: [140, 133, 18.2] },
  { path: 'Uint8Array.prototype.toBase64', since: [140, 133, 18.2] },
  { path: 'Uint8Array.prototype.toHex', since: [140, 133, 18.2] },
  { path: 'cookieStore', since: [87, 140, 18.4] },
  { path: 'navigation', since: [102, 147, 26.2], ...common },
  { path: 'reportError', since: [95, 93, 15.4] },
  { path: 'requestIdleCallback', since: [47, 55, 'none'] },
  { path: 'scheduler', since: [94, 142, 'none'], ...common },
  { path: 'structuredClone', since: [98, 94, 15.4] },
  { path: 'trustedTypes', since: [83, 148, 26] },
]

/** A script for a page: deletes what older browsers lack, before another script can take it. */
export const deleteNewerApis = `(${deleteApis.toString()})(${JSON.stringify(newerApis.map(({ path }) => path))})`

/** Runs in a page, and sees nothing of this module. */
function deleteApis(paths: readonly string[]): void {
  for (const path of paths) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    let owner: unknown = globalThis
    for (const name of names) owner = Object(owner)[name]
    if (Object(owner) === owner) Reflect.deleteProperty(Object(owner), last)
  }
}
