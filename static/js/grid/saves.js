// Saving cells: one after another within a row, on the version that the person saw; both values stay when two people met.
import { labelOf, patchRow, rawOf, rowByPk, rowOf, sent, setState, specOf } from './cells.js'
import { post } from './net.js'
import { announce, began, ended, showAt, toast, waits } from './say.js'
import { refreshTotals } from './totals.js'

const queues = new Map()
const done = []
const clash = document.getElementById('grid-clash')
const LIMIT = 200

function line(pk, work) {
  const next = (queues.get(pk) ?? Promise.resolve()).then(work)
  queues.set(pk, next.catch(() => {}))
  return next
}

export const settled = (pk) => queues.get(pk) ?? Promise.resolve()
export const allSettled = () => Promise.all(queues.values())
export const typedOf = (cell) => cell.dataset.typed ?? rawOf(cell)

export function nameOf(cell) {
  const row = rowOf(cell)
  const code = row.querySelector('.code')?.textContent.trim() ?? ''
  return `${code}, ${specOf(cell).label}`
}

// Shows what was typed while it is on its way, and keeps what is stored beside it.
export function showTyped(cell, value) {
  cell.dataset.v = rawOf(cell)
  cell.dataset.typed = value
  cell.textContent = labelOf(specOf(cell), value) || (specOf(cell).editor === 'number' ? '–' : '')
}

export function refuse(cell, sentence) {
  setState(cell, 'refused')
  cell.dataset.why = sentence
  showAt(cell, sentence, `Nilai lama ${labelOf(specOf(cell), cell.dataset.v ?? '') || 'yang kosong'} tetap tersimpan.`)
  announce(`${nameOf(cell)}: belum tersimpan. ${sentence}`)
}

function accept(row, cell, answer, value) {
  if (cell.dataset.typed !== value) { // typed over meanwhile: that save is next in line
    patchRow(row, answer, null)
    return
  }
  delete cell.dataset.typed
  delete cell.dataset.why
  setState(cell, '')
  patchRow(row, answer, cell)
  cell.classList.add('fresh')
  setTimeout(() => cell.classList.remove('fresh'), 1200)
}

function ask(cell, answer, value) {
  const spec = specOf(cell)
  clash.querySelector('#grid-clash-who').textContent = `${nameOf(cell)}: diubah oleh ${answer.by || 'orang lain'}${answer.at ? ` pukul ${answer.at}` : ''}, setelah Anda membuka tabel ini.`
  clash.querySelector('#grid-clash-theirs').textContent = labelOf(spec, answer.value) || answer.display || '–'
  clash.querySelector('#grid-clash-mine').textContent = labelOf(spec, value) || '–'
  clash.returnValue = ''
  clash.showModal()
  return new Promise((decided) => {
    clash.addEventListener('close', () => decided(clash.returnValue), { once: true })
  })
}

clash.addEventListener('click', (event) => {
  const choice = event.target.closest('button')?.value
  if (choice) clash.close(choice)
})

async function attempt(row, cell, value, before) {
  const spec = specOf(cell)
  const answer = await post(`${row.dataset.pk}/sel/`, { version: Number(row.dataset.version), field: spec.field, value: sent(spec, value) }, waits)
  if (answer.status !== 409 || answer.version === undefined) return answer
  if (answer.value === before) {
    patchRow(row, answer, null) // somebody changed another cell of this row: no clash for a person to decide
    return attempt(row, cell, value, before)
  }
  const choice = await ask(cell, answer, value)
  if (choice === 'mine') {
    row.dataset.version = answer.version
    return attempt(row, cell, value, answer.value)
  }
  if (choice === 'theirs') return { ...answer, ok: true, isTheirs: true }
  row.dataset.version = answer.version
  cell.dataset.v = answer.value
  return { ...answer, detail: `Belum diputuskan. Nilai sekarang: ${labelOf(spec, answer.value) || '–'}.` }
}

export async function save(cell, value, { isUndo = false } = {}) {
  const row = rowOf(cell)
  const before = rawOf(cell)
  showTyped(cell, value)
  setState(cell, 'saving')
  began()
  const answer = await line(row.dataset.pk, () => attempt(row, cell, value, before))
  if (!answer.ok) {
    ended()
    if (cell.dataset.typed === value) refuse(cell, answer.detail)
    return false
  }
  accept(row, cell, answer, value)
  ended(answer.isTheirs ? `Nilai yang tersimpan dibiarkan: ${nameOf(cell)}` : `1 sel tersimpan: ${nameOf(cell)}`)
  if (!isUndo && !answer.isTheirs) remember({ pk: row.dataset.pk, index: cell.cellIndex, before, after: rawOf(cell) })
  refreshTotals()
  return true
}

export function remember(change) {
  done.push(change)
  if (done.length > LIMIT) done.shift()
}

export function undo() {
  const change = done.pop()
  if (!change) return toast('Tidak ada yang dapat diurungkan.')
  if (change.action) return change.action()
  const cell = rowByPk(change.pk)?.cells[change.index]
  if (!cell || rawOf(cell) !== change.after) return toast('Sel itu sudah diubah lagi, jadi tidak diurungkan.')
  cell.focus()
  announce(`Diurungkan: ${nameOf(cell)}`)
  return save(cell, change.before, { isUndo: true })
}
