// Numbers of the whole plan, from the code that numbers the book: fetched at the start and after captions were saved.
import { sendableSteps } from 'prosemirror-collab'
import { request } from './http.js'
import { captionKey } from './decorations.js'

const EMPTY = { start: { table: 0, figure: 0 }, prefix: '', labels: {}, targets: [] }

export class Numbers {
  constructor(editor, boot) {
    Object.assign(this, { editor, boot, current: { ...EMPTY, prefix: boot.table_prefix ?? '' }, timer: null, stale: false })
    editor.on('transaction', ({ transaction }) => this.seen(transaction))
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.soon() })
    this.fetch()
  }

  seen(transaction) {
    if (transaction.docChanged && captionKey.getState(this.editor.state).version !== this.version) {
      this.version = captionKey.getState(this.editor.state).version
      this.stale = true
    }
    if (this.stale && transaction.getMeta('collab$') && !sendableSteps(this.editor.state)) this.soon()
  }

  soon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.fetch(), 400)
  }

  /** Never rejects: without an answer the last known numbers stay. */
  async fetch() {
    this.stale = false
    try {
      const answer = await request(this.boot.numbers_url)
      if (!answer.ok) return this.current
      this.current = await answer.json()
    } catch {
      return this.current
    }
    if (!this.editor.isDestroyed) {
      this.editor.view.dispatch(this.editor.state.tr.setMeta(captionKey, this.current).setMeta('addToHistory', false))
    }
    return this.current
  }
}
