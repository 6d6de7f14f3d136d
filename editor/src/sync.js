// Saving: optimistic, versioned, rebasing. The server is the only authority; every path that brings steps ends in ingest().
import { Step } from '@tiptap/pm/transform'
import { getVersion, receiveTransaction, sendableSteps } from 'prosemirror-collab'
import { insertedText } from './drafts.js'
import { fingerprint } from './fingerprint.js'
import { request } from './http.js'
import { announce, clock, status } from './status.js'

const CEILING = 2500 // somebody who never pauses is still saved this often
const TIMEOUT = 15000
const COMPANY = 30000 // after somebody else's steps the page polls faster for this long

export class Sync {
  constructor(editor, boot, drafts) {
    Object.assign(this, { editor, boot, drafts, client: drafts.client })
    this.busy = false
    this.stopped = false
    this.timer = null
    this.firstChange = 0
    this.backoff = 0
    this.companyUntil = 0
  }

  pending() { return sendableSteps(this.editor.state)?.steps.length ?? 0 }
  version() { return getVersion(this.editor.state) }

  start() {
    this.editor.on('transaction', ({ transaction }) => this.changed(transaction))
    addEventListener('online', () => this.wake())
    addEventListener('pagehide', () => this.leave())
    addEventListener('beforeunload', (event) => { if (this.pending() && !navigator.onLine) event.preventDefault() })
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.wake() })
    if (this.pending()) this.push()
    this.pollSoon()
  }

  changed(transaction) {
    if (!transaction.docChanged || transaction.getMeta('collab$')) return
    if (!this.drafts.save(this.editor.state)) {
      announce('Penyimpanan peramban penuh. Jangan tutup halaman ini sebelum tersimpan.')
    }
    if (this.stopped) return
    if (!this.busy) status.saving()
    this.schedule(this.boot.push_ms)
  }

  schedule(delay) {
    const now = Date.now()
    this.firstChange ||= now
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.push(), Math.max(0, Math.min(delay, this.firstChange + CEILING - now)))
  }

  retry(delay) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.push(), delay)
  }

  body(pending) {
    return { version: pending.version, client: this.client, steps: pending.steps.map((step) => step.toJSON()) }
  }

  async push() {
    const pending = sendableSteps(this.editor.state)
    if (!pending || this.busy || this.stopped) return
    this.busy = true
    this.firstChange = 0
    status.saving()
    let again = this.boot.push_ms
    try {
      const answer = await request(this.boot.steps_url, this.body(pending), { signal: AbortSignal.timeout(TIMEOUT) })
      again = await this.answered(answer, pending)
    } catch {
      this.backoff = Math.min(15000, this.backoff ? this.backoff * 2 : 1000)
      again = this.backoff * (0.5 + Math.random())
      status.local(this.pending())
    }
    this.busy = false
    this.drafts.save(this.editor.state)
    if (this.pending() && !this.stopped) this.retry(again)
  }

  /** Handles one answer and returns after how many milliseconds to try again if something is still unsent. */
  async answered(answer, pending) {
    if (answer.ok) return this.confirmed(await answer.json(), pending)
    if (answer.status === 409) {
      const missed = await answer.json()
      this.ingest(pending.version, missed.steps, missed.clients)
      if (!this.pending()) status.saved(this.version(), clock(), 'Anda')
      return 1 + Math.random() * 30
    }
    if (answer.status === 401) return this.signedOut()
    if (answer.status === 403 || answer.status === 422 || answer.status === 413) return this.refused(answer)
    throw new Error(`HTTP ${answer.status}`)
  }

  confirmed(answer, pending) {
    this.backoff = 0
    announce('')
    this.closeSignIn()
    this.ingest(pending.version, pending.steps.map((step) => step.toJSON()), pending.steps.map(() => this.client))
    if (!this.pending()) {
      status.saved(answer.version, clock(), 'Anda')
      if (this.version() === answer.version && fingerprint(this.editor.state.doc) !== answer.fp) this.diverged()
    }
    return this.boot.push_ms
  }

  signedOut() {
    announce('Sesi Anda berakhir. Tulisan aman di perangkat ini; masuk lagi dan penyimpanan berlanjut sendiri.')
    status.local(this.pending())
    const dialog = document.getElementById('login-dialog')
    if (dialog && !dialog.open && !this.dismissedSignIn) {
      dialog.addEventListener('close', () => { this.dismissedSignIn = true }, { once: true })
      dialog.showModal()
    }
    return 3000
  }

  closeSignIn() {
    const dialog = document.getElementById('login-dialog')
    if (dialog?.open) dialog.close()
    this.dismissedSignIn = false
  }

  refused(answer) {
    this.stopped = true
    this.drafts.keep({ reason: `ditolak server (${answer.status})`, doc: this.editor.getJSON(), lost: '' })
    announce('Server menolak perubahan ini. Salinan lengkap disimpan di “Pulihan”; muat ulang halaman untuk melanjutkan.')
    status.attention('perubahan ditolak')
    localStorage.removeItem(this.drafts.prefix + this.client)
    return 0
  }

  diverged() {
    this.stopped = true
    this.drafts.keep({ reason: 'tampilan berbeda dari server', doc: this.editor.getJSON(), lost: '' })
    announce('Tampilan tidak lagi sama dengan server. Salinan disimpan di “Pulihan”; muat ulang halaman.')
    status.attention('tampilan berbeda dari server')
  }

  /** Idempotent by version number: the same steps applied twice are how collaborating editors silently diverge. */
  ingest(from, stepsJson, clients) {
    const skip = this.version() - from
    if (skip < 0) return false
    if (stepsJson.length > skip) this.receive(stepsJson.slice(skip), clients.slice(skip))
    return true
  }

  receive(stepsJson, clients) {
    const state = this.editor.state
    const steps = stepsJson.map((json) => Step.fromJSON(this.editor.schema, json))
    let own = 0
    while (own < clients.length && clients[own] === this.client) own += 1
    const expected = this.pending() - own
    const sent = sendableSteps(state)
    this.editor.view.dispatch(receiveTransaction(state, steps, clients, { mapSelectionBackward: true }))
    if (steps.length > own) this.companyUntil = Date.now() + COMPANY
    if (steps.length > own && expected > this.pending()) this.lostGround(state.doc, sent)
  }

  lostGround(doc, sent) {
    const lost = insertedText(sent.steps)
    this.drafts.keep({ reason: 'paragraf dihapus orang lain', doc: doc.toJSON(), lost })
    announce(`Paragraf yang Anda sunting telah dihapus orang lain. Salinan tulisan Anda ada di “Pulihan”: ${lost.slice(0, 120)}`)
  }

  pollSoon() {
    clearTimeout(this.pollTimer)
    const pause = Date.now() < this.companyUntil ? Math.min(1000, this.boot.poll_ms) : this.boot.poll_ms
    this.pollTimer = setTimeout(() => this.poll(), pause)
  }

  async poll() {
    if (document.visibilityState === 'visible' && !this.busy && !this.stopped) {
      const since = this.version()
      try {
        const answer = await request(`${this.boot.steps_url}?since=${since}`)
        if (answer.ok && !this.busy) await this.polled(since, await answer.json())
      } catch { /* offline: the next push or poll tells */ }
    }
    this.pollSoon()
  }

  async polled(since, missed) {
    if (!missed.steps.length) return
    this.ingest(since, missed.steps, missed.clients)
    this.drafts.save(this.editor.state)
    if (!this.pending() && missed.by) status.saved(this.version(), missed.saved_at, missed.by)
  }

  wake() {
    this.backoff = 0
    this.push()
    this.drafts.flushCopies()
  }

  leave() {
    this.drafts.save(this.editor.state)
    const pending = sendableSteps(this.editor.state)
    if (pending && !this.stopped) request(this.boot.steps_url, this.body(pending), { keepalive: true }).catch(() => {})
  }
}
