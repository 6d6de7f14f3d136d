// htmx requests carry the token of the page; the cookie itself is HttpOnly.
document.addEventListener('htmx:configRequest', (event) => {
  event.detail.headers['X-CSRFToken'] = document.querySelector('meta[name="csrf-token"]').content
})
