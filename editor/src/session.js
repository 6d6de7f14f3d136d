// A session that ended: typing goes on, a dialog asks to sign in, and a fresh token lets the queue flush by itself.
import { renewToken, request } from './http.js'
import { announce, banner, clearBanner } from './status.js'

const dialog = () => document.getElementById('login-dialog')

export class Session {
  constructor(boot) {
    this.boot = boot
    this.asked = false
  }

  /** 'ours', 'out' or 'other': whether requests are this writer's again, with the token that belongs to the new sign-in. */
  async renew() {
    const answer = await request(this.boot.session_url)
    if (answer.status === 401) return 'out'
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
    const now = await answer.json()
    if (now.user !== this.boot.user) return 'other'
    renewToken(now.csrf)
    return 'ours'
  }

  /** Posts; with a token that is older than the latest sign-in it gets a fresh one and tries once more. */
  async post(url, body, options) {
    const answer = await request(url, body, options)
    if (answer.status !== 403 || (await this.renew()) !== 'ours') return answer
    return request(url, body, options)
  }

  ended() {
    announce('Sesi Anda berakhir. Tulisan aman di perangkat ini; masuk lagi dan penyimpanan berlanjut sendiri.')
    if (this.asked || dialog()?.open) return
    this.asked = true
    dialog()?.showModal()
  }

  /** Somebody else signed in with this browser: what one person wrote is never sent under another's name. */
  isSomebodyElses() {
    banner('session', {
      text: 'Di peramban ini sekarang masuk orang lain. Tulisan Anda belum dikirim dan aman di perangkat ini; masuklah kembali dengan akun Anda.',
      href: dialog()?.querySelector('a')?.href ?? '/', link: 'Buka halaman masuk', grave: true,
    })
  }

  works() {
    this.asked = false
    if (dialog()?.open) dialog().close()
    clearBanner('session')
  }
}
