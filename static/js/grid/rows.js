// What happens to whole rows: copy, move, into the bin and back.
import { body, isDraft, parseRow, renumber, rowByPk } from './cells.js'
import { data, post } from './net.js'
import { announce, began, ended, toast, waits } from './say.js'
import { remember, settled } from './saves.js'
import { refreshTotals } from './totals.js'

const nameOfRow = (row) => `${row.querySelector('.code')?.textContent.trim() ?? ''} ${row.querySelector('.main')?.textContent.trim() ?? ''}`.trim()

// Waits for the row's own saves first: they change the version.
async function ask(row, path, content) {
  await settled(row.dataset.pk)
  began()
  const answer = await post(path, content(), waits)
  ended()
  if (!answer.ok) {
    toast(`${answer.detail} ${answer.next_step ?? ''}`)
    announce(answer.detail)
  }
  return answer
}

function place(answer, before) {
  const row = parseRow(answer.row)
  body.insertBefore(row, before)
  renumber()
  refreshTotals()
  return row
}

export async function copyRow(row) {
  if (isDraft(row)) return null
  const answer = await ask(row, `${row.dataset.pk}/salin/`, () => ({}))
  if (!answer.ok) return null
  const copy = place(answer, row.nextElementSibling)
  remember({ action: () => binRow(copy) })
  announce(`Digandakan: ${nameOfRow(copy)}`)
  return copy
}

export async function moveRow(row, isUp) {
  const other = isUp ? row.previousElementSibling : row.nextElementSibling
  if (!other || isDraft(row) || isDraft(other)) return
  if (data.is_sorted) {
    toast('Tabel sedang diurutkan menurut kolom. Hapus urutannya dulu, lalu pindahkan baris.')
    return
  }
  const answer = await ask(row, `${row.dataset.pk}/pindah/`, () => ({ beside: Number(other.dataset.pk), up: isUp }))
  if (!answer.ok) return
  const focused = document.activeElement
  body.insertBefore(isUp ? row : other, isUp ? other : row)
  focused?.focus()
  renumber()
  remember({ action: () => moveRow(rowByPk(row.dataset.pk), !isUp) })
  announce(`${nameOfRow(row)} dipindahkan ke ${isUp ? 'atas' : 'bawah'}.`)
}

// Gives the row to go on with.
export async function binRow(row) {
  const answer = await ask(row, `${row.dataset.pk}/buang/`, () => ({ version: Number(row.dataset.version) }))
  if (!answer.ok) return row
  const next = row.nextElementSibling ?? row.previousElementSibling
  row.remove()
  renumber()
  refreshTotals()
  toast(`Dibuang ke keranjang: ${answer.label}. `, 'Urungkan', () => putBack(answer, next))
  remember({ action: () => putBack(answer, next) })
  announce('Baris dibuang ke keranjang. Ctrl+Z mengembalikannya.')
  return next
}

async function putBack(binned, before) {
  began()
  const answer = await post(`keranjang/${binned.binned}/`, {}, waits)
  ended()
  if (!answer.ok) {
    toast(`${answer.detail} ${answer.next_step ?? ''}`)
    return
  }
  const row = place(answer, before?.isConnected ? before : null)
  row.cells[0].focus()
  toast(`Dikembalikan: ${binned.label}`)
}
