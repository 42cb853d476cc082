// Writes the generated parts of the documentation: the lists of options, the tables of architecture.md, providers.md,
// relay.md and definition.md, the texts in docs/messages. Run by `npm run docs`.
import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createAnswerTables } from './docs/answer-tables.ts'
import { createAfterReference, createDefinitionReference } from './docs/definition-reference.ts'
import { createLayerTable } from './docs/layer-table.ts'
import { replaceGenerated } from './docs/markdown.ts'
import { createMessageFiles } from './docs/message-files.ts'
import { renderOptionsPage } from './docs/options-page.ts'
import { createPresetReference } from './docs/preset-reference.ts'
import { createProviderOptionTables } from './docs/provider-options.ts'
import { createProviderTables } from './docs/provider-tables.ts'
import { createRelayReference } from './docs/relay-reference.ts'

const docs = new URL('../docs/', import.meta.url)

await rewrite('architecture.md', 'rules', createLayerTable())
await rewrite('providers.md', 'options', createProviderOptionTables())
await rewrite('providers.md', 'parameters', createProviderTables())
await rewrite('provider-answers.md', 'answers', await createAnswerTables())
await rewrite('relay.md', 'relay', createRelayReference())
await rewrite('definition.md', 'keys', createDefinitionReference())
await rewrite('after-the-outcome.md', 'after', createAfterReference())
await rewrite('definition.md', 'preset', createPresetReference())
await writeFile(new URL('options.md', docs), renderOptionsPage())
for (const [name, content] of createMessageFiles())
  await writeFile(new URL(`messages/${name}`, docs), content)

// JSON in code blocks is laid out by the formatter.
const formatter = fileURLToPath(new URL('../node_modules/oxfmt/bin/oxfmt', import.meta.url))
execFileSync(process.execPath, [formatter, fileURLToPath(docs)], { stdio: 'ignore' })

async function rewrite(name: string, kind: string, parts: ReadonlyMap<string, string>): Promise<void> {
  const file = new URL(name, docs)
  await writeFile(file, replaceGenerated(await readFile(file, 'utf8'), kind, parts))
}
