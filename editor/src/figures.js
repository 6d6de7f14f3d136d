// Figures: from a file to the server, with alternative text, caption and origin; and how they are moved and changed.
import { Extension } from '@tiptap/core'
import { NodeSelection, Plugin, TextSelection } from '@tiptap/pm/state'
import { element, field, openDialog, textInput } from './dialogs.js'

const KINDS = ['image/jpeg', 'image/png', 'image/webp']
const MAX_BYTES = 15_000_000
const EMPTY_WORDS = /^(hiasan|dekorasi|gambar|foto|grafik|peta|bagan|image|picture|tidak ada|kosong|[\s\W\d]*)$/i
const ALT_HINT = 'Untuk pembaca layar: tulis apa yang terlihat dan artinya, misalnya “Peta lima kecamatan rawan banjir di hilir Sungai Martapura”.'

export const picturesIn = (transfer) => [...(transfer?.files ?? [])].filter((file) => file.type.startsWith('image/'))

export function unfit(file) {
  if (!KINDS.includes(file.type)) return 'Berkas ini bukan gambar JPEG, PNG, atau WebP. Simpan sebagai JPEG atau PNG dahulu.'
  if (file.size > MAX_BYTES) return `Gambar terlalu besar (${(file.size / 1e6).toFixed(0)} MB), paling besar 15 MB. Perkecil dahulu.`
  return ''
}

/** Resolves to the server's answer; rejects with a sentence for the person. */
export function upload(url, file, onProgress = () => {}) {
  return new Promise((resolve, reject) => {
    if (!navigator.onLine) {
      reject(new Error('Anda sedang luring. Gambar baru dapat diunggah setelah tersambung; isian ini tetap di sini.'))
      return
    }
    const call = new XMLHttpRequest()
    call.open('POST', url)
    call.setRequestHeader('Accept', 'application/json')
    call.setRequestHeader('X-CSRFToken', document.querySelector('meta[name="csrf-token"]')?.content ?? '')
    call.upload.addEventListener('progress', (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total) })
    call.addEventListener('load', () => {
      let body = {}
      try { body = JSON.parse(call.responseText) } catch { /* a proxy's page */ }
      if (call.status === 201) resolve(body)
      else if (call.status === 401) reject(new Error('Sesi Anda berakhir. Masuk lagi di tab lain, lalu unggah sekali lagi.'))
      else reject(new Error(body.detail ?? body.error ?? `Gambar belum dapat diunggah (${call.status}). Coba lagi.`))
    })
    call.addEventListener('error', () => reject(new Error('Gambar belum terkirim karena jaringan terputus. Coba lagi.')))
    const form = new FormData()
    form.append('file', file)
    call.send(form)
  })
}

function preview(image, file) {
  const reader = new FileReader()
  reader.addEventListener('load', () => { image.src = reader.result; image.hidden = false })
  reader.readAsDataURL(file)
}

