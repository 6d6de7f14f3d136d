// A new row lives in the browser until its required cells are there; a closed tab does not lose it.
import { body, columns, fieldCell, isDraft, labelOf, parseRow, patchRow, rawOf, renumber, sent, setState } from './cells.js'
import { data, post } from './net.js'
import { announce, began, ended, showAt, waits } from './say.js'
import { remember, save } from './saves.js'
import { binRow } from './rows.js'
import { refreshTotals } from './totals.js'

const KEY = `tabel:${data.user}:${data.base}`

function keep() {
  const drafts = [...body.querySelectorAll('tr.draft')].map((row) => answersOf(row))
  if (drafts.length) localStorage.setItem(KEY, JSON.stringify(drafts))
  else localStorage.removeItem(KEY)
}

function rawAnswers(row) {
  return Object.fromEntries(columns.flatMap((column, index) => (column.editor ? [[column.field, rawOf(row.cells[index])]] : [])))
}

const answersOf = (row) => rawAnswers(row)

const initial = (column) => (Array.isArray(column.initial) ? column.initial.join('\n') : column.initial)

function put(row, cell, column, raw) {
  cell.dataset.v = raw
  cell.textContent = labelOf(column, raw)
  cell.classList.toggle('needed', column.required && !raw)
}

// `stored` are the answers of an earlier visit.
export function addDraft(stored = null) {
  document.querySelector('.grid-empty')?.remove()
  const row = body.insertRow()
  row.className = 'draft'
  const asked = new URLSearchParams(location.search).get('dimensi')
  for (const [index, column] of columns.entries()) {
    const head = document.querySelector('#tabel-baris thead tr:last-child').cells[index]
    const cell = document.createElement(head.classList.contains('main') ? 'th' : 'td')
    if (cell.tagName === 'TH') cell.scope = 'row'
    cell.className = head.className
    const wanted = column.field === 'dimension' && asked ? column.choices.find((choice) => choice[1].startsWith(`${asked} `))?.[0] : ''
    put(row, cell, column, stored?.[column.field] ?? (wanted || initial(column)))
    row.append(cell)
  }
  if (!stored) keep()
  announce('Baris baru. Isi sel yang bertanda; baris tersimpan begitu semuanya terisi.')
  return row
}

export const firstNeeded = (row) => row.querySelector('.needed') ?? [...row.cells].find((_, index) => columns[index].editor && columns[index].field !== 'code')

export function dropDraft(row) {
  row.remove()
  keep()
}

export async function fillDraft(cell, raw) {
  const row = cell.parentElement
  const column = columns[cell.cellIndex]
  setState(cell, '')
  delete cell.dataset.why
  put(row, cell, column, raw)
  keep()
  if (!row.querySelector('.needed')) await create(row)
}

async function create(row) {
  if (row.dataset.busy) return
  row.dataset.busy = '1'
  began()
  const given = rawAnswers(row)
  const values = Object.fromEntries(columns.filter((column) => column.editor).map((column) => [column.field, sent(column, given[column.field])]))
  const answer = await post('tambah/', { values }, waits)
  delete row.dataset.busy
  if (!answer.ok) {
    ended()
    return refused(row, answer)
  }
  settle(row, answer, given)
  ended(`Baris baru tersimpan: ${row.querySelector('.code')?.textContent.trim() ?? ''}`)
  refreshTotals()
  return undefined
}

function refused(row, answer) {
  const faults = Object.entries(answer.errors ?? {})
  for (const [field, sentence] of faults) {
    const cell = fieldCell(row, field)
    if (!cell) continue
    setState(cell, 'refused')
    cell.dataset.why = sentence
  }
  const first = row.querySelector('[data-state=refused]') ?? row.cells[0]
  const rest = faults.filter(([field]) => !fieldCell(row, field)).map(([, sentence]) => sentence).join(' ')
  showAt(first, first.dataset.why ?? answer.detail, rest || 'Baris baru belum tersimpan; isian Anda tetap di sini.')
  announce(`Baris baru belum tersimpan. ${first.dataset.why ?? answer.detail} ${rest}`)
}

// What was typed while the row was being created is saved cell by cell afterwards.
function settle(row, answer, given) {
  const later = rawAnswers(row)
  const fresh = parseRow(answer.row)
  row.className = ''
  for (const { name, value } of fresh.attributes) row.setAttribute(name, value)
  patchRow(row, answer, null)
  keep()
  renumber()
  remember({ action: () => binRow(row) })
  for (const [field, raw] of Object.entries(later)) {
    if (raw !== given[field]) save(fieldCell(row, field), raw)
  }
}

export function restoreDrafts() {
  if (!data.can_add) return
  let drafts = []
  try {
    drafts = JSON.parse(localStorage.getItem(KEY) ?? '[]')
  } catch {
    localStorage.removeItem(KEY)
  }
  for (const stored of drafts) addDraft(stored)
}

export { isDraft }
