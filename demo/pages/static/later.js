// As page builders add the blocks further down once a person comes near them.
setTimeout(() => {
  document.querySelector('#lazy').append(document.querySelector('#block').content.cloneNode(true))
}, 500)
