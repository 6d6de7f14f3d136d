// What is not confirmed by the server stays on this device: one draft per tab, and copies of what could not be merged.
import { getSchema } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { Step } from '@tiptap/pm/transform'
import { collab, receiveTransaction, sendableSteps } from 'prosemirror-collab'
import { request } from './http.js'
import { extensions } from './schema.js'
import { batchOf, bodyOf, insertedText, stepsAsJson } from './steps.js'

const RETRY = 15000
const EMPTY = { type: 'doc', content: [{ type: 'paragraph' }] }

export class Drafts {
  constructor(boot, client, session) {
    Object.assign(this, { boot, client, session })
    this.prefix = `draft:${boot.doc_url}:${boot.user}:`
    this.copyPrefix = `recover:${boot.doc_url}:${boot.user}:`
    // Held while this tab lives: how another tab tells a living draft from a dead one.
    navigator.locks?.request(`editor:${client}`, () => new Promise(() => {}))
  }

  /** Synchronous, on every change; false when the device has no room left: the caller warns. */
  save(state) {
    const pending = sendableSteps(state)
    try {
      if (pending) localStorage.setItem(this.prefix + this.client, bodyOf(pending, this.client))
      else localStorage.removeItem(this.prefix + this.client)
      return true
    } catch {
      return false
    }
  }

  clear() { localStorage.removeItem(this.prefix + this.client) }

  keys(prefix) {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
  }

  async orphans() {
    const held = new Set(((await navigator.locks?.query())?.held ?? []).map((lock) => lock.name))
    return this.keys(this.prefix).filter((key) => !held.has(`editor:${key.slice(this.prefix.length)}`))
  }

  /** Sends what dead tabs left, under their own client id, so that the server's log tells what it already has. */
  async replayOrphans() {
    const orphans = await this.orphans()
    let failed = 0
    for (const key of orphans) {
      try {
        await this.replay(JSON.parse(localStorage.getItem(key)))
        localStorage.removeItem(key)
      } catch {
        failed += 1
      }
    }
    return { found: orphans.length, failed }
  }

  async replay(draft) {
    const schema = getSchema(extensions)
    const answer = await request(`${this.boot.doc_url}?at=${draft.version}`)
    if (answer.status === 422 || answer.status === 400) return this.giveUp(draft)
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    let state
    try {
      state = this.rebuild(schema, (await answer.json()).doc, draft)
    } catch {
      return this.giveUp(draft)
    }
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const batch = batchOf(state)
      if (!batch) return null
      state = await this.sendBatch(state, batch, schema, draft.client)
      if (!state) return null
    }
    throw new Error('still stale')
  }

  rebuild(schema, doc, draft) {
    const state = EditorState.create({
      doc: schema.nodeFromJSON(doc), plugins: [collab({ version: draft.version, clientID: draft.client })],
    })
    const transaction = state.tr
    for (const step of draft.steps) transaction.step(Step.fromJSON(schema, step))
    return state.apply(transaction)
  }

  /** The state after one answer; null when the rest was kept as a copy. */
  async sendBatch(state, batch, schema, client) {
    const answer = await this.session.post(this.boot.steps_url, bodyOf(batch, client))
    if (answer.ok) return state.apply(receiveTransaction(state, batch.steps, batch.steps.map(() => client)))
    if (answer.status === 409) return this.rebase(state, await answer.json(), schema, client)
    if (![400, 403, 413, 422].includes(answer.status)) throw new Error(`HTTP ${answer.status}`)
    const lost = insertedText(sendableSteps(state).steps, state.doc)
    await this.keep({ reason: 'draf tab yang tertutup ditolak server', doc: state.doc.toJSON(), lost })
    return null
  }

  rebase(state, missed, schema, client) {
    const sent = sendableSteps(state).steps
    const foreign = missed.clients.findIndex((other) => other !== client)
    const own = foreign < 0 ? missed.clients.length : foreign
    const next = state.apply(receiveTransaction(state, missed.steps.map((step) => Step.fromJSON(schema, step)), missed.clients))
    const left = sendableSteps(next)?.steps.length ?? 0
    if (sent.length - own > left) {
      this.keep({ reason: 'paragraf dihapus orang lain', doc: state.doc.toJSON(), lost: insertedText(sent, state.doc) })
    }
    return next
  }

  /** The text it was made on cannot be rebuilt: at least its words are kept. */
  giveUp(draft) {
    return this.keep({ reason: 'draf tab yang tertutup tidak dapat digabung', doc: EMPTY, lost: stepsAsJson(draft.steps) })
  }

  /** A copy goes to this device first and to the server as soon as it answers. Tells where it is: server, device or nowhere. */
  async keep(copy) {
    const key = `${this.copyPrefix}${Date.now()}:${Math.random()}`
    let stored = true
    try {
      localStorage.setItem(key, JSON.stringify(copy))
    } catch {
      stored = false
    }
    const sent = await this.sendCopy(copy)
    if (sent) localStorage.removeItem(key)
    else this.flushLater()
    if (sent) return 'server'
    return stored ? 'device' : 'nowhere'
  }

  async sendCopy(copy) {
    try {
      const answer = await this.session.post(this.boot.recovered_url, copy)
      if (answer.status !== 413 && answer.status !== 422) return answer.ok
      const words = { reason: `${copy.reason} (hanya teks)`, doc: EMPTY, lost: copy.lost || JSON.stringify(copy.doc).slice(0, 200000) }
      return (await this.session.post(this.boot.recovered_url, words)).ok
    } catch {
      return false
    }
  }

  flushLater() {
    clearTimeout(this.flushTimer)
    this.flushTimer = setTimeout(() => this.flushCopies(), RETRY)
  }

  async flushCopies() {
    for (const key of this.keys(this.copyPrefix)) {
      if (!(await this.sendCopy(JSON.parse(localStorage.getItem(key))))) return this.flushLater()
      localStorage.removeItem(key)
    }
    return null
  }
}
