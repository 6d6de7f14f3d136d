// The table as a grid: one listener of each kind for all cells, one cell in the tab order.
import { body, canEdit, columns, isDraft, labelOf, rawOf, rowOf, specOf, table, wrap } from './cells.js'
import { addDraft, dropDraft, firstNeeded, restoreDrafts } from './drafts.js'
import { cancelEdit, commitEdit, editedCell, forget, isEditing, setValue, showRefusal, startEdit } from './editing.js'
import { data } from './net.js'
import { pasteForm, sendBlock } from './paste.js'
import { typedOf, undo } from './saves.js'
import { binRow, copyRow, moveRow } from './rows.js'
import { openSheet } from './sheet.js'

const PAGE = 15
let active = null
let isRunning = false // Tab goes from cell to cell after an entry, until an arrow or Escape

const isCell = (element) => element?.parentElement?.parentElement === body

function activate(cell, { focus = true } = {}) {
  if (!cell) return
  if (active && active !== cell) active.tabIndex = -1
  active = cell
  cell.tabIndex = 0
  if (focus) {
    cell.focus({ preventScroll: true })
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    showRefusal(cell)
  }
}

function at(row, column) {
  const line = body.rows[Math.max(0, Math.min(row, body.rows.length - 1))]
  return line?.cells[Math.max(0, Math.min(column, line.cells.length - 1))]
}

function step(down, right) {
  activate(at(rowOf(active).sectionRowIndex + down, active.cellIndex + right))
}

// The next cell that can be edited, row after row; null at the end of the table.
function neighbour(cell, by) {
  let row = rowOf(cell)
  let index = cell.cellIndex + by
  while (row) {
    for (; index >= 0 && index < row.cells.length; index += by) {
      if (canEdit(row.cells[index])) return row.cells[index]
    }
    row = by > 0 ? row.nextElementSibling : row.previousElementSibling
    index = by > 0 ? 0 : columns.length - 1
  }
  return null
}

function add() {
  const row = addDraft()
  activate(firstNeeded(row))
  isRunning = true
}

async function bin() {
  const row = rowOf(active)
  const column = active.cellIndex
  if (isDraft(row)) {
    const next = row.previousElementSibling
    dropDraft(row)
    activate(next?.cells[column] ?? at(0, column))
    return
  }
  const next = await binRow(row)
  activate(next?.cells[column])
}

const acts = {
  add: () => data.can_add && add(),
  copy: async () => data.can_copy && activate((await copyRow(rowOf(active)))?.cells[active.cellIndex]),
  up: () => data.can_move && moveRow(rowOf(active), true),
  down: () => data.can_move && moveRow(rowOf(active), false),
  bin,
  undo,
  sheet: () => openSheet(rowOf(active), active),
  paste: () => location.assign(pasteForm.action),
  help: () => document.getElementById('grid-help').showModal(),
}

function shortcut(event) {
  if (event.altKey && event.key.toLowerCase() === 'n') return acts.add
  if (event.altKey) return { ArrowUp: acts.up, ArrowDown: acts.down }[event.key]
  if (!event.ctrlKey && !event.metaKey) return undefined
  const last = table.rows.length
  return {
    z: acts.undo,
    d: acts.copy,
    Backspace: acts.bin,
    Enter: acts.sheet,
    Home: () => activate(at(0, 0)),
    End: () => activate(at(last, columns.length)),
  }[event.key]
}

const moves = {
  ArrowUp: () => step(-1, 0),
  ArrowDown: () => step(1, 0),
  ArrowLeft: () => step(0, -1),
  ArrowRight: () => step(0, 1),
  PageUp: () => step(-PAGE, 0),
  PageDown: () => step(PAGE, 0),
  Home: () => step(0, -columns.length),
  End: () => step(0, columns.length),
}

function onNavigationKey(event) {
  const act = shortcut(event)
  if (act) return act
  if (event.altKey || event.ctrlKey || event.metaKey) return null
  if (moves[event.key]) {
    isRunning = false
    return moves[event.key]
  }
  if (event.key === 'Tab') return tab(event)
  if (event.key === 'Escape') {
    isRunning = false
    return active.dataset.state === 'refused' && !isDraft(rowOf(active)) ? () => forget(active) : null
  }
  if (event.key === 'Enter' || event.key === 'F2') return () => (specOf(active).editor ? startEdit(active) : acts.sheet())
  if (event.key === 'Delete' || event.key === 'Backspace') return () => typedOf(active) && setValue(active, '')
  if (event.key.length === 1 && event.key !== ' ') startEdit(active, true) // the key itself lands in the editor
  return null
}

