import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import { fieldNameOf, isFieldName } from '../../../fields/fields.ts'
import { findFieldDefinition, type FormDefinition } from '../../../form/definition.ts'
import { htmlFormRu } from '../../../i18n/ru/relay.ts'
import { formatWaitRu } from '../../../i18n/ru/wait.ts'
import { resultsRu } from '../../../i18n/ru/results.ts'
import { ru } from '../../../i18n/ru/ru.ts'
import { fieldText } from '../../../i18n/find-text.ts'
import type { Lead } from '../../../lead/lead.ts'
import { renderEnding } from './html-ending.ts'
import type { FieldIssue } from '../../../lead/issue.ts'
import { formatIssueMessage, type LeadAnswer } from '../../leads/lead-state.ts'

const style =
  'body{margin:0;padding:2rem 1rem;background:#f1f5f3;color:#17211d;font:1rem/1.5 system-ui,sans-serif}main{max-width:34rem;margin:auto;padding:clamp(1.25rem,5vw,2rem);border-radius:1rem;background:#fff;overflow-wrap:anywhere}h1{margin-top:0;font-size:1.6rem;line-height:1.2}h2{font-size:1.15rem}h3{margin:0;font-size:1.05rem}ul.offers{display:grid;gap:.75rem;margin:0;padding:0;list-style:none}.offers>li{padding:1rem;border:1px solid #808d87;border-radius:.75rem}.offers img{display:block;width:56px;height:56px;margin-bottom:.5rem;object-fit:contain}dl{margin:.5rem 0}dd{margin:0;font-weight:600}a.button{display:block;margin:1rem 0 0;padding:.75rem 1.25rem;border:1px solid transparent;border-radius:.75rem;background:#0b6b4f;color:#fff;font-weight:600;text-align:center;text-decoration:none}a.button:focus-visible{outline:3px solid #0b6b4f;outline-offset:2px}.mark{margin:.75rem 0 0;color:#56635e;font-size:.8rem}.risks{padding:1rem;border-radius:.75rem;background:#f0f5f2;font-size:1.05rem;font-weight:600}'
const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`
// Outside the page's template: the formatter would put spaces into the element, and its hash would no longer match.
const styleElement = raw(`<style>${style}</style>`)

type Html = ReturnType<typeof html>

/** The page that answers an HTML form: the lead's outcome with what follows it, or the values to correct. */
export function renderResultPage(
  { outcome, issues = [] }: LeadAnswer,
  status: number,
  definition: FormDefinition,
  { id: leadId, attribution, page }: Pick<Lead, 'id' | 'attribution' | 'page'>,
): Promise<Response> {
  if (outcome !== 'invalid') {
    const own = resultsRu[definition.receiver ?? 'lender'][outcome]
    const ending = outcome === 'verification' ? undefined : definition.after?.[outcome]
    const { title = own.title, text = own.text } = ending ?? {}
    const following = ending && renderEnding(ending, { leadId, outcome, attribution, pageUrl: page.url })
    return renderPage(
      status,
      title,
      html`<p>${text}</p>
        ${following}`,
      ending?.offers?.some(({ logo }) => logo !== undefined),
    )
  }
  const items = issues.map((issue) => html`<li>${formatLabelledIssue(issue, definition)}</li>`)
  return renderPage(
    status,
    htmlFormRu.correct,
    html`<ul>
        ${items}
      </ul>
      <p>${htmlFormRu.back}</p>`,
  )
}

/** The page that answers an HTML form that was not taken, and after how many seconds it can be sent again, if that is known. */
export async function renderFailurePage(
  status: number,
  retryAfterSeconds: string | null = null,
): Promise<Response> {
  const text = status === 429 ? htmlFormRu.limited(formatWaitRu(Number(retryAfterSeconds))) : htmlFormRu.again
  const page = await renderPage(status, htmlFormRu.failed, html`<p>${text}</p>`)
  if (retryAfterSeconds !== null) page.headers.set('retry-after', retryAfterSeconds)
  return page
}

function formatLabelledIssue(issue: FieldIssue, definition: FormDefinition): string {
  const name = fieldNameOf(issue.field)
  const label =
    findFieldDefinition(definition, name)?.label ??
    (isFieldName(name) ? fieldText(name, ru).label : undefined)
  return label === undefined ? formatIssueMessage(issue) : `${label}: ${formatIssueMessage(issue)}`
}

async function renderPage(
  status: number,
  title: string,
  content: Html,
  hasImages = false,
): Promise<Response> {
  const page = await html`<!doctype html>
    <html lang="ru">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      <title>${title}</title>
      ${styleElement}
      <main>
        <h1>${title}</h1>
        ${content}
      </main>
    </html>`
  return new Response(page, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': hasImages
        ? `${contentSecurityPolicy}; img-src 'self'`
        : contentSecurityPolicy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  })
}
