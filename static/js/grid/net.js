// Requests of the table. A session that ended or a lost network never loses a value: the request waits and is sent again.
export const data = JSON.parse(document.getElementById('grid-data').textContent)
const meta = document.querySelector('meta[name="csrf-token"]')
const dialog = document.getElementById('grid-login')
const RETRY = 3000

const pause = (ms) => new Promise((done) => setTimeout(done, ms))

export function address(path, query = true) {
  return `${data.base}${path}${query ? location.search : ''}`
}

async function send(url, options) {
  const headers = { Accept: 'application/json, text/html', 'X-CSRFToken': meta.content, ...options.headers }
  return fetch(url, { ...options, headers, credentials: 'same-origin' })
}

async function renew() {
  const answer = await fetch(data.session, { headers: { Accept: 'application/json' } })
  if (!answer.ok) return 'out'
  const now = await answer.json()
  if (now.user !== data.user) return 'other'
  meta.content = now.csrf
  return 'ours'
}

// Resolves when the same person is signed in again; what another person typed is never sent under this one's name.
async function signedIn() {
  if (!dialog.open) dialog.showModal()
  for (;;) {
    await pause(RETRY / 2)
    const state = await renew().catch(() => 'out')
    if (state === 'ours') break
    if (state === 'other') dialog.querySelector('p').textContent = 'Di peramban ini sekarang masuk orang lain. Masuklah kembali dengan akun Anda; isian belum dikirim.'
  }
  dialog.close()
}

/** What nobody waits for: a lost network or an ended session must not take the cell in which somebody types. */
export const ask = (url) => send(url, {}).catch(() => null)

// onWait(true) while the server cannot be reached.
export async function request(url, options = {}, onWait = () => {}) {
  let renewed = false
  for (;;) {
    let answer
    try {
      answer = await send(url, options)
    } catch {
      onWait(true)
      await pause(RETRY)
      continue
    }
    onWait(false)
    if (answer.status === 401) {
      await signedIn()
    } else if (answer.status === 403 && options.method === 'POST' && !renewed) {
      renewed = true // the token may be older than the latest sign-in
      if ((await renew()) !== 'ours') await signedIn()
    } else if (answer.status === 503) {
      onWait(true)
      await pause(RETRY)
    } else {
      return answer
    }
  }
}

export async function post(path, body, onWait) {
  const options = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
  const answer = await request(address(path), options, onWait)
  const found = await answer.json().catch(() => ({ detail: 'Jawaban server tidak dapat dibaca. Muat ulang halaman.' }))
  return { status: answer.status, ok: answer.ok, ...found }
}

dialog.addEventListener('click', (event) => {
  if (event.target.value === 'close') dialog.close()
})
