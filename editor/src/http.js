// Same-origin JSON requests with the CSRF token of the page.
const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? ''

export function request(url, body, options = {}) {
  const headers = { Accept: 'application/json' }
  if (body === undefined) return fetch(url, { headers, credentials: 'same-origin', ...options })
  headers['Content-Type'] = 'application/json'
  headers['X-CSRFToken'] = token()
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'same-origin', ...options })
}
