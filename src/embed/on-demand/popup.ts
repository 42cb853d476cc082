import { type ReadonlySignal, signal } from '@preact/signals-core'
import type { FormTexts } from '../../i18n/texts.ts'
import type { FormModel } from '../../state/form-model.ts'
import css from '../../themes/on-demand/popup.css?inline'
import { findTabStops } from '../../ui/focus/tab-stops.ts'
import { report } from '../options/report.ts'
import { adoptStyles } from '../appearance/styles.ts'

/** A form that is shown, as what is around it sees it. */
export interface FormInPage {
  readonly model: FormModel
  readonly root: HTMLElement | ShadowRoot
  readonly texts: Pick<FormTexts, 'close'>
}

/** The dialog that a form opens in. */
export interface Popup {
  /** The element that holds the form. */
  readonly home: HTMLElement
  readonly isOpen: ReadonlySignal<boolean>
  close(): void
  /** Removes the dialog from the page. */
  remove(): void
}

/** Any page may link to its form. */
const linkHash = '#anketa'

/** Pixels that a pointer moves in a press at most. Beyond them something was dragged, such as a slide. */
const pressRadius = 10

/** The popup of the page that is open: a second one would lock it out. */
let current: HTMLElement | undefined

const linkSelector = `a[href="${linkHash}"]`

/**
 * Creates a dialog for the form of an element. It opens when an element of `selector` or a link to `#anketa` of this page is
 * pressed, and when the page's address ends in `#anketa`, from the start or later.
 */
export function createPopup(
  container: HTMLElement,
  shown: ReadonlySignal<FormInPage | undefined>,
  selector: string | true,
  file: string | undefined,
): Popup {
  const openers = selector === true ? linkSelector : `${checkSelector(selector)}, ${linkSelector}`
  const isOpen = signal(false)
  const home = document.createElement('div')
  home.className = 'anketa-popup'
  const root = home.attachShadow({ mode: 'open' })
  const dialog = createElement('div', 'anketa-dialog', 'dialog')
  dialog.setAttribute('role', 'dialog')
  dialog.setAttribute('aria-modal', 'true')
  dialog.hidden = true
  const sheet = createElement('div', 'anketa-sheet', 'sheet')
  const button = createElement('button', 'anketa-close', 'button button-close')
  button.type = 'button'
  button.dataset['action'] = 'close'
  button.textContent = '×'
  sheet.append(button, document.createElement('slot'))
  dialog.append(sheet)
  root.append(dialog)
  container.append(home)
  const removeStyles = adoptStyles({ root, host: home, inPage: false, file }, css)

  let opener: Element | undefined
  let release: (() => void) | undefined
  let pressedAt: PointerEvent | undefined

  const formRoot = (): ParentNode => shown.peek()?.root ?? home

  function open(by?: Element): void {
    if (current) return
    opener = by ?? document.activeElement ?? undefined
    const form = formRoot().querySelector('section')
    dialog.setAttribute('aria-label', form?.getAttribute('aria-label') ?? '')
    button.setAttribute('aria-label', shown.peek()?.texts.close ?? '')
    dialog.hidden = false
    if (dialog.getClientRects().length === 0) {
      dialog.hidden = true
      return report('the popup is inside a hidden element', container)
    }
    current = home
    const freeScroll = lockScroll()
    const freeRest = hideRest(home)
    document.addEventListener('focusin', keepFocus)
    // A press beside the form leaves the focus nowhere.
    document.addEventListener('keydown', onKey)
    release = () => {
      document.removeEventListener('focusin', keepFocus)
      document.removeEventListener('keydown', onKey)
      freeRest()
      freeScroll()
    }
    isOpen.value = true
    focusStart()
  }

  function close(): void {
    if (!isOpen.peek()) return
    current = undefined
    dialog.hidden = true
    release?.()
    release = undefined
    isOpen.value = false
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
  }

  function focusStart(): void {
    const title = formRoot().querySelector('.anketa-title')
    if (title instanceof HTMLElement) title.focus()
    else button.focus()
  }

  /** A script of the page may move the focus out. */
  function keepFocus({ target }: FocusEvent): void {
    if (target instanceof Node && !home.contains(target)) focusStart()
  }

  /** Before the page's own listeners: scripts for smooth scrolling cancel every click on a link to a part of the page. */
  function onClick(event: MouseEvent): void {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
    // Keys and scripts press without a place.
    if (event.detail > 0 && distance(event, pressedAt) > pressRadius) return
    const by = event
      .composedPath()
      .find(
        (node): node is Element => node instanceof Element && (node.matches(openers) || leadsToForm(node)),
      )
    // Of several popups, the first one that knows the link opens.
    if (!by || !shown.peek()) return
    event.preventDefault()
    open(by)
  }

  function onPointerDown(event: PointerEvent): void {
    pressedAt = event
  }

  function onHashChange(): void {
    if (location.hash === linkHash && shown.peek()) open()
  }

  /** The form lets out Tab at its ends and Escape, unless a list has used it. */
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented) return
    if (event.key === 'Escape') close()
    else if (event.key !== 'Tab') return
    else {
      const isOnButton = root.activeElement === button
      if (isOnButton !== event.shiftKey) return
      const last = findTabStops(formRoot()).at(-1)
      // Back from the form's start, the button comes by itself.
      if (!isOnButton && event.composedPath()[0] !== last) return
      if (isOnButton) last?.focus()
      else button.focus()
    }
    event.preventDefault()
    event.stopPropagation()
  }

  button.addEventListener('click', close)
  home.addEventListener('keydown', onKey)
  addEventListener('pointerdown', onPointerDown, true)
  addEventListener('click', onClick, true)
  addEventListener('hashchange', onHashChange)
  let isFirst = true
  const stopOpening = shown.subscribe((form) => {
    if (!form || !isFirst) return
    // Another language or theme shows the form again, which may be closed by then.
    isFirst = false
    onHashChange()
  })
  return {
    home,
    isOpen,
    close,
    remove() {
      stopOpening()
      close()
      removeEventListener('pointerdown', onPointerDown, true)
      removeEventListener('click', onClick, true)
      removeEventListener('hashchange', onHashChange)
      removeStyles()
      home.remove()
    },
  }
}

