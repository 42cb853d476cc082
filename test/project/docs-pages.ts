import { glob, readFile } from 'node:fs/promises'

/** A page of the documentation in Markdown. */
export interface DocsPage {
  /** From the project's root: `docs/relay.md`. */
  readonly path: string
  readonly text: string
}

/** A fenced block of code. */
export interface Snippet {
  /** `docs/relay.md:12`, for messages. */
  readonly at: string
  readonly path: string
  /** The first word behind the fence. */
  readonly language: string
  /** The second one: what the block holds, where the language does not tell. */
  readonly kind: string
  readonly code: string
}

/** Every page that people read: README and docs/. */
export async function loadDocsPages(): Promise<readonly DocsPage[]> {
  const paths = ['README.md', ...(await Array.fromAsync(glob('docs/{,destinations/}*.md')))].toSorted()
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, 'utf8') })))
}

/** The fenced blocks of a page, in order. Blocks inside lists are not understood. */
export function findSnippets({ path, text }: DocsPage): readonly Snippet[] {
  return Array.from(text.matchAll(/^```(\w*) ?(.*)\n([^]*?)^```$/gm), (match) => {
    const [, language = '', kind = '', code = ''] = match
    const line = text.slice(0, match.index).split('\n').length
    return { at: `${path}:${line}`, path, language, kind: kind.trim(), code }
  })
}

/** The text of a page outside of its fenced blocks. */
export function proseOf({ text }: DocsPage): string {
  return text.replace(/^```[^]*?^```$/gm, '')
}

/** The anchors of a page's headings, as GitHub makes them. */
export function findAnchors(page: DocsPage): ReadonlySet<string> {
  const seen = new Map<string, number>()
  const anchors = Array.from(proseOf(page).matchAll(/^#{1,6} (.+)$/gm), ([, heading = '']) => {
    const slug = heading
      .trim()
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
  return new Set(anchors)
}