function tab(event) {
  const next = isRunning ? neighbour(active, event.shiftKey ? -1 : 1) : null
  return next ? () => activate(next) : null
}

function onEditorKey(event) {
  const cell = editedCell()
  if (event.key === 'Escape') return cancelEdit
  if (event.key === 'Tab') {
    return () => {
      commitEdit()
      isRunning = true
      activate(neighbour(cell, event.shiftKey ? -1 : 1) ?? cell)
    }
  }
  if (event.key !== 'Enter' || event.shiftKey) return null
  if (event.altKey) return specOf(cell).editor === 'long' ? () => event.target.setRangeText('\n', event.target.selectionStart, event.target.selectionEnd, 'end') : null
  return () => {
    commitEdit()
    isRunning = true
    activate(rowOf(cell).nextElementSibling?.cells[cell.cellIndex] ?? cell)
  }
}

table.addEventListener('keydown', (event) => {
  if (event.isComposing || !active || event.target.closest('thead, tfoot')) return
  const act = isEditing() ? onEditorKey(event) : onNavigationKey(event)
  if (!act) return
  event.preventDefault()
  event.stopPropagation()
  act()
})

body.addEventListener('mousedown', (event) => {
  const cell = event.target.closest('td, th')
  if (isCell(cell) && cell !== editedCell()) {
    isRunning = false
    activate(cell, { focus: false })
  }
})
body.addEventListener('click', (event) => {
  const cell = event.target.closest('td, th')
  if (event.target.closest('a') && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    openSheet(rowOf(cell), cell)
  } else if (isCell(cell) && cell !== editedCell()) {
    activate(cell)
  }
})
body.addEventListener('dblclick', (event) => {
  const cell = event.target.closest('td, th')
  if (isCell(cell) && !isEditing() && !event.target.closest('a')) startEdit(cell)
})
body.addEventListener('focusin', (event) => {
  if (isCell(event.target) && event.target !== active) activate(event.target)
})
body.addEventListener('focusout', (event) => {
  if (isEditing() && !editedCell().contains(event.relatedTarget) && event.target !== editedCell()) commitEdit()
})

function keyOf(cell, text) {
  const spec = specOf(cell)
  if (!spec.choices.length || spec.editor === 'many') return text
  const wanted = text.toLowerCase()
  const found = spec.choices.find(([key, label]) => [key, label, label.split(' ')[0]].some((each) => each.toLowerCase() === wanted))
  return found?.[0] ?? text
}

table.addEventListener('paste', (event) => {
  if (isEditing() || !active) return
  event.preventDefault()
  const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const isBlock = text.includes('\t') || (text.includes('\n') && specOf(active).editor !== 'long')
  if (isBlock) sendBlock(text, active)
  else setValue(active, keyOf(active, text.trim()))
})
table.addEventListener('copy', (event) => {
  if (isEditing() || !active || String(getSelection())) return
  event.preventDefault()
  event.clipboardData.setData('text/plain', labelOf(specOf(active), rawOf(active)))
})

document.querySelector('.grid-tools').addEventListener('click', (event) => {
  const act = event.target.closest('[data-act]')?.dataset.act
  if (act && (active || ['add', 'help', 'paste'].includes(act))) acts[act]()
})
document.getElementById('grid-help').addEventListener('click', (event) => {
  if (event.target.value === 'close') event.currentTarget.close()
})
document.getElementById('tambah')?.addEventListener('click', (event) => {
  if (!matchMedia('(min-width: 701px)').matches || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  add()
})

function start() {
  table.setAttribute('role', 'grid')
  for (const link of body.querySelectorAll('a')) link.tabIndex = -1
  document.querySelector('.grid-tools').hidden = false
  restoreDrafts()
  activate(body.rows[0]?.cells[0], { focus: false })
  wrap.classList.add('ready')
  requestAnimationFrame(() => setTimeout(() => {
    performance.mark('grid-ready')
    document.documentElement.dataset.grid = 'ready'
  }))
}

start()