async function figureDialog({ url, given = null, attrs = {}, caption = '' }) {
  const isNew = !attrs.src
  const choice = element('input', { type: 'file', class: 'form-control', accept: KINDS.join(',') })
  const image = element('img', { class: 'figure-preview', alt: '', hidden: isNew })
  if (attrs.src) image.src = attrs.src
  const alt = element('textarea', { class: 'form-control', rows: '2', required: '', maxlength: '1000' }, attrs.alt ?? '')
  const title = textInput(caption, { maxlength: '300' })
  const source = textInput(attrs.source ?? '', { maxlength: '300' })
  const progress = element('progress', { max: '1', value: '0', hidden: true, 'aria-label': 'Kemajuan unggahan' })
  let file = given
  let sent = null
  const take = (next) => { file = next; sent = null; if (file && !unfit(file)) preview(image, file) }
  choice.addEventListener('change', () => take(choice.files[0] ?? null))
  if (given) take(given)
  return openDialog({
    title: isNew ? 'Sisipkan gambar' : 'Ubah gambar', confirm: isNew ? 'Sisipkan' : 'Simpan', wide: true,
    content: [
      isNew ? field(given ? `Berkas: ${given.name}` : 'Berkas gambar', choice, 'JPEG, PNG, atau WebP, paling besar 15 MB. Data posisi foto dihapus.') : null,
      image, progress,
      field('Teks alternatif (wajib)', alt, ALT_HINT),
      field('Keterangan gambar', title, 'Dicetak di bawah gambar setelah nomornya.'),
      field('Sumber', source, 'Misalnya “Bapperida, 2026”.'),
    ].filter(Boolean),
    submit: async (say) => {
      if (isNew && !file) { choice.focus(); return say('Pilih berkas gambar.') }
      const fault = isNew ? unfit(file) : ''
      if (fault) { choice.focus(); return say(fault) }
      if (EMPTY_WORDS.test(alt.value.trim()) || alt.value.trim().length < 5) {
        alt.focus()
        return say('Teks alternatif wajib diisi dengan apa yang terlihat pada gambar; satu kata seperti “hiasan” belum cukup.')
      }
      const result = { src: attrs.src, alt: alt.value.trim(), caption: title.value.trim(), source: source.value.trim() }
      if (!isNew) return result
      try {
        progress.hidden = false
        sent ??= await upload(url, file, (part) => { progress.value = part })
        return { ...result, src: sent.src }
      } catch (error) {
        return say(error.message)
      } finally {
        progress.hidden = true
      }
    },
  })
}

/** After the block in which the caret stands, or in place of an empty paragraph; a table cell cannot hold a figure. */
export function insertFigure(editor, { src, alt, source = '', caption = '' }) {
  const { state } = editor
  const { schema } = state
  const { $from } = state.selection
  const block = $from.depth ? $from.node(1) : null
  // With an id from the start: one that is given afterwards would take the selection away.
  const id = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16).padStart(8, '0')).join('-')
  const figure = schema.nodes.figure.create({ src, alt, source, id }, caption ? schema.text(caption) : null)
  const transaction = state.tr
  let place = $from.depth ? $from.after(1) : state.selection.to
  if (block?.type.name === 'paragraph' && block.content.size === 0 && state.doc.childCount > 1) {
    place = $from.before(1)
    transaction.replaceWith(place, $from.after(1), figure)
  } else transaction.insert(place, figure)
  if (place + figure.nodeSize >= transaction.doc.content.size) transaction.insert(transaction.doc.content.size, schema.nodes.paragraph.create())
  transaction.setSelection(NodeSelection.create(transaction.doc, place))
  editor.view.dispatch(transaction.scrollIntoView())
  editor.view.focus()
}

export async function newFigure(editor, boot, file = null) {
  const made = await figureDialog({ url: boot.pictures_url, given: file })
  if (made) insertFigure(editor, made)
}

/** The figure that is selected or holds the caret, with its position. */
export function currentFigure(state) {
  const { selection } = state
  if (selection.node?.type.name === 'figure') return { node: selection.node, position: selection.from }
  for (let depth = selection.$from.depth; depth > 0; depth -= 1) {
    const node = selection.$from.node(depth)
    if (node.type.name === 'figure') return { node, position: selection.$from.before(depth) }
  }
  return null
}

export async function editFigure(editor) {
  const found = currentFigure(editor.state)
  if (!found) return
  const { id } = found.node.attrs
  const made = await figureDialog({ attrs: found.node.attrs, caption: found.node.textContent })
  const now = currentFigure(editor.state)
  if (!made || !now || now.node.attrs.id !== id) return // meanwhile somebody else may have taken it away
  const transaction = editor.state.tr.setNodeMarkup(now.position, null, { ...now.node.attrs, alt: made.alt, source: made.source })
  if (made.caption !== now.node.textContent) {
    const text = made.caption ? editor.schema.text(made.caption) : []
    transaction.replaceWith(now.position + 1, now.position + 1 + now.node.content.size, text)
  }
  transaction.setSelection(NodeSelection.create(transaction.doc, now.position))
  editor.view.dispatch(transaction)
  editor.view.focus()
}

