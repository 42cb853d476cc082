import { findTabStops } from '../../ui/focus/tab-stops.ts'

/** What scripts of pages take for their own: hotkeys, masks, copy protection, focus traps, submissions by script. */
const contained =
  'beforeinput input change submit copy cut paste selectstart contextmenu dragstart focusin focusout'
const presses = 'pointerdown mousedown touchstart touchmove touchend touchcancel'

const focusable = 'input,textarea,select,button,a,summary'

/**
 * Keeps events inside a form. A script of the page, which sees no more of a form than its host, takes typing for
 * hotkeys, presses for a drag of its slider, and the focus for one that has left its dialog. What the page needs goes
 * out: Escape and Tab at the ends of the form, for its dialogs; clicks, for its menus; the wheel and presses beside the
 * controls, for its scrolling. Listeners that capture come first, so nothing keeps events from them.
 */
export function containEvents(root: HTMLElement | ShadowRoot): void {
  let pressed: EventTarget | undefined
  let escaping = false
  const contain = (types: string, isOwn: (target: Element, event: Event) => unknown): void => {
    for (const type of types.split(' ')) {
      root.addEventListener(
        type,
        (event) => {
          if (event.target instanceof Element && isOwn(event.target, event)) event.stopPropagation()
        },
        { passive: true },
      )
    }
  }
  contain(contained, () => true)
  contain('keydown keypress keyup', (target, event) => {
    // The key that autofill presses has no name.
    if (!(event instanceof KeyboardEvent)) return true
    const { type, key, shiftKey } = event
    if (key === 'Tab') return !isAtEnd(root, target, shiftKey)
    if (key !== 'Escape') return true
    // A list that closes on Escape keeps the key to itself, so the page must not see its release either.
    const goesOut = type === 'keydown' || escaping
    escaping = type === 'keydown'
    return !goesOut
  })
  contain(presses, (target) => {
    pressed = target.closest(`${focusable},label,[role=listbox]`) ? target : undefined
    return pressed
  })
  // A drag of the page's own may end over the form.
  contain('pointerup mouseup', (target) => target === pressed)
  // These scroll themselves.
  contain('wheel', (target) => target.closest('textarea,[role=listbox]'))
}

/** Whether nothing in the form comes after an element in the Tab order, or before it. */
function isAtEnd(root: ParentNode, element: Element, backwards: boolean): boolean {
  const side = backwards ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING
  return !findTabStops(root).some((other) => element.compareDocumentPosition(other) & side)
}
