// What comes in through the clipboard: size, cleaning, pictures, and a visible note about whatever could not come.
import { Extension } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { announce, banner, clearBanner } from '../status.js'
import { fit } from './fit.js'
import { textSlice } from './text.js'
import { Uploads, holdPlaces } from './uploads.js'

const PASTE_LIMIT = 2_000_000
const LATER = 1000
const SECTION_LIMIT = 400_000
const RTF_LIMIT = 120_000_000 // its pictures are written out in digits
const EMBEDDED = /data:image\/[\w+.-]+;base64,[A-Za-z0-9+/=]*/g // measured by the upload

function tooLarge(data) {
  const html = data.getData('text/html')
  const size = Math.max(html.length > PASTE_LIMIT ? html.replace(EMBEDDED, '').length : 0, data.getData('text/plain').length)
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

function flavoursOf(data) {
  const rtf = data.getData('text/html').includes('file:') ? data.getData('text/rtf') : ''
  return { rtf: rtf.length > RTF_LIMIT ? '' : rtf, files: [...data.files].filter((file) => file.type.startsWith('image/')) }
}

const isOurs = (html) => /\sdata-pm-slice=/.test(html)

/** One paste at a time: what the event brought, until the text has it. */
class Clipboard {
  constructor(boot) {
    Object.assign(this, { url: boot.paste_url, clean: null })
    this.uploads = new Uploads(boot.pictures_url)
    this.empty()
  }

  /** The cleaning of foreign HTML comes after the editor: a slow line brings first what typing needs. */
  async load() {
    this.clean ??= (await import(this.url)).clean
  }

  forget() {
    this.uploads.giveUp(this.pictures)
    this.empty()
  }

  empty() {
    Object.assign(this, { flavours: { rtf: '', files: [] }, leftovers: null, pictures: new Map() })
  }

  taken(view, event, data) {
    this.forget()
    if (!data) return false
    const html = data.getData('text/html')
    const isLarge = tooLarge(data)
    if (!isLarge && (this.clean || !html || isOurs(html) || view.input.shiftKey)) {
      this.hold(flavoursOf(data))
      return false
    }
    event.preventDefault()
    if (!isLarge) this.later(view, html, flavoursOf(data))
    return true
  }

  hold(flavours) {
    this.flavours = flavours
    setTimeout(() => this.forget()) // a paste that was refused or empty must not arrive with the next key
  }

  async later(view, html, flavours) {
    try {
      await this.load()
    } catch {
      announce('Tempelan belum dapat diterima karena jaringan terputus. Isinya masih di papan klip; tempel lagi setelah tersambung.')
      return
    }
    this.hold(flavours)
    view.pasteHTML(html)
  }

  cleaned(html) {
    if (isOurs(html)) return html // from this editor: it is our schema already
    const made = this.clean(html, this.flavours)
    Object.assign(this, made)
    this.uploads.expect(made.pictures)
    return made.html
  }

  /** The text has it: what could not come is told, and its pictures set out. */
  arrived() {
    const { leftovers, pictures } = this
    this.empty()
    if (!leftovers) return
    clearBanner('paste')
    const said = leftovers.summary()
    if (said) banner('paste', { text: said })
    if (pictures.size) this.uploads.start(pictures)
  }
}

export const Paste = (boot) => Extension.create({
  name: 'paste',
  addStorage: () => ({ isReady: false }),
  addProseMirrorPlugins() {
    const clipboard = new Clipboard(boot)
    const { uploads } = clipboard
    return [new Plugin({
      key: new PluginKey('paste'),
      view: (view) => {
        uploads.view = view
        setTimeout(() => clipboard.load().then(() => { this.storage.isReady = true }, () => {}), LATER)
        return {
          update: (_, before) => {
            if (view.state.doc.eq(before.doc)) return
            clipboard.arrived()
            queueMicrotask(() => uploads.settle())
          },
        }
      },
      props: {
        handleDOMEvents: {
          paste: (view, event) => {
            if (view.editable) view.dispatch(closeHistory(view.state.tr)) // what was typed just before is another step back
            return clipboard.taken(view, event, event.clipboardData)
          },
          drop: (view, event) => clipboard.taken(view, event, event.dataTransfer),
        },
        transformPastedHTML: (html) => clipboard.cleaned(html),
        clipboardTextParser: (text, $context, isPlain, view) => (isPlain ? null : textSlice(text, $context, view.state.schema)),
        transformPasted: (slice, view) => holdPlaces(fit(slice, view.state.schema, view.state.selection.$from), clipboard.pictures),
        decorations: (state) => uploads.decorations(state),
      },
      filterTransaction: (transaction) => !transaction.getMeta('paste') || !tooFull(transaction.doc),
    })]
  },
})
