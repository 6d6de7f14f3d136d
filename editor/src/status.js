// The status line knows four states and says "saved" only after the server's answer.
const line = () => document.getElementById('editor-status')
const notice = () => document.getElementById('editor-notice')

function show(state, text) {
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

export function announce(text) {
  notice().hidden = !text
  notice().textContent = text ?? ''
}

export const clock = () => new Date().toLocaleTimeString('id-ID', { hour: '2-digit', minute: '2-digit' })
