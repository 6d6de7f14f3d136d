// Notices: the first one that must be read takes the focus; refusals of htmx requests land in the notices area.
function focusNotice(root) {
  const notice = root.querySelector('[data-flash="error"]') ?? root.querySelector('.is-invalid')
  if (notice && !root.querySelector('[autofocus]')) notice.focus()
}

function sayOffline() {
  const area = document.getElementById('notices')
  if (!area) return
  const notice = document.createElement('div')
  notice.className = 'alert alert-danger'
  notice.setAttribute('role', 'alert')
  notice.textContent = 'Server tidak dapat dihubungi. Periksa jaringan, lalu coba lagi.'
  area.replaceChildren(notice)
}

document.addEventListener('htmx:beforeSwap', (event) => {
  // Only our own refusals name a target; an answer of a proxy in between never replaces a part of the page.
  if (event.detail.xhr.getResponseHeader('HX-Retarget')) event.detail.shouldSwap = true
})
document.addEventListener('htmx:afterSwap', (event) => focusNotice(event.detail.target))
document.addEventListener('htmx:sendError', sayOffline)

focusNotice(document)
