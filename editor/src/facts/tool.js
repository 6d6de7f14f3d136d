// Choosing a fact from the list, the bar of a token, and the offer to turn a typed number into one. Fetched after the editor.
import { indexOf, offersIn } from './match.js'

const PAUSE = 700
const SHOWN = 300

export class Tool {
  constructor({ editor, boot, dialogs, factKey, facts }) {
    Object.assign(this, { editor, boot, dialogs, factKey, facts, ignored: new Set(), timer: null, drawn: '' })
    this.bar = dialogs.element('div', { class: 'toolbar context-bar fact-bar', role: 'toolbar', 'aria-label': 'Alat fakta', hidden: true })
    this.bar.addEventListener('keydown', (event) => { if (event.key === 'Escape') editor.view.focus() })
    document.querySelector('.tool-bars').append(this.bar)
    editor.on('transaction', ({ transaction }) => {
      if (transaction.docChanged) this.soon()
      this.draw()
    })
    this.refresh()
  }

  /** After the facts came anew. */
  refresh() {
    this.index = indexOf(this.facts())
    this.drawn = ''
    this.scan()
    this.draw()
  }

  soon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.scan(), PAUSE)
  }

  scan() {
    if (this.editor.isDestroyed) return
    const offers = []
    this.editor.state.doc.descendants((node, position) => {
      if (node.type.name === 'table') return false // its numbers stand for themselves
      if (node.type.name !== 'paragraph') return !node.isTextblock
      const text = node.textBetween(0, node.content.size, '', '\ufffc') // one sign for each inline node keeps positions true
      for (const offer of offersIn(text, this.index)) {
        const from = position + 1 + offer.index
        if (!this.ignored.has(`${offer.key} ${offer.text}`)) offers.push({ ...offer, from, to: from + offer.text.length })
      }
      return false
    })
    this.editor.view.dispatch(this.editor.state.tr.setMeta(this.factKey, offers).setMeta('addToHistory', false))
  }

  /** The token that is selected, or the number with an offer at the caret. */
  current() {
    const { selection } = this.editor.state
    if (selection.node?.type.name === 'fact') return { token: selection.node, position: selection.from }
    const [found] = this.factKey.getState(this.editor.state).find(selection.from, selection.to)
    return found ? { offer: found.spec.offer, from: found.from, to: found.to } : {}
  }

  draw() {
    const { token, offer, from } = this.current()
    const key = token ? JSON.stringify(token.attrs) : offer ? `${offer.key} ${from}` : ''
    if (key === this.drawn) return
    this.drawn = key
    this.bar.hidden = !key
    if (token) this.drawToken(token)
    else if (offer) this.drawOffer(offer)
  }

  fill(name, text, ...parts) {
    const { element } = this.dialogs
    this.bar.replaceChildren(element('span', { class: 'tool-group' }, element('span', { class: 'tool-name' }, name), element('span', { class: 'fact-name' }, text)),
      element('span', { class: 'tool-group' }, ...parts.filter(Boolean)))
  }

  button(text, action) {
    const made = this.dialogs.element('button', { type: 'button' }, text)
    made.addEventListener('mousedown', (event) => event.preventDefault()) // the selection stays in the text
    made.addEventListener('click', action)
    return made
  }

  drawToken({ attrs }) {
    const fact = this.facts().get(attrs.key)
    const other = attrs.style === 'short' ? 'long' : 'short'
    const now = fact?.[attrs.style]
    const isChanged = fact && attrs.value && attrs.value !== now
    const source = fact && this.dialogs.element('a', { href: fact.href, target: '_blank', rel: 'noopener' }, 'Buka sumber')
    this.fill('Fakta', fact ? `${fact.label}${isChanged ? ` · saat disisipkan ${attrs.value}` : ''}` : 'tidak ditemukan: barisnya dihapus atau berganti kode',
      source,
      fact && fact.short !== fact.long && this.button(`Tulis ${fact[other]}`, () => this.set({ style: other, value: fact[other] })),
      isChanged && this.button('Tandai sudah diperiksa', () => this.set({ value: now })),
      this.button('Ganti', () => this.choose()),
      this.button('Jadikan teks biasa', () => this.toText()))
  }

  drawOffer(offer) {
    const fact = this.facts().get(offer.key)
    this.fill('Sama dengan fakta', `${fact.label} · ${fact[offer.style]}`,
      this.button('Jadikan fakta', () => this.accept()),
      this.button('Biarkan', () => this.ignore()))
  }

  accept() {
    const { offer, from, to } = this.current()
    const fact = this.facts().get(offer.key)
    this.put({ from, to }, { key: offer.key, style: offer.style, value: fact[offer.style] })
    this.scan()
  }

  ignore() {
    const { offer } = this.current()
    this.ignored.add(`${offer.key} ${offer.text}`)
    this.scan()
    this.editor.view.focus()
  }

  /** With the look of the words that stood there. */
  put(range, attrs) {
    const marks = this.editor.state.doc.nodeAt(range.from)?.marks.map((mark) => mark.toJSON()) ?? []
    this.editor.chain().focus().insertContentAt(range, { type: 'fact', attrs, marks }).run()
  }

  set(changes) {
    const { position } = this.current()
    this.editor.chain().updateAttributes('fact', changes).setNodeSelection(position).run()
    this.editor.view.focus()
  }

  toText() {
    const { token, position } = this.current()
    const text = this.facts().get(token.attrs.key)?.[token.attrs.style] ?? token.attrs.value
    const marks = token.marks.map((mark) => mark.toJSON())
    const range = { from: position, to: position + 1 }
    if (text) this.editor.chain().focus().insertContentAt(range, { type: 'text', text, marks }).run()
    else this.editor.chain().focus().deleteRange(range).run()
  }

  async choose() {
    const { element, field, openDialog, searchList } = this.dialogs
    const { token, offer } = this.current()
    const { from, to } = offer ? this.current() : this.editor.state.selection
    const lines = [...this.facts().values()].filter((fact) => !fact.is_former).map(({ key, label, short }) => [key, `${label} · ${short}`])
    const [search, list] = searchList(lines, this.facts().get((token?.attrs ?? offer)?.key)?.key, SHOWN)
    const style = element('select', { class: 'form-select' })
    const fill = () => {
      const fact = this.facts().get(list.value)
      const kept = style.value || (token?.attrs ?? offer)?.style
      const names = fact ? ['short', 'long'].filter((name) => name === 'short' || fact.short !== fact.long) : []
      style.replaceChildren(...names.map((name) => element('option', { value: name }, fact[name])))
      if (names.includes(kept)) style.value = kept
    }
    list.addEventListener('change', fill)
    fill()
    const answer = await openDialog({
      title: 'Sisipkan fakta', confirm: token ? 'Ganti' : 'Sisipkan', wide: true,
      content: [
        field('Cari fakta', search, 'Misalnya: anggaran governance 2026. Panah atas dan bawah memilih, Enter menyisipkan.'),
        field('Fakta dari tabel rencana ini, dengan nilainya sekarang', list),
        field('Cara menulis', style),
      ],
      submit: (say) => (list.value ? { key: list.value, style: style.value, value: this.facts().get(list.value)[style.value] }
        : say(lines.length ? 'Tidak ada fakta yang cocok. Ubah kata carinya.' : 'Fakta belum dapat dimuat. Coba lagi sebentar lagi.')),
    })
    if (answer) this.put({ from, to }, answer)
  }
}
