import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Clock } from 'pg-boss'
import {
  boolean,
  integer,
  minValue,
  number,
  object,
  optional,
  pipe,
  record,
  safeParse,
  string,
  union,
  unknown,
} from 'valibot'
import { parseJson } from '../../../../providers/core/json.ts'
import type { CampaignSettings } from '../../../campaigns/campaign-settings.ts'
import type { RelayConfig } from '../../../config/config.ts'
import { findUnawareLooks } from './unaware-looks.ts'
import { looksSchema } from '../../../config/definitions/check-looks.ts'
import { takeSavable } from '../../../config/definitions/parse-saved-form.ts'
import type { FormChange, SavedForms, VersionResult } from '../../../config/definitions/saved-forms.ts'
import { errorResponse, uncachedJson } from '../../responses.ts'
import type { AdminHonoEnv } from '../session/access.ts'
import type { CheckAnswer, FormList, FormVersionDetails, SaveAnswer } from './form-answers.ts'
import {
  formatFormDetails,
  formatFormLine,
  formatLooks,
  formatVersionLine,
  withConfigured,
} from './form-answer.ts'
import { previewDefinition } from './preview-definition.ts'

/** What the routes of the form builder depend on. */
export interface FormEditingDeps {
  readonly config: RelayConfig
  readonly savedForms: SavedForms
  readonly campaigns: Pick<CampaignSettings, 'contextFor'>
  readonly clock: Clock
}

/** Logos may be part of a definition. */
const maxBodyBytes = 2 * 1024 * 1024

const versionNumber = pipe(number(), integer(), minValue(0))
const definitionSchema = record(string(), unknown())
const contentSchema = object({
  definition: definitionSchema,
  looks: optional(looksSchema),
  servesLooks: optional(boolean()),
})
const saveSchema = object({ base: versionNumber, ...contentSchema.entries })
const previewSchema = object({
  definition: definitionSchema,
  values: optional(record(string(), union([string(), number(), boolean()])), {}),
})
const restoreSchema = object({ base: versionNumber, number: versionNumber })
const withdrawSchema = object({ base: versionNumber })

