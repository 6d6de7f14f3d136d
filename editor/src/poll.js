// While the page is visible it asks what it missed: the same request is the heartbeat of presence and pen.
import { request } from './http.js'

const QUICK = 1000
const CROWD = 6 // with more people than this the quick pace would cost more than it gives

export class Poll {
  constructor(sync, company, boot) {
    Object.assign(this, { sync, company, boot, comments: null })
  }

  start() {
    this.poll()
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.poll() })
  }

  again() {
    const others = this.company.others()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.poll(), others && others < CROWD ? Math.min(QUICK, this.boot.poll_ms) : this.boot.poll_ms)
  }

  async poll() {
    const { sync } = this
    clearTimeout(this.timer)
    if (document.visibilityState === 'visible' && !sync.busy && !sync.stopped && !this.running) {
      this.running = true
      try {
        await this.ask(sync.version())
      } catch { /* offline: the next push or poll tells */ }
      this.running = false
    }
    this.again()
  }

  async ask(since) {
    const { sync, company } = this
    const address = `${this.boot.steps_url}?since=${since}&client=${sync.client}&writing=${company.isTyping() ? 1 : 0}`
    const answer = await request(address)
    if (answer.status === 401) sync.signedOut()
    if (!answer.ok) return
    const missed = await answer.json()
    company.update(missed)
    if (!sync.busy) sync.polled(since, missed)
    this.comments?.polled(missed.comments)
  }
}
