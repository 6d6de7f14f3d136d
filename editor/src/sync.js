// Saving: optimistic, versioned, rebasing. The server is the only authority; every path that brings steps ends in ingest().
import { Step } from '@tiptap/pm/transform'
import { getVersion, receiveTransaction, sendableSteps } from 'prosemirror-collab'
import { fingerprint } from './fingerprint.js'
import { request } from './http.js'
import { leaveNote, mayReload } from './restart.js'
import { announce, banner, clock, status } from './status.js'
import { batchOf, bodyOf, insertedText } from './steps.js'

const CEILING = 2500 // somebody who never pauses is still saved this often
const LONGEST = 15000
const SIGNED_OUT = 3000
const KEEPALIVE = 50000 // browsers carry at most 64 kB past the end of a page

export class Sync {
  constructor(editor, boot, drafts, session) {
    Object.assign(this, { editor, boot, drafts, session, client: drafts.client })
    this.busy = false
    this.stopped = false
    this.timer = null
    this.firstChange = 0
    this.backoff = 0
    this.trouble = false // the last attempt did not reach the server, or not as this writer
    this.isDrafted = true
    this.isGivenUp = false
    this.last = null // what "saved" may say: {version, when, who}
    this.openCopies = boot.open_copies ?? 0
  }

  pending() { return sendableSteps(this.editor.state)?.steps.length ?? 0 }
  version() { return getVersion(this.editor.state) }
  start() {
    this.editor.on('transaction', ({ transaction }) => this.changed(transaction))
    addEventListener('online', () => this.wake())
    addEventListener('focus', () => this.wake())
    addEventListener('pagehide', () => this.leave())
    addEventListener('beforeunload', (event) => { if (this.pending() && !this.isDrafted) event.preventDefault() })
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.wake() })
    if (this.pending()) this.push()
  }

  changed(transaction) {
    if (!transaction.docChanged || transaction.getMeta('collab$')) return
    this.keepDraft()
    if (this.stopped) return
    this.tell()
    this.onTyping?.()
    if (!this.trouble || !this.timer) this.schedule(this.isDrafted ? this.boot.push_ms : 0)
  }

  keepDraft() {
    if (this.isGivenUp) return // all of it is a copy now; a draft would only be refused again
    this.isDrafted = this.drafts.save(this.editor.state)
    if (!this.isDrafted) announce('Penyimpanan peramban penuh. Jangan tutup halaman ini sebelum tersimpan.')
  }

  /** The one place that chooses among the four states. */
  tell() {
    if (this.stopped) return
    const count = this.pending()
    if (!count && this.trouble) status.attention('tidak terhubung sebagai Anda; masuk lagi sebelum menulis')
    else if (!count && this.last) status.saved(this.last.version, this.last.when, this.last.who)
    else if (count && !this.trouble) status.saving()
    else if (count && this.isDrafted) status.local(count)
    else if (count) status.attention(`belum terkirim dan tidak muat di perangkat ini (${count} perubahan); jangan tutup halaman`)
  }

  schedule(delay) {
    const now = Date.now()
    this.firstChange ||= now
    this.retry(Math.max(0, Math.min(delay, this.firstChange + CEILING - now)))
  }

  retry(delay) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.push(), delay)
  }

  async push() {
    const batch = batchOf(this.editor.state)
    if (!batch || this.busy || this.stopped) return
    clearTimeout(this.timer)
    this.timer = null
    this.busy = true
    this.firstChange = 0
    let again = this.boot.push_ms
    try {
      const answer = await request(this.boot.steps_url, bodyOf(batch, this.client))
      again = await this.answered(answer, batch)
    } catch {
      again = this.unreachable()
    }
    this.busy = false
    if (this.stopped) return
    this.keepDraft()
    this.tell()
    if (this.pending()) this.retry(again)
  }

  unreachable() {
    this.trouble = true
    this.backoff = Math.min(LONGEST, this.backoff ? this.backoff * 2 : 1000)
    return this.backoff * (0.5 + Math.random())
  }

  /** Handles one answer and returns after how many milliseconds to try again if something is still unsent. */
  async answered(answer, batch) {
    if (answer.ok) return this.confirmed(await answer.json(), batch)
    if (answer.status === 409) return this.stale(await answer.json(), batch)
    if (answer.status === 401) return this.signedOut()
    if (answer.status === 403) return this.forbidden(answer)
    if ([400, 413, 422].includes(answer.status)) return this.refused(answer)
    throw new Error(`HTTP ${answer.status}`)
  }

  confirmed(answer, batch) {
    if (!Number.isInteger(answer.version)) throw new Error('not our answer')
    this.reached()
    this.ingest(batch.version, batch.steps.map((step) => step.toJSON()), batch.steps.map(() => this.client))
    this.last = { version: answer.version, when: clock(), who: 'Anda' }
    const isWhole = !this.pending() && this.version() === answer.version
    if (isWhole && fingerprint(this.editor.state.doc) !== answer.fp) this.diverged()
    return this.pending() > 100 ? 0 : this.boot.push_ms
  }

  stale(missed, batch) {
    this.reached()
    this.ingest(batch.version, missed.steps, missed.clients)
    this.last = { version: this.version(), when: clock(), who: missed.clients.includes(this.client) ? 'Anda' : 'penulis lain' }
    return 1 + Math.random() * 30
  }

  reached() {
    this.backoff = 0
    this.trouble = false
    this.renewed = false
    announce('')
    this.session.works()
  }

  signedOut() {
    this.trouble = true
    this.session.ended()
    this.tell()
    return SIGNED_OUT
  }

  /** Either the token is older than the latest sign-in, or this person may no longer write here. */
  async forbidden(answer) {
    const who = await this.session.renew()
    if (who === 'out') return this.signedOut()
    if (who === 'ours' && this.renewed) return this.refused(answer)
    this.renewed = who === 'ours'
    this.trouble ||= who === 'other'
    if (who === 'other') this.session.isSomebodyElses()
    return who === 'ours' ? 0 : SIGNED_OUT
  }

  async refused(answer) {
    const { error } = await answer.json().catch(() => ({}))
    const why = error ?? 'Server menolak perubahan ini.'
    const lost = insertedText(sendableSteps(this.editor.state)?.steps ?? [], this.editor.state.doc)
    return this.startOver(`ditolak server: ${why}`, `${why} Perubahan terakhir tidak disimpan di naskah; salinannya`, lost)
  }

  diverged() {
    return this.startOver('tampilan berbeda dari server', 'Tampilan sempat berbeda dari server dan sudah dimuat ulang. Salinan tampilan sebelumnya')
  }

  /** Keeps everything shown as a copy, then loads the section afresh, rather than let a fault grow. */
  async startOver(reason, sentence, lost = '') {
    this.stopped = true
    this.editor.setEditable(false)
    status.attention('naskah dimuat ulang')
    const place = await this.drafts.keep({ reason: reason.slice(0, 120), doc: this.editor.getJSON(), lost })
    const where = { server: 'ada di “Pulihan”.', device: 'ada di perangkat ini dan menyusul ke “Pulihan”.' }[place]
    if (!where) {
      status.attention('perubahan ditolak dan tidak muat di perangkat ini')
      banner('refused', { text: `${sentence} tidak dapat dibuat. Salin tulisan Anda ke tempat lain, lalu muat ulang halaman.`, grave: true })
      return 0
    }
    this.isGivenUp = true
    this.drafts.clear()
    if (mayReload()) {
      leaveNote(`${sentence} ${where}`)
      location.reload()
    } else {
      status.attention('muat ulang halaman untuk melanjutkan')
      banner('refused', { text: `${sentence} ${where} Muat ulang halaman untuk melanjutkan.`, grave: true })
    }
    return 0
  }

  /** Idempotent by version number: the same steps applied twice are how collaborating editors silently diverge. */
  ingest(from, stepsJson, clients) {
    const skip = this.version() - from
    if (skip < 0 || stepsJson.length <= skip) return
    try {
      this.receive(stepsJson.slice(skip), clients.slice(skip))
    } catch {
      this.diverged()
    }
  }

  receive(stepsJson, clients) {
    const state = this.editor.state
    const steps = stepsJson.map((json) => Step.fromJSON(this.editor.schema, json))
    let own = 0
    while (own < clients.length && clients[own] === this.client) own += 1
    const expected = this.pending() - own
    const sent = sendableSteps(state)?.steps ?? []
    this.editor.view.dispatch(receiveTransaction(state, steps, clients, { mapSelectionBackward: true }))
    if (steps.length > own && expected > this.pending()) this.lostGround(state.doc, sent)
  }

  async lostGround(doc, sent) {
    const lost = insertedText(sent, doc)
    this.openCopies += 1
    const place = await this.drafts.keep({ reason: 'paragraf dihapus orang lain', doc: doc.toJSON(), lost })
    const where = place === 'server' ? 'ada di Pulihan' : 'ada di perangkat ini dan menyusul ke Pulihan'
    const words = lost.length > 120 ? `${lost.slice(0, 120)}…` : lost
    banner('lost', {
      text: `Paragraf yang Anda sunting dihapus orang lain. Salinan tulisan Anda ${where}: “${words}”`,
      href: this.boot.recovered_page_url, link: 'Buka Pulihan',
    })
  }

  /** What a poll brought. */
  polled(since, missed) {
    if (this.trouble && !this.pending()) this.reached()
    this.ingest(since, missed.steps, missed.clients)
    if (missed.steps.length) this.keepDraft()
    if (missed.steps.length && missed.by) this.last = { version: this.version(), when: missed.saved_at, who: missed.by }
    if (missed.recovered > this.openCopies) {
      banner('removed', {
        text: 'Tulisan yang baru Anda buat dihapus orang lain. Salinannya disimpan untuk Anda.',
        href: this.boot.recovered_page_url, link: 'Buka Pulihan',
      })
    }
    this.openCopies = missed.recovered ?? this.openCopies
    if (!this.busy && !this.pending()) this.tell()
  }

  wake() {
    this.backoff = 0
    this.push()
    this.drafts.flushCopies()
  }

  leave() {
    this.keepDraft()
    const batch = this.stopped ? null : batchOf(this.editor.state, KEEPALIVE)
    if (batch) request(this.boot.steps_url, bodyOf(batch, this.client), { keepalive: true }).catch(() => {})
  }
}
