// The editor tells how many words the section has.
document.addEventListener('editor:change', (event) => {
  const counter = document.querySelector('[data-word-count]')
  if (counter) counter.textContent = event.detail.words.toLocaleString('id-ID')
})
