// A page that reloads itself says why afterwards, and never does so twice in a row.
const NOTE = 'editor-note'
const RELOADED = 'editor-reloaded'
const PAUSE = 30000

export const leaveNote = (text) => sessionStorage.setItem(NOTE, text)

export function takeNote() {
  const text = sessionStorage.getItem(NOTE)
  sessionStorage.removeItem(NOTE)
  return text
}

export function mayReload() {
  const last = Number(sessionStorage.getItem(RELOADED) ?? 0)
  sessionStorage.setItem(RELOADED, String(Date.now()))
  return Date.now() - last > PAUSE
}
