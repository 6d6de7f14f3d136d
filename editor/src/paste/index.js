// What comes in through the clipboard: size, cleaning, pictures, and a visible note about whatever could not come.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { announce } from '../status.js'
import { fit } from './fit.js'

const PASTE_LIMIT = 2_000_000
const SECTION_LIMIT = 400_000

function tooLarge(event) {
  const data = event.clipboardData
  const size = Math.max(data?.getData('text/html').length ?? 0, data?.getData('text/plain').length ?? 0)
  if (size <= PASTE_LIMIT) return false
  announce(`Tempelan ditolak: isinya ${(size / 1e6).toFixed(0)} MB, paling besar 2 MB. Tempel per bagian.`)
  return true
}

/** As masterplan/prose/check.py measures it: a save of more would be refused. */
function tooFull(doc) {
  if (new TextEncoder().encode(JSON.stringify(doc.toJSON())).length <= SECTION_LIMIT) return false
  announce('Tempelan ditolak: bagian ini menjadi terlalu besar (paling banyak 400 kB). Tempel sebagian isinya ke bagian lain.')
  return true
}

export const Paste = () => Extension.create({
  name: 'paste',
  addProseMirrorPlugins: () => [new Plugin({
    key: new PluginKey('paste'),
    props: {
      handlePaste: (_, event) => tooLarge(event),
      transformPasted: (slice, view) => fit(slice, view.state.schema),
    },
    filterTransaction: (transaction) => !transaction.getMeta('paste') || !tooFull(transaction.doc),
  })],
})
