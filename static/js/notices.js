// Notices: the first one that must be read takes the focus; refusals of htmx requests land in the notices area.
function focusNotice(root) {
  const notice = root.querySelector('[data-flash="error"]') ?? root.querySelector('.is-invalid')
  if (notice && !root.querySelector('[autofocus]')) notice.focus()
}

function say(sentence) {
  const area = document.getElementById('notices')
  if (!area) return
  const notice = document.createElement('div')
  notice.className = 'alert alert-danger'
  notice.setAttribute('role', 'alert')
  notice.textContent = sentence
  area.replaceChildren(notice)
}

document.addEventListener('htmx:beforeSwap', (event) => {
  // Only our own refusals name a target; an answer of a proxy in between never replaces a part of the page.
  if (event.detail.xhr.getResponseHeader('HX-Retarget')) event.detail.shouldSwap = true
})
document.addEventListener('htmx:afterSwap', (event) => focusNotice(event.detail.target))
document.addEventListener('htmx:sendError', () => say('Server tidak dapat dihubungi. Periksa jaringan, lalu coba lagi.'))
document.addEventListener('htmx:responseError', (event) => {
  if (event.detail.xhr.status === 401) say('Sesi Anda berakhir. Isian di halaman ini tetap ada; masuk lagi di tab lain, lalu lanjutkan.')
})

focusNotice(document)
