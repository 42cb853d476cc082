import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium, type LaunchOptions } from 'playwright'

type ChromiumOptions = Pick<LaunchOptions, 'executablePath' | 'args' | 'env'>

const args = [
  // Containers and root have no sandbox. The tests open only their own pages.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const installNames = [
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'chromium',
  'chromium-browser',
  'chrome.exe',
]

const installPaths = [
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Playwright launch options for a Chromium that starts on this machine. Tries `CHROME_PATH`, an installed Chrome or
 * Chromium, Playwright's own, and the one of the development dependencies (`ANKETA_CHROMIUM=bundled` skips the others). Rejects when none starts.
 */
export async function chromiumLaunchOptions(): Promise<ChromiumOptions> {
  if (process.env['ANKETA_CHROMIUM'] === 'bundled') return bundled()

  const chosen = process.env['CHROME_PATH']
  if (chosen) {
    if (await starts(chosen)) return { executablePath: chosen, args }
    throw new Error(`CHROME_PATH: expected a Chrome or Chromium that starts, got ${chosen}`)
  }

  for (const candidate of [...installed(), chromium.executablePath()]) {
    if (await starts(candidate)) return { executablePath: candidate, args }
  }
  return bundled()
}

function installed(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return [...folders.flatMap((folder) => installNames.map((name) => join(folder, name))), ...installPaths]
}

async function starts(path: string): Promise<boolean> {
  if (!existsSync(path)) return false
  // On Windows `--version` opens a window instead of printing.
  if (process.platform === 'win32') return true
  return promisify(execFile)(path, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}

let unpacking: Promise<void> | undefined

/** The headless Chromium of `@sparticuz/chromium`, unpacked once, with the system libraries and fonts that a bare Linux lacks. */
async function bundled(): Promise<ChromiumOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `No browser for the tests on ${process.platform}-${process.arch}: install Google Chrome or Chromium, ` +
        `set CHROME_PATH to one, or run "npx playwright install chromium".`,
    )
  }
  const root = fileURLToPath(new URL('../../node_modules/@sparticuz/chromium', import.meta.url))
  const { version }: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  const home = fileURLToPath(new URL(`../../node_modules/.cache/chromium-${version}`, import.meta.url))
  if (!existsSync(home)) await (unpacking ??= unpack(root, home))
  return {
    executablePath: join(home, 'chromium'),
    args,
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(home, 'fonts'),
      LD_LIBRARY_PATH: [join(home, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    },
  }
}

/** Unpacks beside `home` and moves the result there: another process never sees a part of it. */
async function unpack(root: string, home: string): Promise<void> {
  const { default: sparticuz, inflate } = await import('@sparticuz/chromium')
  await mkdir(dirname(home), { recursive: true })
  const draft = await mkdtemp(`${home}-`)
  const { TMPDIR } = process.env
  try {
    // The package unpacks into the temporary folder, and would use the files of another version or user there.
    process.env['TMPDIR'] = draft
    await sparticuz.executablePath()
    await inflate(join(root, 'bin/al2023.tar.br'))
    const fonts = join(draft, 'fonts/fonts.conf')
    await writeFile(fonts, (await readFile(fonts, 'utf8')).replaceAll('/tmp/', `${home}/`))
    await rename(draft, home).catch((error: unknown) => {
      if (!existsSync(home)) throw error
    })
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
    await rm(draft, { recursive: true, force: true })
  }
}
