// Adds a block later, as page builders do when a person scrolls near it.
setTimeout(() => {
  document.querySelector('#lazy').append(document.querySelector('#block').content.cloneNode(true))
}, 500)
