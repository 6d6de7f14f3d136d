// Links, footnotes and cross-references: their dialogs, and what a click on them does.
import { NodeSelection, TextSelection } from '@tiptap/pm/state'
import { ask, field, openDialog, searchList, textInput } from './dialogs.js'
import { captionKey } from './decorations.js'

const ADDRESS = /^(https?:\/\/[^\s/]+\.[^\s]+|mailto:[^\s@]+@[^\s@]+\.[^\s@]+)$/i

export function wholeAddress(text) {
  const address = text.trim()
  if (/^[^\s@:/]+@[^\s@]+\.[^\s@]+$/.test(address)) return `mailto:${address}`
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`
}

export async function editLink(editor) {
  const current = editor.getAttributes('link').href ?? ''
  const href = textInput(current, { inputmode: 'url', autocomplete: 'off' })
  const text = textInput()
  const needsText = editor.state.selection.empty && !current
  const answer = await openDialog({
    title: 'Tautan',
    content: [
      field('Alamat', href, 'Misalnya https://bps.go.id atau nama@dinas.go.id'),
      needsText ? field('Teks yang ditampilkan', text) : null,
    ].filter(Boolean),
    submit: (say) => {
      const whole = wholeAddress(href.value)
      if (ADDRESS.test(whole)) return { href: whole, text: text.value.trim() }
      href.focus()
      return say('Alamat belum benar. Tulis alamat http, https, atau surel.')
    },
    extra: current ? { label: 'Hapus tautan', value: {} } : null,
  })
  if (answer === null) return
  if (!answer.href) editor.chain().focus().extendMarkRange('link').unsetLink().run()
  else if (needsText) {
    const marks = [{ type: 'link', attrs: { href: answer.href } }]
    editor.chain().focus().insertContent({ type: 'text', text: answer.text || answer.href, marks }).unsetMark('link').run()
  } else editor.chain().focus().extendMarkRange('link').setLink({ href: answer.href }).run()
}

export async function editFootnote(editor, position = null) {
  const node = position === null ? null : editor.state.doc.nodeAt(position)
  const text = await ask({
    title: 'Catatan kaki', label: 'Isi catatan', value: node?.attrs.text ?? '', multiline: true,
    hint: 'Dicetak di kaki halaman. Tulis sumber atau penjelasan singkat.', remove: node ? 'Hapus catatan' : null,
  })
  if (text === null || (!node && !text)) return
  if (!node) editor.chain().focus().insertContent({ type: 'footnote', attrs: { text } }).run()
  else if (text) editor.chain().focus().setNodeSelection(position).updateAttributes('footnote', { text }).run()
  else editor.chain().focus().deleteRange({ from: position, to: position + 1 }).run()
}

/** Everything that can be referred to; what stands in this section comes from the page, saved or not. */
function targets(editor, numbers, here) {
  const { own } = captionKey.getState(editor.state)
  const local = []
  editor.state.doc.descendants((node) => {
    const text = own[node.attrs.id]
    if (text) local.push({ id: node.attrs.id, label: text, title: node.textContent, section: 'bagian ini' })
    return !node.isTextblock
  })
  const known = new Set(local.map((target) => target.id))
  const others = numbers.targets.filter((target) => !known.has(target.id) && (target.section_code !== here || target.is_printed))
  return [...local, ...others]
}

export async function insertReference(editor, numbers, boot) {
  const all = targets(editor, await numbers.fetch(), boot.section_code)
  const [search, list] = searchList(all.map(({ id, label, title, section }) => [id, `${label} · ${title || '(tanpa judul)'} — ${section}`]))
  const target = await openDialog({
    title: 'Rujukan silang', confirm: 'Sisipkan', wide: true,
    content: [
      field('Cari tabel atau gambar', search, 'Panah atas dan bawah memilih, Enter menyisipkan.'),
      field('Tabel dan gambar dalam masterplan ini', list),
    ],
    submit: (say) => list.value || say(all.length ? 'Pilih tabel atau gambar yang dirujuk.' : 'Belum ada tabel atau gambar berjudul dalam masterplan ini.'),
  })
  if (target) editor.chain().focus().insertContent({ type: 'xref', attrs: { target } }).run()
}

export function positionOf(doc, id) {
  let found = null
  doc.descendants((node, position) => {
    if (found === null && node.attrs.id === id) found = position
    return found === null
  })
  return found
}

export function jumpTo(editor, id) {
  const position = positionOf(editor.state.doc, id)
  if (position === null) return false
  const node = editor.state.doc.nodeAt(position)
  const selection = node.type.name === 'figure'
    ? NodeSelection.create(editor.state.doc, position)
    : TextSelection.near(editor.state.doc.resolve(position + 1))
  editor.view.dispatch(editor.state.tr.setSelection(selection))
  editor.view.focus()
  editor.view.nodeDOM(position)?.scrollIntoView?.({ block: 'center' })
  return true
}

/** In this section the page jumps; another section opens beside it, so that nothing unsaved is left. */
export function follow(editor, numbers, boot, id) {
  if (jumpTo(editor, id)) return true
  const target = numbers.current.targets.find((other) => other.id === id)
  if (!target) return false
  if (target.section_code === boot.section_code) document.querySelector('.printed-tables')?.scrollIntoView({ block: 'center' })
  else window.open(`${boot.plan_url}naskah/${target.section_code}/#${id}`, '_blank', 'noopener')
  return true
}
