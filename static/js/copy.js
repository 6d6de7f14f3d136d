// <button data-copy-from="id" hidden>: copies that element's text, with its formats where the browser can; says so in [data-copied].
async function copy(element) {
  const plain = new Blob([element.innerText], { type: 'text/plain' })
  const html = new Blob([element.innerHTML], { type: 'text/html' })
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': plain, 'text/html': html })])
    return true
  } catch {
    return copySelection(element)
  }
}

/** Without the clipboard API (plain http, older browsers): select and let the browser copy. */
function copySelection(element) {
  const selection = getSelection()
  const range = document.createRange()
  range.selectNodeContents(element)
  selection.removeAllRanges()
  selection.addRange(range)
  return document.execCommand('copy')
}

for (const button of document.querySelectorAll('[data-copy-from]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const done = await copy(document.getElementById(button.dataset.copyFrom))
    const notice = document.querySelector('[data-copied]')
    if (notice) notice.textContent = done ? 'Tersalin. Tempel di bagian yang sesuai.' : 'Peramban menolak menyalin. Pilih teksnya, lalu tekan Ctrl+C.'
  })
}
