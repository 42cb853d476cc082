/** The globals of a page, where counters leave their functions and lists. */
export type PageGlobals = Record<string, unknown>

/** Parameters of a goal. Never personal. */
export type GoalParameters = Readonly<Record<string, unknown>>

/**
 * Sends a goal to a counter; false while the counter has not loaded. Calls `onSent` once the goal has left, where the
 * counter reports that.
 */
export type AnalyticsTarget = (goal: string, parameters: GoalParameters, onSent?: () => void) => boolean

/** Which counters receive goals. */
export interface AnalyticsOptions {
  /** Numbers of Yandex Metrika counters. */
  readonly metrika?: number | string | readonly (number | string)[] | undefined
  /** `true` for `window.dataLayer`, or the name of another list. */
  readonly dataLayer?: boolean | string | undefined
  /** A VK pixel (`VK-RTRG-…`) or the number of a Top.Mail.Ru counter. */
  readonly vk?: string | number | undefined
  /** Begins the name of every goal; `loan_form_` by default. */
  readonly goalPrefix?: string | undefined
  /** The form's id and the page's variant of it, which every goal has as parameters. */
  readonly form: string
  readonly variant?: string | undefined
}

/** Creates a target for every counter of a page. */
export function createTargets(
  { metrika, dataLayer, vk }: Pick<AnalyticsOptions, 'metrika' | 'dataLayer' | 'vk'>,
  globals: PageGlobals,
): readonly AnalyticsTarget[] {
  const counters = metrika === undefined ? [] : [metrika].flat()
  return [
    ...counters.map((id) => metrikaTarget(Number(id), globals)),
    ...(dataLayer ? [dataLayerTarget(dataLayer === true ? 'dataLayer' : dataLayer, globals)] : []),
    ...(vk === undefined || vk === '' ? [] : [vkTarget(String(vk), globals)]),
  ]
}

/** https://yandex.ru/support/metrica/objects/reachgoal.html */
function metrikaTarget(id: number, globals: PageGlobals): AnalyticsTarget {
  return (goal, parameters, onSent) => {
    const { ym } = globals
    if (typeof ym !== 'function') return false
    ym(id, 'reachGoal', goal, parameters, ...(onSent ? [onSent] : []))
    return true
  }
}

/** https://developers.google.com/tag-platform/tag-manager/datalayer */
function dataLayerTarget(name: string, globals: PageGlobals): AnalyticsTarget {
  return (goal, parameters) => pushToList(globals, name, { event: goal, ...parameters })
}

function vkTarget(id: string, globals: PageGlobals): AnalyticsTarget {
  if (!/^VK-/i.test(id)) {
    // https://top.mail.ru/help/ru/code/goals
    return (goal) => pushToList(globals, '_tmr', { type: 'reachGoal', id, goal })
  }
  return (goal) => {
    const { Retargeting }: { readonly Retargeting?: { Event?(goal: string): void } } = Object(globals['VK'])
    if (typeof Retargeting?.Event !== 'function') return false
    Retargeting.Event(goal)
    return true
  }
}

function pushToList(globals: PageGlobals, name: string, entry: object): boolean {
  const list = (globals[name] ??= [])
  // A counter that has loaded may have replaced the list by an object with its own `push`.
  const { push: add }: { push?: (entry: object) => void } = Object(list)
  if (typeof add !== 'function') return false
  add.call(list, entry)
  return true
}
