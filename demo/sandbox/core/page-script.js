// Updates the page: fetches it every second and replaces what has changed, so that only the server renders.

const log = document.querySelector('#log')
const connection = document.querySelector('#connection')
const clear = document.querySelector('#clear')

async function refresh() {
  const response = await fetch('../', { cache: 'no-store' })
  if (!response.ok) throw new Error(`status ${response.status}`)
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')

  const requests = [...fresh.querySelectorAll('#log > *')]
  for (const shown of log.querySelectorAll(':scope > *')) {
    if (!fresh.getElementById(shown.id)) shown.remove()
  }
  let previous = null
  for (const request of requests) {
    const shown = document.getElementById(request.id)
    if (shown && shown.dataset.answered === request.dataset.answered) {
      previous = shown
      continue
    }
    shown?.remove()
    const adopted = document.adoptNode(request)
    if (previous) previous.after(adopted)
    else log.prepend(adopted)
    previous = adopted
  }

  const modes = document.querySelector('#modes')
  const freshModes = fresh.querySelector('#modes')
  if (modes.innerHTML !== freshModes.innerHTML) {
    const focused = modes.contains(document.activeElement) ? document.activeElement : null
    const times = modes.elements.times.value
    modes.replaceWith(document.adoptNode(freshModes))
    freshModes.elements.times.value = times
    if (focused)
      freshModes.querySelector(`[name="${focused.name}"][value="${focused.value}"], select`).focus()
  }
}

async function poll() {
  if (!document.hidden) {
    try {
      await refresh()
      connection.textContent = ''
    } catch {
      connection.textContent = 'Песочница не отвечает, страница не обновляется.'
    }
  }
  setTimeout(poll, 1000)
}

async function clearLog() {
  clear.disabled = true
  try {
    await fetch('received', { method: 'DELETE' })
    await refresh()
  } catch {
    connection.textContent = 'Не удалось очистить: песочница не отвечает.'
  } finally {
    clear.disabled = false
  }
}

clear.hidden = false
clear.addEventListener('click', () => void clearLog())

void poll()
