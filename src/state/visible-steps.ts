import { computed, type ReadonlySignal } from '@preact/signals-core'
import type { FieldName, FieldValue } from '../fields/fields.ts'
import { type Condition, conditionFields, isConditionMet } from '../form/condition.ts'
import type { ResolvedDefinition, ResolvedStep } from '../form/expand-definition.ts'
import { collectValues, resolveSteps } from '../form/flow.ts'

/**
 * Creates the visible steps of a form. A condition is computed from the fields that it names, and the steps from the
 * conditions, so that a key in a field computes nothing unless a condition names this field. The list and each of its
 * steps are the same objects for as long as the same fields are visible.
 */
export function createVisibleSteps(
  definition: ResolvedDefinition,
  valueOf: (name: FieldName) => FieldValue | undefined,
): ReadonlySignal<readonly ResolvedStep[]> {
  const conditions = new Map<Condition, (visible?: ReadonlySet<FieldName>) => boolean>()
  for (const step of definition.steps) {
    for (const { when } of [step, ...step.fields]) {
      if (when) conditions.set(when, createCondition(when, valueOf))
    }
  }
  let steps: readonly ResolvedStep[] = []
  return computed(() => {
    const next = resolveSteps(
      definition,
      (visible) => (condition) => conditions.get(condition)?.(visible) ?? true,
    )
    steps = reuseSteps(steps, next)
    return steps
  })
}

/** Creates a condition, which is computed once for each set of its fields that are visible. */
function createCondition(
  condition: Condition,
  valueOf: (name: FieldName) => FieldValue | undefined,
): (visible?: ReadonlySet<FieldName>) => boolean {
  const names = conditionFields(condition)
  const results = new Map<string, ReadonlySignal<boolean>>()
  return (visible) => {
    const counted = visible ? names.filter((name) => visible.has(name)) : names
    const key = counted.join()
    const result =
      results.get(key) ?? computed(() => isConditionMet(condition, collectValues(counted, valueOf)))
    results.set(key, result)
    return result.value
  }
}

/** Replaces each step, and the list of them, by the former one if that has the same fields. */
function reuseSteps(before: readonly ResolvedStep[], next: readonly ResolvedStep[]): readonly ResolvedStep[] {
  const steps = next.map((step) => {
    const former = before.find(({ id }) => id === step.id)
    return former && isSameList(former.fields, step.fields) ? former : step
  })
  return isSameList(before, steps) ? before : steps
}

function isSameList<Item>(one: readonly Item[], other: readonly Item[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index])
}