function distance(to: MouseEvent, from = to): number {
  return Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY)
}

/** Whether an element is a link to `#anketa` whose address is written in full, as in the menus of content systems. */
function leadsToForm(element: Element): boolean {
  return element instanceof HTMLAnchorElement && element.href === location.href.replace(/#.*|$/, linkHash)
}

function checkSelector(selector: string): string {
  try {
    document.querySelector(selector)
    return selector
  } catch {
    report(`option "popup" (attribute data-popup): expected a selector such as #open, or nothing`)
    return linkSelector
  }
}

function createElement<Name extends 'div' | 'button'>(
  name: Name,
  className: string,
  part: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  element.className = className
  element.setAttribute('part', part)
  return element
}

/** Keeps the page behind the dialog from scrolling, and in its place. */
function lockScroll(): () => void {
  const { style, clientWidth } = document.documentElement
  const { overflow, paddingRight } = style
  const width = innerWidth - clientWidth
  if (width > 0) style.paddingRight = `${width}px`
  style.overflow = 'hidden'
  return () => Object.assign(style, { overflow, paddingRight })
}

/** Takes everything but an element out of the reach of keys and screen readers. */
function hideRest(element: Element): () => void {
  const hidden: Element[] = []
  for (let inner: Element | null = element; inner && inner !== document.body; inner = parentOf(inner)) {
    for (const other of inner.parentElement?.children ?? []) {
      if (other === inner || other.hasAttribute('inert') || /^(script|style|link)$/.test(other.localName))
        continue
      other.setAttribute('inert', '')
      hidden.push(other)
    }
  }
  return () => {
    for (const other of hidden) other.removeAttribute('inert')
  }
}

function parentOf(element: Element): Element | null {
  const root = element.getRootNode()
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
}
