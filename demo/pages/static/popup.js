document.querySelector('#open').addEventListener('click', () => document.querySelector('#popup').showModal())
