// The status line knows four states and says "saved" only after the server's answer.
const line = () => document.getElementById('editor-status')
const notice = () => document.getElementById('editor-notice')

function show(state, text) {
  if (line().textContent === text && line().dataset.state === state) return
  line().dataset.state = state
  line().textContent = text
}

export const status = {
  saved: (version, when, who) => show('saved', `Tersimpan ${when} oleh ${who} · versi ${version}`),
  empty: (version) => show('saved', `Belum ada perubahan · versi ${version}`),
  saving: () => show('saving', 'Menyimpan…'),
  local: (count) => show('local', `Belum terkirim, disimpan di perangkat ini (${count} perubahan)`),
  attention: (text) => show('attention', `Perlu perhatian: ${text}`),
}

/** One passing sentence; the next saved change takes it away. */
export function announce(text) {
  notice().hidden = !text
  notice().textContent = text ?? ''
}

function part(name, properties) {
  return Object.assign(document.createElement(name), properties)
}

/** Stays until the person closes it or the cause is gone; one for each `key`. */
export function banner(key, { text, href = '', link = '', act = '', run = null, grave = false }) {
  clearBanner(key)
  const box = part('div', { className: `editor-banner${grave ? ' grave' : ''}` })
  box.dataset.banner = key
  box.append(part('p', { textContent: text }))
  if (href) box.append(part('a', { href, textContent: link }))
  if (run) {
    const button = part('button', { type: 'button', className: 'act', textContent: act })
    button.addEventListener('click', run)
    box.append(button)
  }
  const close = part('button', { type: 'button', textContent: '×', title: 'Tutup' })
  close.setAttribute('aria-label', 'Tutup pemberitahuan')
  close.addEventListener('click', () => box.remove())
  box.append(close)
  document.getElementById('editor-banners').append(box)
}

export function clearBanner(key) {
  document.querySelector(`[data-banner="${key}"]`)?.remove()
}

/** As the server tells time: in the zone of the person's region, wherever the machine thinks it stands. */
const { zone: timeZone } = document.documentElement.dataset
export const clock = (at = new Date()) => at.toLocaleTimeString('id-ID', { hour: '2-digit', minute: '2-digit', timeZone })
export const day = (at) => at.toLocaleDateString('id-ID', { dateStyle: 'long', timeZone })