export function deleteFigure(editor) {
  const found = currentFigure(editor.state)
  if (!found) return false
  editor.chain().focus().deleteRange({ from: found.position, to: found.position + found.node.nodeSize }).run()
  return true
}

/** One place up (-1) or down (1) among its neighbours; a table and its caption are passed together. */
export function moveFigure(editor, direction) {
  const { state } = editor
  const found = currentFigure(state)
  if (!found) return false
  const $place = state.doc.resolve(found.position)
  const { parent } = $place
  const isTitle = (node) => node?.type.name === 'tableCaption'
  let step = direction
  let index = $place.index() + step
  if (index < 0 || index >= parent.childCount) return true
  if (direction < 0 && parent.child(index).type.name === 'table' && isTitle(parent.maybeChild(index - 1))) step -= 1
  if (direction > 0 && isTitle(parent.child(index)) && parent.maybeChild(index + 1)?.type.name === 'table') step += 1
  index = $place.index() + step
  const transaction = state.tr.delete(found.position, found.position + found.node.nodeSize)
  const target = transaction.doc.resolve(found.position).posAtIndex(index)
  transaction.insert(target, found.node)
  transaction.setSelection(NodeSelection.create(transaction.doc, target))
  editor.view.dispatch(transaction.scrollIntoView())
  return true
}

export const Figures = (boot) => Extension.create({
  name: 'figures',
  priority: 200,
  addKeyboardShortcuts() {
    const { editor } = this
    const isSelected = () => editor.state.selection.node?.type.name === 'figure'
    const select = () => {
      const found = currentFigure(editor.state)
      if (!found || isSelected()) return false
      editor.commands.setNodeSelection(found.position)
      return true
    }
    return {
      Enter: () => {
        if (isSelected()) { editFigure(editor); return true }
        const found = currentFigure(editor.state)
        if (!found) return false
        const after = found.position + found.node.nodeSize // a caption is one line: Enter leaves it
        const transaction = editor.state.tr
        if (transaction.doc.nodeAt(after)?.type.name !== 'paragraph') transaction.insert(after, editor.schema.nodes.paragraph.create())
        editor.view.dispatch(transaction.setSelection(TextSelection.create(transaction.doc, after + 1)).scrollIntoView())
        return true
      },
      Escape: select,
      Backspace: () => editor.state.selection.empty && editor.state.selection.$from.parentOffset === 0 && select(),
      'Alt-ArrowUp': () => moveFigure(editor, -1),
      'Alt-ArrowDown': () => moveFigure(editor, 1),
    }
  },
  addProseMirrorPlugins() {
    const { editor } = this
    return [new Plugin({
      props: {
        handlePaste: (view, event) => {
          const [file] = picturesIn(event.clipboardData)
          if (!file || event.clipboardData.types.includes('text/html')) return false
          newFigure(editor, boot, file)
          return true
        },
        handleDrop: (view, event, _, moved) => {
          const [file] = moved ? [] : picturesIn(event.dataTransfer)
          if (!file) return false
          event.preventDefault()
          const place = view.posAtCoords({ left: event.clientX, top: event.clientY })
          if (place) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(place.pos))))
          newFigure(editor, boot, file)
          return true
        },
        handleClickOn: (view, _, node, position, event, direct) => {
          if (node.type.name !== 'figure' || event.target.nodeName !== 'IMG') return false
          view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, position)))
          return true
        },
        handleDoubleClickOn: (_, __, node) => {
          if (node.type.name !== 'figure' || !editor.isEditable || editor.state.selection.node !== node) return false
          editFigure(editor)
          return true
        },
      },
    })]
  },
})
