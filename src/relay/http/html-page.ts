import { createHash } from 'node:crypto'
import { fieldNameOf, isFieldName } from '../../fields/fields.ts'
import { findFieldDefinition, type FormDefinition } from '../../form/definition.ts'
import { htmlFormRu } from '../../i18n/ru/relay.ts'
import { ru } from '../../i18n/ru/ru.ts'
import { fieldText } from '../../i18n/texts.ts'
import type { FieldIssue } from '../../lead/issue.ts'
import { formatIssueMessage, type LeadAnswer } from '../leads/lead-state.ts'
const style =
  'body{margin:0;padding:2rem 1rem;background:#f1f5f3;color:#17211d;font:1rem/1.5 system-ui,sans-serif}main{max-width:34rem;margin:auto;padding:2rem;border-radius:1rem;background:#fff}h1{margin-top:0;font-size:1.6rem;line-height:1.2}'
const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`

/** The page that answers a plain form: how the lead stands, or what to correct. */
export function renderResultPage(answer: LeadAnswer, status: number, definition: FormDefinition): Response {
  const { outcome, issues = [] } = answer
  if (outcome !== 'invalid') {
    const { title, text } = ru.results[outcome]
    return renderPage(status, title, `<p>${escapeHtml(text)}</p>`)
  }
  const items = issues
    .map((issue) => `<li>${escapeHtml(formatLabelledIssue(issue, definition))}</li>`)
    .join('')
  return renderPage(status, htmlFormRu.correct, `<ul>${items}</ul><p>${escapeHtml(htmlFormRu.back)}</p>`)
}

/** The page for a form that could not be taken at all. */
export function renderFailurePage(status: number): Response {
  return renderPage(status, htmlFormRu.failed, `<p>${escapeHtml(htmlFormRu.again)}</p>`)
}

function formatLabelledIssue(issue: FieldIssue, definition: FormDefinition): string {
  const name = fieldNameOf(issue.field)
  const label =
    findFieldDefinition(definition, name)?.label ??
    (isFieldName(name) ? fieldText(name, ru).label : undefined)
  return label === undefined ? formatIssueMessage(issue) : `${label}: ${formatIssueMessage(issue)}`
}

function renderPage(status: number, title: string, body: string): Response {
  const html = `<!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style><main><h1>${escapeHtml(title)}</h1>${body}</main></html>`
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  })
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
