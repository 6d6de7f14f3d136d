// The table's cells: which column they are of, what they hold, how an answer of the server is put into them.
import { data } from './net.js'

export const table = document.getElementById('tabel-baris')
export const body = table.tBodies[0]
export const wrap = table.parentElement
export const columns = data.columns

export const rowOf = (cell) => cell.closest('tr')
export const specOf = (cell) => columns[cell.cellIndex]
export const rowByPk = (pk) => body.querySelector(`tr[data-pk="${pk}"]`)
export const fieldCell = (row, field) => row.cells[columns.findIndex((column) => column.field === field)]
export const isDraft = (row) => row.classList.contains('draft')
export const canEdit = (cell) => Boolean(specOf(cell).editor) && (isDraft(rowOf(cell)) || 'write' in rowOf(cell).dataset)

export function rawOf(cell) {
  return cell.dataset.v ?? cell.textContent.trim()
}

// As the server reads it: lists for columns that hold several.
export const sent = (spec, raw) => (spec.editor === 'many' ? raw.split('\n').filter(Boolean) : raw)

export function labelOf(spec, raw) {
  if (!spec.choices.length) return raw
  return raw.split('\n').map((key) => spec.choices.find((choice) => choice[0] === key)?.[1] ?? '').filter(Boolean).join(', ')
}

export function choicesFor(cell) {
  const spec = specOf(cell)
  const dimension = fieldCell(rowOf(cell), 'dimension')
  const wanted = dimension && dimension !== cell ? rawOf(dimension) : ''
  return spec.choices.filter((choice) => !wanted || !choice[2] || choice[2] === wanted || choice[0] === rawOf(cell))
}

export function parseRow(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content.querySelector('tr')
}

const isBusy = (cell) => cell.dataset.state === 'saving' || cell.dataset.state === 'refused' || cell.classList.contains('editing')

function patchCell(old, fresh) {
  old.className = fresh.className
  for (const name of ['title', 'data-v']) {
    if (fresh.hasAttribute(name)) old.setAttribute(name, fresh.getAttribute(name))
    else old.removeAttribute(name)
  }
  if (old.innerHTML !== fresh.innerHTML) old.innerHTML = fresh.innerHTML
}

// Takes over what the server now holds, except where somebody is typing or a value was refused.
export function patchRow(row, answer, settled) {
  const fresh = parseRow(answer.row)
  row.dataset.version = answer.version
  for (const [index, cell] of [...fresh.cells].entries()) {
    const old = row.cells[index]
    if ((index === 0 && data.has_places) || (old !== settled && isBusy(old))) continue
    patchCell(old, cell)
  }
}

export function renumber() {
  if (!data.has_places) return
  for (const [index, row] of [...body.rows].entries()) {
    const place = row.cells[0].querySelector('a') ?? row.cells[0]
    place.textContent = index + 1
  }
}

export function setState(cell, state) {
  if (state) cell.dataset.state = state
  else delete cell.dataset.state
  cell.toggleAttribute('aria-invalid', false)
  if (state === 'refused') cell.setAttribute('aria-invalid', 'true')
}
