import type { Plugin } from 'vite'

/** A method, a getter or a setter of a class. */
const member = (names: string): RegExp =>
  new RegExp(`^ {2}(?:[gs]et )?(?:${names})\\(\\w*(?:, \\w+)*\\) \\{\\n[^]*?^ {2}\\}\\n`, 'gm')

/** What is left out of imask's files, and what stands in its place. */
const parts: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  'input-definition.js': [
    // A regular expression of all the world's letters (1.1 kB after Brotli), for the definition `a`.
    [/^ *'a': \/\[.*\]\/,$/m, ''],
    [member('totalInputPositions|_appendEager|pad'), ''],
  ],
  'fixed-definition.js': [[member('totalInputPositions|isComplete|_appendEager|pad'), '']],
  'pattern.js': [
    // Blocks, which are masks inside of a mask, and the one of them that may stand for the whole.
    [/^ {6}if \(this\.blocks\) \{\n[^]*?^ {6}\}\n/m, ''],
    [/^ {4}if \(this\.exposeBlock\) \{\n[^]*?^ {4}\} else /gm, '    '],
    [/this\.exposeBlock \? this\.exposeBlock\.\w+ :\s*(?:\/\/.*\n\s*)?/g, ''],
    [
      member(
        'maskedBlocks?|typedValue|totalInputPositions|isComplete|isFilled|isFixed|isOptional|_appendEager|pad',
      ),
      '',
    ],
  ],
  'base.js': [
    [member('typedValue|typedValueEquals|maskEquals|runIsolated|isFilled|_appendEager|pad'), ''],
    // What appends more than was typed, and what overwrites instead of inserting.
    [/^ {6}if \(!details\.rawInserted && this\.autofix === 'pad'\) \{\n[^]*?^ {6}\}\n/m, ''],
    [/^ {4}if \(\(this\.eager === true [^]*?^ {4}\}\n/m, ''],
    [/^ {8}if \(this\.overwrite === true\) \{\n[^]*?^ {8}\}\n/m, ''],
    [/^ {8}if \(.* && this\.overwrite === 'shift'\) \{\n[^]*?^ {8}\}\n/m, ''],
    [/^ *let consistentTail;\n/m, ''],
    [/^ *if \(checkTail && consistentTail\) .*\n/m, ''],
    // A comparison of all options, which only saves work.
    [/objectIncludes\(this, opts\)/, 'false'],
  ],
  'change-details.js': [[member('equals'), '']],
  'chunk-tail-details.js': [[member('state|unshift|shift'), '']],
  'continuous-tail-details.js': [[member('state|unshift|shift'), '']],
  'factory.js': [
    // Other kinds of masks, which have files of their own, and advice about them.
    [/^ {2}if \((?:mask === (?:Date|Number)|Array\.|mask instanceof Function).*$/gm, ''],
    [/^ {2}console\.warn\(.*$/m, ''],
    [/^ {2}if \(!MaskedClass\) throw .*$/m, ''],
  ],
}

/** Names of imask's members and options that nothing but its own files uses: short ones save 0.2 kB of the entry. */
const ownNames = [
  ['_appendChar', '_appendCharRaw', '_appendPlaceholder', '_beforeTailState', '_blockStartPos', '_blocks'],
  [
    '_findStopBefore',
    '_forEachBlocksInRange',
    '_initialized',
    '_isRawInput',
    '_log',
    '_mapPosToBlock',
    '_mask',
  ],
  ['_maskedBlocks', '_pushLeft', '_pushRight', '_rawInputValue', '_rebuildMask', '_refreshing', '_stops'],
  [
    '_update',
    '_value',
    'aggregate',
    'appendTail',
    'bindBlock',
    'blockIndex',
    'currentMaskFlags',
    'displayChar',
  ],
  ['displayValue', 'doPrepare', 'doPrepareChar', 'doSkipInvalid', 'doValidate', 'extractTail', 'isUnmasking'],
  ['optionsIsChanged', 'placeholderChar', 'prepareChar', 'pushLeftBeforeFilled', 'pushLeftBeforeInput'],
  ['pushLeftBeforeRequired', 'pushRightBeforeFilled', 'pushRightBeforeInput', 'pushRightBeforeRequired'],
  ['rawInputValue', 'rawInserted', 'skipInvalid', 'tailShift', 'withValueRefresh'],
].flat()
const ownNamePattern = new RegExp(`\\b(?:${ownNames.join('|')})\\b`, 'g')

/** Leaves out of a bundle what of imask no mask of digits uses, and shortens the names that only imask uses. */
export function imaskOfDigits(): Plugin {
  return {
    name: 'imask-of-digits',
    transform: {
      filter: { id: /\/imask\/esm\/(?:core|masked)\// },
      handler(original, id) {
        let shorter = original
        for (const [pattern, replacement] of parts[id.replace(/.*\//, '')] ?? []) {
          const before = shorter
          shorter = before.replace(pattern, replacement)
          if (shorter === before) this.error(`imask: expected ${String(pattern)} in ${id}`)
        }
        const code = shorter.replace(ownNamePattern, (name) => `$${ownNames.indexOf(name).toString(36)}`)
        return { code, map: null }
      },
    },
  }
}
