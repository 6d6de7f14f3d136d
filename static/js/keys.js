// One letter presses what carries it as data-key, while nobody types and no other key is held.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable]')) return
  const wanted = [...document.querySelectorAll('[data-key]')].find((each) => each.dataset.key === event.key)
  if (!wanted || document.querySelector('dialog[open]')) return
  event.preventDefault()
  wanted.click()
})
