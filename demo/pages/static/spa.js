// A single-page application: its views are replaced, and the form moves to another place of the page on wide screens.
const view = document.querySelector('#view')
const aside = document.querySelector('#aside')
const showForm = () => view.replaceChildren(document.querySelector('#form-view').content.cloneNode(true))

document.querySelector('#to-form').addEventListener('click', () => {
  history.pushState(undefined, '', '#form')
  showForm()
})
document.querySelector('#to-about').addEventListener('click', () => {
  history.pushState(undefined, '', '#about')
  view.replaceChildren('О компании: вымышлена.')
})
document.querySelector('#move').addEventListener('click', () => {
  const [from, to] = view.firstElementChild ? [view, aside] : [aside, view]
  to.append(from.firstElementChild)
})
showForm()