/** Routes by which forms are built: what is served, its versions, and changes where the configuration permits them. */
export function formEditingRoutes({
  config,
  savedForms,
  campaigns,
  clock,
}: FormEditingDeps): Hono<AdminHonoEnv> {
  const routes = new Hono<AdminHonoEnv>()
  const canEdit = config.console.edit
  const limit = bodyLimit({
    maxSize: maxBodyBytes,
    onError: () => errorResponse('too-large', `A definition has at most ${maxBodyBytes} bytes.`),
  })

  routes.use('/admin/forms/:form/*', async ({ req }, next) => {
    if (!savedForms.results.has(req.param('form')))
      return errorResponse('unknown-form', 'The configuration has no form of this name.')
    await next()
    return undefined
  })

  routes.get('/admin/forms', () =>
    uncachedJson({
      forms: [...savedForms.results].map(([form, result]) => formatFormLine(form, result, savedForms)),
      canEdit,
    } satisfies FormList),
  )

  routes.get('/admin/forms/:form', async ({ req }) => {
    const form = req.param('form')
    const result = savedForms.results.get(form) ?? { problems: [] }
    return uncachedJson(await formatFormDetails(form, result, savedForms, canEdit))
  })

  routes.get('/admin/forms/:form/versions/:number', async ({ req }) => {
    const { form, number: sought } = req.param()
    const version = /^\d{1,9}$/.test(sought) ? await savedForms.version(form, Number(sought)) : undefined
    if (!version) return errorResponse('not-found', 'The form has no version of this number.')
    const { content } = version
    const own = savedForms.configured(form)?.definition ?? {}
    return uncachedJson({
      version: formatVersionLine(version, savedForms.servedVersion(form)),
      ...(content ? { definition: withConfigured(content.definition, own) } : {}),
      ...formatLooks(version),
    } satisfies FormVersionDetails)
  })

  routes.post('/admin/forms/:form', limit, async (context) => {
    if (!canEdit) return notEditable()
    const parsed = safeParse(saveSchema, parseJson(await context.req.text()))
    if (!parsed.success)
      return errorResponse('parameter', 'Expected JSON: { "base", "definition", "looks"?, "servesLooks"? }.')
    const { base, definition, looks } = parsed.output
    const unaware = findUnawareLooks(parsed.output)
    if (unaware.length > 0) return problemsResponse(unaware)
    const savable = takeSavable(definition, configuredForm(context))
    if ('problems' in savable) return problemsResponse(savable.problems)
    return answerSave(
      await savedForms.save(describeChange(context, base), { ...savable, ...(looks ? { looks } : {}) }),
    )
  })

  routes.post('/admin/forms/:form/check', limit, async (context) => {
    const parsed = safeParse(contentSchema, parseJson(await context.req.text()))
    if (!parsed.success)
      return errorResponse('parameter', 'Expected JSON: { "definition", "looks"?, "servesLooks"? }.')
    const { definition, looks } = parsed.output
    const savable = takeSavable(definition, configuredForm(context))
    const problems =
      'problems' in savable
        ? savable.problems
        : await savedForms.findProblems(context.req.param('form'), { ...savable, looks })
    return uncachedJson({
      problems: [...findUnawareLooks(parsed.output), ...problems],
    } satisfies CheckAnswer)
  })

  routes.post('/admin/forms/:form/preview', limit, async (context) => {
    const parsed = safeParse(previewSchema, parseJson(await context.req.text()))
    if (!parsed.success) return errorResponse('parameter', 'Expected JSON: { "definition", "values" }.')
    const savable = takeSavable(parsed.output.definition, configuredForm(context))
    const result =
      'problems' in savable ? savable : await savedForms.parse(context.req.param('form'), savable)
    if ('problems' in result) return problemsResponse(result.problems)
    const now = new Date(clock.now())
    const preview = previewDefinition(result.form, parsed.output.values, campaigns, now)
    return 'problem' in preview ? errorResponse('parameter', preview.problem) : uncachedJson(preview.answer)
  })

  routes.post('/admin/forms/:form/restore', limit, async (context) => {
    if (!canEdit) return notEditable()
    const parsed = safeParse(restoreSchema, parseJson(await context.req.text()))
    if (!parsed.success) return errorResponse('parameter', 'Expected JSON: { "base", "number" }.')
    const { base, number: restored } = parsed.output
    return answerSave(await savedForms.restore(describeChange(context, base), restored))
  })

  routes.post('/admin/forms/:form/withdraw', limit, async (context) => {
    // Saved versions go on being served where nothing is saved any more, so that there has to be a way back.
    const parsed = safeParse(withdrawSchema, parseJson(await context.req.text()))
    if (!parsed.success) return errorResponse('parameter', 'Expected JSON: { "base" }.')
    return answerSave(await savedForms.withdraw(describeChange(context, parsed.output.base)))
  })

  return routes

  function configuredForm({ req }: Context<AdminHonoEnv>) {
    const form = req.param('form') ?? ''
    return savedForms.configured(form) ?? { id: form, entry: {} }
  }
}

function describeChange(context: Context<AdminHonoEnv>, base: number): FormChange {
  return { form: context.req.param('form') ?? '', base, user: context.get('user').name }
}

function answerSave(result: VersionResult): Response {
  if ('number' in result) return uncachedJson(result satisfies SaveAnswer)
  if ('problems' in result) return problemsResponse(result.problems)
  const { conflict } = result
  return errorResponse(
    'form-changed',
    conflict
      ? `Nothing was saved: ${conflict.savedBy} has saved version ${conflict.number} since you opened the form. Look at it, and save yours again if it should replace it.`
      : 'Nothing was saved: the form has no version of the number that "base" names.',
  )
}

function problemsResponse(problems: readonly string[]): Response {
  return uncachedJson(
    { error: { code: 'form-problems', message: `Nothing was saved: ${problems.join('; ')}` }, problems },
    422,
  )
}

function notEditable(): Response {
  return errorResponse(
    'not-editable',
    'Forms are not saved here: the configuration permits it with "console": { "edit": true }.',
  )
}
