// The list of threads beside the text and the form that starts one; the ranges in the text are index.js.
const SETTLE = 8000
const LOST = 'Komentar belum terkirim: server tidak terjangkau. Tulisan Anda masih ada; kirim lagi sebentar lagi.'
const SIGNED_OUT = 'Komentar belum terkirim: sesi Anda berakhir. Masuk lagi di tab lain, lalu kirim lagi.'

export class Comments {
  constructor(page) {
    Object.assign(this, page)
    const { boot } = page
    this.panel = document.getElementById('panel-komentar')
    this.place = document.getElementById('comment-compose')
    this.news = document.getElementById('comment-news')
    addEventListener('comment-chosen', ({ detail }) => this.show(detail))
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== 'KeyM') return
      event.preventDefault()
      this.onWords()
    })
    this.panel.addEventListener('click', (event) => this.clicked(event))
    this.panel.addEventListener('submit', (event) => { event.preventDefault(); this.send(event.target, event.submitter) })
    const button = document.getElementById('comment-words')
    button.hidden = false
    button.addEventListener('mousedown', (event) => event.preventDefault()) // the selection stays in the text
    button.addEventListener('click', () => this.onWords())
    if (!boot.editable) this.offerToReaders()
    this.draw()
    const asked = /^#K-(\d+)$/.exec(location.hash)?.[1]
    if (asked) { this.toText(asked); this.show(asked) }
  }

  list() { return document.getElementById('comment-threads') }
  range(number) { return this.commentKey.getState(this.editor.state).set.find().find((mark) => mark.spec.number === number) }

  tell(change) {
    this.editor.view.dispatch(this.editor.state.tr.setMeta(this.commentKey, change).setMeta('addToHistory', false))
  }

  draw() {
    const threads = [...this.list().querySelectorAll('[data-block]')].map(({ dataset }) => (
      { number: dataset.thread, block: dataset.block, start: Number(dataset.start), end: Number(dataset.end) }))
    document.querySelector('[data-comment-count]').textContent = Number(this.list().dataset.count) || ''
    this.tell({ threads })
  }

  clicked(event) {
    if (event.target.closest('[data-to-text]')) this.toText(event.target.closest('.thread').dataset.thread)
    const link = event.target.closest('[data-compose-link]')
    if (link || event.target.closest('[data-cancel]')) event.preventDefault()
    if (link) this.compose(link.href)
    if (event.target.closest('[data-cancel]')) this.close()
  }

  /** Readers have no bar of tools: the button comes to the words that they chose. */
  offerToReaders() {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'btn btn-primary btn-sm float-comment', textContent: 'Komentari', hidden: true })
    button.addEventListener('mousedown', (event) => event.preventDefault())
    button.addEventListener('click', () => this.onWords())
    document.body.append(button)
    document.addEventListener('selectionchange', () => {
      const found = this.selected()
      button.hidden = !found
      if (!found) return
      const box = getSelection().getRangeAt(0).getBoundingClientRect()
      button.style.left = `${Math.min(box.right, innerWidth - 130)}px`
      button.style.top = `${Math.min(box.bottom + 6, innerHeight - 60)}px`
    })
  }

  /** The chosen words, as far as they lie in one block; null where none are chosen. */
  selected() {
    const chosen = getSelection()
    const { view, state: { doc } } = this.editor
    if (!chosen.rangeCount || chosen.isCollapsed || !view.dom.contains(chosen.anchorNode) || !view.dom.contains(chosen.focusNode)) return null
    const range = chosen.getRangeAt(0)
    const from = doc.resolve(view.posAtDOM(range.startContainer, range.startOffset))
    const to = Math.min(view.posAtDOM(range.endContainer, range.endOffset), from.end())
    if (!from.parent.isTextblock || !from.parent.attrs.id || to <= from.pos) return null
    const [awal, akhir] = [from.pos, to].map((place) => this.pointsAt(from.parent, place - from.start()))
    return awal < akhir ? { blok: from.parent.attrs.id, awal, akhir } : null
  }

  async onWords() {
    if (!this.selected()) {
      this.open()
      this.news.textContent = 'Pilih dahulu kata-kata di naskah, lalu tekan Ctrl+Alt+M; atau komentari seluruh bagian.'
      return
    }
    const until = Date.now() + SETTLE
    while (this.sync.pending() && Date.now() < until) {
      this.sync.push()
      await new Promise((resolve) => { setTimeout(resolve, 150) })
    }
    const words = this.selected()
    if (this.sync.pending() || !words) {
      this.announce('Tunggu sampai naskah tersimpan, lalu pilih teksnya sekali lagi.')
      return
    }
    await this.compose(`${this.boot.comment_url}&${new URLSearchParams({ ...words, versi: this.sync.version() })}`)
  }

  open() {
    document.querySelector('[aria-controls="panel-komentar"]')?.click()
    if (matchMedia('(max-width: 700px)').matches) location.hash = 'panel'
  }

  async ask(url, options = {}) {
    const token = document.querySelector('meta[name="csrf-token"]').content
    const headers = { Beside: '1', Accept: 'application/json', 'X-CSRFToken': token }
    return fetch(url, { credentials: 'same-origin', signal: AbortSignal.timeout(15000), ...options, headers })
  }

  async compose(url) {
    this.open()
    const answer = await this.ask(url).catch(() => null)
    if (!answer?.ok) { this.news.textContent = LOST; return }
    this.news.textContent = ''
    this.place.innerHTML = await answer.text()
    this.place.querySelector('input[type="radio"]').focus()
    this.place.scrollIntoView({ block: 'nearest' })
  }

  close() {
    this.place.replaceChildren()
    document.querySelector('[data-compose-link]').focus()
  }

  async send(form, button) {
    const body = new FormData(form, button)
    body.delete('csrfmiddlewaretoken') // older than the latest sign-in, perhaps; the header is not
    const buttons = [...form.querySelectorAll('button')]
    buttons.forEach((each) => { each.disabled = true })
    const answer = await this.ask(form.action, { method: 'POST', body }).catch(() => null)
    buttons.forEach((each) => { each.disabled = false })
    const isMarkup = answer?.headers.get('Content-Type')?.includes('html')
    if (!answer || !isMarkup) {
      const why = answer ? (await answer.json().catch(() => ({}))).detail : LOST
      this.news.textContent = answer?.status === 401 ? SIGNED_OUT : why ?? LOST
      return
    }
    const markup = await answer.text()
    if (answer.ok) this.sent(form, markup, answer.headers.get('Comment'))
    else this.refused(form, markup)
  }

  sent(form, markup, name) {
    if ('compose' in form.dataset) this.place.replaceChildren()
    this.replace(markup)
    this.news.textContent = `Terkirim: ${name}.`
    document.getElementById(name)?.focus()
  }

  refused(form, markup) {
    if ('compose' in form.dataset) this.place.innerHTML = markup
    else form.closest('.thread').outerHTML = markup
    const fault = this.panel.querySelector('[role="alert"]')
    fault?.setAttribute('tabindex', '-1')
    fault?.focus()
  }

  replace(markup) {
    this.list().outerHTML = markup
    this.draw()
  }

  /** What somebody is writing between the threads is not taken away by what came meanwhile. */
  async polled(stamp) {
    if (stamp === undefined || stamp === this.list().dataset.stamp) return
    const typed = [...this.list().querySelectorAll('textarea')].some((area) => area.value.trim())
    if (typed) { this.news.textContent = 'Ada perubahan pada komentar; ditampilkan setelah tanggapan Anda terkirim.'; return }
    const answer = await this.ask(this.boot.comments_url).catch(() => null)
    if (!answer?.ok) return
    const inside = this.list().contains(document.activeElement) ? document.activeElement.closest('.thread')?.id : null
    this.replace(await answer.text())
    if (inside) document.getElementById(inside)?.focus()
  }

  show(number) {
    const card = document.getElementById(`K-${number}`)
    if (!card) return
    this.open()
    this.choose(number)
    card.scrollIntoView({ block: 'nearest' })
    card.focus({ preventScroll: true })
  }

  choose(number) {
    for (const card of this.list().querySelectorAll('.thread')) card.classList.toggle('on', card.dataset.thread === number)
    this.tell({ active: number })
  }

  toText(number) {
    const mark = this.range(number)
    if (!mark) return
    if (matchMedia('(max-width: 700px)').matches) location.hash = 'isi'
    this.choose(number)
    const { view } = this.editor
    if (this.boot.editable) {
      this.editor.commands.setTextSelection({ from: mark.from, to: mark.to })
      view.focus()
    }
    view.domAtPos(mark.from).node.parentElement.scrollIntoView({ block: 'center' })
  }
}
