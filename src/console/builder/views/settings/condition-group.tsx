import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../../../parts/icon.tsx'
import { useBuilder } from '../../builder-context.ts'
import {
  type ConditionGroup,
  type ConditionPart,
  createGroup,
  createRule,
  groupJoins,
  isConditionGroup,
} from '../../model/conditions.ts'
import {
  addPart,
  findNeighbor,
  findPart,
  movePart,
  removePart,
  replacePart,
} from '../../model/edit-conditions.ts'
import { SelectInput } from '../inputs.tsx'
import { ConditionRuleEditor } from './condition-rule.tsx'

interface EditorProps {
  /** The whole condition. */
  readonly top: ConditionGroup
  /** The numbers of the part from the top, `2.1`; empty for the top itself. */
  readonly path: string
  /** The fields that may be named. */
  readonly fields: readonly string[]
  /** Takes the whole condition, changed. */
  readonly onChange: (top: ConditionGroup) => void
}

/** Rules and groups that hold together. */
export function ConditionGroupEditor({
  top,
  group,
  path,
  fields,
  onChange,
}: EditorProps & { readonly group: ConditionGroup }) {
  const { texts: allTexts, announce, focusAfter } = useBuilder()
  const texts = allTexts.value.when
  const isTop = path === ''
  const name = isTop ? texts.top : texts.group(path)

  function add(part: ConditionPart): void {
    const place = `${isTop ? '' : `${path}.`}${group.parts.length + 1}`
    announce(allTexts.value.outline.added(nameOfPart(part, place)))
    // A group is there for its first rule.
    const [first] = isConditionGroup(part) ? part.parts : [part]
    focusAfter.value = { row: first?.id ?? part.id, action: 'field' }
    onChange(addPart(top, group, part))
  }

  function nameOfPart(part: ConditionPart, at: string): string {
    return isConditionGroup(part) ? texts.group(at) : texts.rule(at)
  }

  return (
    <div role="group" aria-label={name} class="condition-group">
      <div class="condition-head">
        <SelectInput
          label={texts.join}
          value={group.join}
          onChange={(value) => {
            const join = groupJoins.find((known) => known === value)
            if (join) onChange(replacePart(top, { ...group, join }))
          }}
        >
          {groupJoins.map((join) => (
            <option key={join} value={join}>
              {texts.joins[join]}
            </option>
          ))}
        </SelectInput>
        {!isTop && <PartTools top={top} part={group} name={name} onChange={onChange} />}
      </div>
      <ol class="condition-parts">
        {group.parts.map((part, index) => {
          const own = `${isTop ? '' : `${path}.`}${index + 1}`
          const shared = { top, path: own, fields, onChange }
          return (
            <li key={part.id}>
              {isConditionGroup(part) ? (
                <ConditionGroupEditor {...shared} group={part} />
              ) : (
                <ConditionRuleEditor
                  rule={part}
                  name={texts.rule(own)}
                  fields={fields}
                  onChange={(changed) => onChange(replacePart(top, changed))}
                >
                  <PartTools top={top} part={part} name={texts.rule(own)} onChange={onChange} />
                </ConditionRuleEditor>
              )}
            </li>
          )
        })}
      </ol>
      <div class="tools">
        <button
          type="button"
          class="button"
          aria-label={isTop ? undefined : texts.inGroup(texts.add, path)}
          onClick={() => add(createRule(fields[0] ?? 'amount'))}
        >
          {texts.add}
        </button>
        <button
          type="button"
          class="button"
          aria-label={isTop ? undefined : texts.inGroup(texts.addGroup, path)}
          onClick={() => add(createGroup('any', [createRule(fields[0] ?? 'amount')]))}
        >
          {texts.addGroup}
        </button>
      </div>
    </div>
  )
}

/** The buttons that move and remove a part, which keys do, too. */
function PartTools({
  top,
  part,
  name,
  onChange,
}: {
  readonly top: ConditionGroup
  readonly part: ConditionPart
  readonly name: string
  readonly onChange: (top: ConditionGroup) => void
}) {
  const { texts: allTexts, announce, focusAfter } = useBuilder()
  const texts = allTexts.value.outline
  const row = useRef<HTMLDivElement>(null)
  // In another group the buttons are created again, and the focus has to follow them.
  useLayoutEffect(() => {
    const { value: wanted } = focusAfter
    if (wanted?.row !== part.id || wanted.action === 'field') return
    focusAfter.value = undefined
    const button = row.current?.querySelector<HTMLButtonElement>(`[data-action='${wanted.action}']`)
    const target =
      button && !button.disabled ? button : row.current?.querySelector<HTMLButtonElement>(':enabled')
    target?.focus()
  })
  const moved = { up: movePart(top, part.id, 'up'), down: movePart(top, part.id, 'down') }

  function move(direction: 'up' | 'down', action: string): void {
    const { [direction]: changed } = moved
    if (!changed) return
    focusAfter.value = { row: part.id, action }
    announce(allTexts.value.when.moved(name, findPart(changed, part.id)?.path ?? ''))
    onChange(changed)
  }

  function remove(): void {
    const neighbor = findNeighbor(top, part.id)
    if (neighbor) focusAfter.value = { row: neighbor.id, action: 'remove' }
    announce(texts.removed(name))
    onChange(removePart(top, part.id))
  }

  function pressKey(event: KeyboardEvent, action: string): void {
    const direction = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : undefined
    if (event.altKey && direction) {
      event.preventDefault()
      move(direction, action)
    } else if (event.key === 'Delete') {
      event.preventDefault()
      remove()
    }
  }

  return (
    <div ref={row} class="condition-tools">
      {(['up', 'down'] as const).map((direction) => (
        <button
          key={direction}
          type="button"
          class="button outline-tool"
          data-kind="quiet"
          data-action={direction}
          aria-label={texts[direction](name)}
          title={texts[direction](name)}
          disabled={!moved[direction]}
          onClick={() => move(direction, direction)}
          onKeyDown={(event) => pressKey(event, direction)}
        >
          <Icon name={direction} />
        </button>
      ))}
      <button
        type="button"
        class="button outline-tool"
        data-kind="quiet"
        data-action="remove"
        aria-label={texts.remove(name)}
        title={texts.remove(name)}
        onClick={remove}
        onKeyDown={(event) => pressKey(event, 'remove')}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}
