// All about suggested wording, and the list "Usulan" beside the text: who suggests what, accepting or rejecting it.
import { record } from './record.js'
import { suggestionsOf, textPlugin } from './text.js'

function part(name, className, text = '') {
  return Object.assign(document.createElement(name), { className, textContent: text })
}

const wordsOf = ({ deletion, insertion }) => (deletion && insertion ? `ganti “${deletion}” dengan “${insertion}”` : deletion ? `hapus “${deletion}”` : `tambah “${insertion}”`)

class Suggestions {
  constructor(page) {
    Object.assign(this, page)
    this.panel = document.getElementById('panel-usulan')
    this.list = document.getElementById('suggestion-list')
    this.news = document.getElementById('suggestion-news')
    this.panel.addEventListener('click', ({ target }) => this.clicked(target.closest('button')))
    addEventListener('suggestion-chosen', ({ detail }) => this.choose(detail))
    let timer = null
    this.editor.on('transaction', ({ transaction }) => {
      if (!transaction.docChanged) return
      clearTimeout(timer)
      timer = setTimeout(() => this.draw(), 150)
    })
    this.draw()
  }

  draw() {
    if (this.editor.isDestroyed) return
    const found = suggestionsOf(this.editor.state.doc)
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null
    const [id, act] = [focused?.closest('li')?.dataset.id, focused?.dataset.act]
    document.querySelector('[data-suggestion-count]').textContent = found.length || ''
    this.panel.querySelector('[data-all]')?.toggleAttribute('hidden', found.length < 2)
    this.panel.querySelector('[data-none]').hidden = found.length > 0
    this.list.replaceChildren(...found.map((each) => this.item(each)))
    if (focused) (this.list.querySelector(`li[data-id="${id}"] [data-act="${act}"]`) ?? this.panel).focus()
  }

  item(each) {
    const item = part('li', 'suggestion')
    item.dataset.id = each.id
    const words = this.button('to', 'to-text', '')
    words.title = 'Tampilkan di naskah'
    if (each.deletion) words.append(part('del', '', each.deletion))
    if (each.deletion && each.insertion) words.append(' → ')
    if (each.insertion) words.append(part('ins', '', each.insertion))
    const acts = part('p', 'acts')
    const isOwn = String(each.by) === this.boot.user
    if (this.boot.editable) acts.append(this.button('accept', 'btn btn-primary btn-sm', 'Terima', each), this.button('reject', 'btn btn-quiet btn-sm', 'Tolak', each))
    else if (isOwn) acts.append(this.button('reject', 'btn btn-quiet btn-sm', 'Tarik', each))
    const at = new Date(each.at)
    const by = part('p', 'suggested-by', each.name)
    by.append(part('span', 'muted', ` · ${this.day(at)} ${this.clock(at)}`))
    item.append(by, words, acts)
    return item
  }

  button(act, className, text, each = null) {
    const made = Object.assign(part('button', className, text), { type: 'button' })
    made.dataset.act = act
    if (each) made.setAttribute('aria-label', `${text}: ${wordsOf(each)}`)
    return made
  }

  clicked(button) {
    const act = button?.dataset.act
    if (!act) return
    const item = button.closest('li')
    if (act === 'to') { this.toText(item.dataset.id); return }
    const found = suggestionsOf(this.editor.state.doc)
    const chosen = item ? found.filter(({ id }) => id === item.dataset.id) : found
    const next = item?.nextElementSibling?.dataset.id ?? item?.previousElementSibling?.dataset.id
    this.settle(chosen, act === 'accept')
    const what = chosen.length === 1 ? 'Usulan' : `${chosen.length} usulan`
    this.news.textContent = `${what} ${button.textContent === 'Tarik' ? 'ditarik' : act === 'accept' ? 'diterima' : 'ditolak'}.${this.editor.isEditable ? ' Ctrl+Z di naskah mengurungkannya.' : ''}`
    this.draw()
    ;(this.list.querySelector(`li[data-id="${next}"] [data-act="${act}"]`) ?? this.panel).focus()
  }

  /** One step back undoes it whole: an ordinary change of the text. */
  settle(chosen, isAccepted) {
    const made = this.closeHistory(this.editor.state.tr).setMeta('suggestions', true)
    const gone = isAccepted ? 'deletion' : 'insertion'
    const ranges = chosen.flatMap((each) => each.ranges).sort((one, other) => other.from - one.from)
    for (const { from, to, mark } of ranges) {
      if (mark.type.name === gone) made.delete(from, to)
      else made.removeMark(from, to, mark)
    }
    if (made.docChanged) this.editor.view.dispatch(made)
  }

  toText(id) {
    const [range] = suggestionsOf(this.editor.state.doc).find((each) => each.id === id)?.ranges ?? []
    if (!range) return
    if (matchMedia('(max-width: 700px)').matches) location.hash = 'isi'
    const { view } = this.editor
    view.dom.querySelector(`[data-suggestion="${id}"]`)?.scrollIntoView({ block: 'center' })
    if (!this.editor.isEditable) return
    this.editor.commands.setTextSelection(range)
    view.focus()
  }

  choose(id) {
    document.querySelector('[aria-controls="panel-usulan"]')?.click()
    for (const item of this.list.children) item.classList.toggle('on', item.dataset.id === id)
    this.list.querySelector('.on')?.scrollIntoView({ block: 'nearest' })
  }
}

export function begin(page) {
  const { editor, boot } = page
  editor.registerPlugin(textPlugin(page), (plugin, plugins) => [plugin, ...plugins]) // before the library's way to copy
  if (boot.suggesting) record(editor, page)
  if (boot.sees_suggestions) new Suggestions(page)
}
