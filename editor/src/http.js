// Same-origin JSON requests with the CSRF token of the page.
const place = () => document.querySelector('meta[name="csrf-token"]')

export function request(url, body, options = {}) {
  const headers = { Accept: 'application/json' }
  if (body === undefined) return fetch(url, { headers, credentials: 'same-origin', ...options })
  return send(url, JSON.stringify(body), options)
}

/** Who signed in again in another tab has a new token; the refusal brings it along, and the request goes out once more. */
async function send(url, body, options, isAgain = false) {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json', 'X-CSRFToken': place()?.content ?? '' }
  const answer = await fetch(url, { method: 'POST', headers, body, credentials: 'same-origin', ...options })
  if (answer.status !== 403 || isAgain) return answer
  const token = (await answer.clone().json().catch(() => ({}))).csrf_token
  if (!token || !place()) return answer
  place().content = token
  return send(url, body, options, true)
}
