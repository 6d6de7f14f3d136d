// One editor at a time, in the active cell.
import { canEdit, isDraft, labelOf, rawOf, rowOf, setState, specOf } from './cells.js'
import { fillDraft } from './drafts.js'
import { focusEditor, makeEditor, readEditor } from './editors.js'
import { announce, hideBubble, showAt } from './say.js'
import { save, typedOf } from './saves.js'

let now = null // { cell, editor, old }

export const isEditing = () => now !== null
export const editedCell = () => now?.cell

export function startEdit(cell, isReplacing = false) {
  if (!canEdit(cell)) {
    announce(specOf(cell).field ? 'Baris ini hanya dapat Anda baca.' : 'Kolom ini dihitung atau hanya dibaca.')
    return false
  }
  hideBubble()
  const start = isReplacing && specOf(cell).editor !== 'many' && specOf(cell).editor !== 'choice' ? '' : typedOf(cell)
  const editor = makeEditor(cell, start)
  now = { cell, editor, old: [...cell.childNodes], start: typedOf(cell) }
  cell.classList.add('editing')
  cell.replaceChildren(editor)
  focusEditor(editor, isReplacing)
  return true
}

function close() {
  const { cell, old } = now
  now = null
  cell.classList.remove('editing')
  cell.replaceChildren(...old)
}

export function cancelEdit() {
  const { cell } = now
  close()
  cell.focus()
  showRefusal(cell)
}

// A value that was refused may be given up: what is stored is shown again.
export function forget(cell) {
  const raw = rawOf(cell)
  setState(cell, '')
  delete cell.dataset.typed
  delete cell.dataset.why
  cell.textContent = labelOf(specOf(cell), raw)
  hideBubble()
}

export function commitEdit() {
  const { cell, editor, start } = now
  const value = readEditor(editor)
  close()
  if (value !== start || cell.dataset.state === 'refused') setValue(cell, value)
}

export function setValue(cell, value) {
  if (!canEdit(cell)) return undefined
  return isDraft(rowOf(cell)) ? fillDraft(cell, value) : save(cell, value)
}

export function showRefusal(cell) {
  if (cell.dataset.why) showAt(cell, cell.dataset.why, 'Enter memperbaiki, Esc melepaskan isian ini.')
  else hideBubble()
}
