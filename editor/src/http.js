// Same-origin JSON requests with the CSRF token of the page.
const TIMEOUT = 15000
const meta = () => document.querySelector('meta[name="csrf-token"]')

export const renewToken = (token) => { meta().content = token }

/** `body` is an object, or JSON that is ready. */
export function request(url, body, options = {}) {
  const headers = { Accept: 'application/json' }
  const common = { credentials: 'same-origin', ...(options.keepalive ? {} : { signal: AbortSignal.timeout(TIMEOUT) }), ...options }
  if (body === undefined) return fetch(url, { headers, ...common })
  headers['Content-Type'] = 'application/json'
  headers['X-CSRFToken'] = meta()?.content ?? ''
  return fetch(url, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body), ...common })
}
