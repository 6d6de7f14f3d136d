// Tables: what the bar and the keys do beyond the commands of prosemirror-tables.
import { Extension } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import {
  CellSelection, columnIsHeader, isInTable, moveTableColumn, moveTableRow, rowIsHeader, selectedRect, TableMap,
} from '@tiptap/pm/tables'
import { announce } from './status.js'

export const inTable = (editor) => isInTable(editor.state)

function run(editor, command) {
  const done = command(editor.state, editor.view.dispatch)
  editor.view.focus()
  return done
}

/** Rows and columns joined by merged cells move only as one: the command refuses, and the person is told. */
function move(editor, direction, isRow) {
  if (!inTable(editor)) return false
  const rect = selectedRect(editor.state)
  const [from, to, count] = isRow ? [rect.top, direction < 0 ? rect.top - 1 : rect.bottom, rect.map.height]
    : [rect.left, direction < 0 ? rect.left - 1 : rect.right, rect.map.width]
  if (to < 0 || to >= count) return true
  const command = (isRow ? moveTableRow : moveTableColumn)({ from, to })
  if (!run(editor, command)) announce(`${isRow ? 'Baris' : 'Kolom'} ini tidak dapat dipindahkan karena ada sel gabungan.`)
  return true
}

export const moveRow = (editor, direction) => move(editor, direction, true)
export const moveColumn = (editor, direction) => move(editor, direction, false)

function selectLine(editor, make) {
  if (!inTable(editor)) return false
  const rect = selectedRect(editor.state)
  const at = (row, column) => editor.state.doc.resolve(rect.tableStart + rect.map.map[row * rect.map.width + column])
  editor.view.dispatch(editor.state.tr.setSelection(make(at(rect.top, rect.left), at(rect.bottom - 1, rect.right - 1))))
  editor.view.focus()
  return true
}

export const selectRow = (editor) => selectLine(editor, (a, b) => CellSelection.rowSelection(a, b))
export const selectColumn = (editor) => selectLine(editor, (a, b) => CellSelection.colSelection(a, b))

export const hasHeaderRow = (editor) => {
  if (!inTable(editor)) return false
  const { map, table } = selectedRect(editor.state)
  return rowIsHeader(map, table, 0)
}

export const hasHeaderColumn = (editor) => {
  if (!inTable(editor)) return false
  const { map, table } = selectedRect(editor.state)
  return columnIsHeader(map, table, 0)
}

export const canMerge = (editor) => editor.can().mergeCells()
export const canSplit = (editor) => editor.can().splitCell()

function tablePlace(state) {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name === 'table') return { $table: state.doc.resolve($from.before(depth)), table: $from.node(depth) }
  }
  return null
}

/** The caret goes into the table's caption, which is made when there is none. */
export function toCaption(editor) {
  const { state } = editor
  const place = tablePlace(state)
  if (!place) return false
  const { $table } = place
  const transaction = state.tr
  const before = $table.nodeBefore
  let end = $table.pos - 1
  if (before?.type.name !== 'tableCaption') {
    transaction.insert($table.pos, state.schema.nodes.tableCaption.create())
    end = $table.pos + 1
  }
  editor.view.dispatch(transaction.setSelection(TextSelection.create(transaction.doc, end)).scrollIntoView())
  editor.view.focus()
  return true
}

/** With its caption: a caption without a table would still be numbered. */
export function deleteTable(editor) {
  const place = tablePlace(editor.state)
  if (!place) return false
  const { $table, table } = place
  const start = $table.nodeBefore?.type.name === 'tableCaption' ? $table.pos - $table.nodeBefore.nodeSize : $table.pos
  editor.chain().focus().deleteRange({ from: start, to: $table.pos + table.nodeSize }).run()
  return true
}

/** After the block in which the caret stands, so that a list or quotation is not torn. */
export function insertTable(editor, title, rows = 3, columns = 3) {
  const { state } = editor
  const { nodes } = state.schema
  const cells = (type) => Array.from({ length: columns }, () => type.createAndFill())
  const lines = Array.from({ length: rows }, (_, index) => nodes.tableRow.create(null, cells(index ? nodes.tableCell : nodes.tableHeader)))
  const content = [nodes.tableCaption.create(null, title ? state.schema.text(title) : null), nodes.table.create(null, lines)]
  const { $from } = state.selection
  const isEmptyParagraph = $from.depth === 1 && $from.parent.type.name === 'paragraph' && $from.parent.content.size === 0
  const from = isEmptyParagraph ? $from.before(1) : $from.depth ? $from.after(1) : state.selection.to
  const to = isEmptyParagraph ? $from.after(1) : from
  const transaction = state.tr.replaceWith(from, to, content)
  const end = from + content[0].nodeSize + content[1].nodeSize
  if (end >= transaction.doc.content.size) transaction.insert(end, nodes.paragraph.create())
  const cell = from + content[0].nodeSize + 1 + TableMap.get(content[1]).map[0]
  transaction.setSelection(TextSelection.near(transaction.doc.resolve(cell + 1)))
  editor.view.dispatch(transaction.scrollIntoView())
  editor.view.focus()
}

export const TableKeys = Extension.create({
  name: 'tableKeys',
  priority: 210,
  addKeyboardShortcuts() {
    const { editor } = this
    const here = (action) => () => inTable(editor) && action()
    return {
      'Alt-ArrowUp': here(() => moveRow(editor, -1)),
      'Alt-ArrowDown': here(() => moveRow(editor, 1)),
      'Alt-ArrowLeft': here(() => moveColumn(editor, -1)),
      'Alt-ArrowRight': here(() => moveColumn(editor, 1)),
    }
  },
})
