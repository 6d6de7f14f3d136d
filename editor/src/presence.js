// Who is in this section and who holds its pen. Advisory: nothing here keeps anybody from typing.
import { request } from './http.js'
import { banner, clearBanner } from './status.js'

const TYPING = 30000
const ASK_AGAIN = 10000

const initials = (name) => name.split(/\s+/u).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join('')

function part(name, className, text = '') {
  return Object.assign(document.createElement(name), { className, textContent: text })
}

function confirm({ title, text, action }) {
  return new Promise((resolve) => {
    const dialog = part('dialog', 'editor-dialog')
    const form = Object.assign(document.createElement('form'), { method: 'dialog' })
    const go = Object.assign(part('button', 'btn btn-primary', action), { value: 'go' })
    const stay = Object.assign(part('button', 'btn btn-quiet', 'Batal'), { value: 'stay' })
    const heading = Object.assign(part('h2', '', title), { id: 'pen-question' })
    dialog.setAttribute('aria-labelledby', heading.id)
    const buttons = part('div', 'dialog-buttons')
    buttons.append(go, stay)
    form.append(heading, part('p', '', text), buttons)
    dialog.append(form)
    dialog.addEventListener('close', () => {
      resolve(dialog.returnValue === 'go')
      dialog.remove()
    })
    document.body.append(dialog)
    dialog.showModal()
  })
}

export class Company {
  constructor(boot, client, session, editor) {
    Object.assign(this, { boot, client, session, editor })
    this.here = []
    this.pen = null
    this.shown = ''
    this.told = ''
    this.lastTyped = 0
    this.lastAsked = 0
    this.bar = document.getElementById('editor-presence')
    addEventListener('pagehide', () => this.leave())
  }

  others() { return this.here.filter((tab) => tab.client !== this.client).length }
  isTyping() { return Date.now() - this.lastTyped < TYPING }
  holdsPen() { return this.pen?.client === this.client }

  /** The first typing takes the pen when it is free; somebody else's stays theirs. */
  typed() {
    this.lastTyped = Date.now()
    const isTheirs = this.pen && !this.pen.yours
    if (this.holdsPen() || isTheirs || Date.now() - this.lastAsked < ASK_AGAIN) return
    this.lastAsked = Date.now()
    this.ask({ client: this.client })
  }

  async ask(body) {
    try {
      const answer = await this.session.post(this.boot.lease_url, body)
      if (answer.ok) this.update(await answer.json())
    } catch { /* the pen is a courtesy; saving goes on without it */ }
  }

  async takeOver() {
    const name = this.pen?.name ?? 'Orang lain'
    const sure = await confirm({
      title: 'Ambil alih pena?',
      text: `${name} sedang menulis di bagian ini dan akan diberi tahu. Tulisan kalian berdua tetap tersimpan.`,
      action: 'Ambil alih',
    })
    if (sure) await this.ask({ client: this.client, takeover: true })
    this.editor.view.focus()
  }

  async takeBack() {
    await this.ask({ client: this.client, takeover: true })
    this.editor.view.focus()
  }

  update({ here, lease, taken }) {
    this.here = here ?? this.here
    this.pen = lease ?? null
    if (this.holdsPen()) clearBanner('taken')
    else if (taken) this.tellTaken(taken)
    this.show()
  }

  tellTaken({ by, at }) {
    if (this.told === by + at) return
    this.told = by + at
    banner('taken', {
      text: `Pena diambil alih oleh ${by} pukul ${at}. Tulisan Anda tetap tersimpan, dan Anda tetap dapat menulis.`,
      act: 'Ambil kembali', run: () => this.takeBack(),
    })
  }

  show() {
    const people = new Map()
    for (const tab of this.here) {
      if (tab.client === this.client) continue
      const name = tab.you ? 'Anda di tab lain' : tab.name
      people.set(name, people.get(name) || tab.writing)
    }
    const writer = this.pen && !this.pen.yours ? this.pen.name : ''
    const shown = JSON.stringify([[...people], writer])
    if (shown === this.shown) return
    this.shown = shown
    this.bar.hidden = !people.size && !writer
    this.bar.replaceChildren(this.row(people), ...(writer ? [this.penLine(writer)] : []))
  }

  row(people) {
    const list = document.createElement('ul')
    for (const [name, writes] of people) {
      const item = document.createElement('li')
      const sign = part('span', `initials${writes ? ' writes' : ''}`, initials(name))
      sign.setAttribute('aria-hidden', 'true')
      item.title = writes ? `${name}, sedang menulis` : name
      item.append(sign, part('span', 'sr', item.title))
      list.append(item)
    }
    return list
  }

  penLine(writer) {
    const line = part('p', 'pen-line')
    const says = part('span', '')
    says.setAttribute('role', 'status')
    says.append(part('b', '', writer), ' sedang menulis di bagian ini')
    line.append(says)
    if (this.boot.editable) {
      const button = Object.assign(part('button', 'btn btn-quiet', 'Ambil alih pena'), { type: 'button' })
      button.addEventListener('click', () => this.takeOver())
      line.append(button)
    }
    return line
  }

  leave() {
    request(this.boot.lease_url, { client: this.client, release: true }, { keepalive: true }).catch(() => {})
  }
}
