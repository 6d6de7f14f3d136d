// Starts the section editor from the page's boot data: replay what dead tabs left, load, edit, keep in step.
import { Editor, Extension } from '@tiptap/core'
import { collab } from 'prosemirror-collab'
import { commentsBeside } from './comments/index.js'
import { Drafts } from './drafts.js'
import { request } from './http.js'
import { Paste } from './paste/index.js'
import { extensions } from './schema.js'
import { Poll } from './poll.js'
import { Company } from './presence.js'
import { takeNote } from './restart.js'
import { Session } from './session.js'
import { announce, banner, status } from './status.js'
import { suggestionsBeside } from './suggest/index.js'
import { Sync } from './sync.js'
import { mountWriting, writingExtensions } from './writing.js'

const boot = JSON.parse(document.getElementById('editor-boot').textContent)
const client = `${boot.user}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(16).padStart(8, '0')}`
const ORPHANS_AGAIN = 20000

function withCollaboration(version) {
  const Collaboration = Extension.create({
    name: 'collaboration',
    addProseMirrorPlugins: () => [collab({ version, clientID: client })],
  })
  // Ids are given to new blocks only, and never to steps that came from elsewhere: both sides would give different ones.
  const suited = {
    uniqueID: { updateDocument: boot.editable, filterTransaction: (tr) => !tr.getMeta('collab$') },
    starterKit: boot.editable ? {} : { trailingNode: false }, // who does not write puts no paragraph at the end either
  }
  const chosen = extensions.map((extension) => extension.configure({ ...extension.options, ...suited[extension.name] }))
  return [...chosen, Collaboration, ...writingExtensions(boot), Paste(boot)]
}

function makeEditor(head) {
  return new Editor({
    element: document.getElementById('editor'),
    extensions: withCollaboration(head.version),
    content: head.doc,
    injectCSS: false,
    editable: boot.editable, // suggesting begins once its tool is there
    enableInputRules: boot.editable,
    enablePasteRules: boot.editable,
    enableContentCheck: true,
    onContentError: ({ error }) => announce(`Isi bagian tidak dapat ditampilkan: ${error.message}`),
    editorProps: {
      attributes: {
        role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Isi bagian', lang: 'id', spellcheck: 'true',
        class: boot.sees_suggestions ? 'prose' : 'prose without-suggestions',
        ...(boot.editable || boot.suggesting ? {} : { tabindex: '0', 'aria-readonly': 'true' }), // readers scroll and choose words by key too
      },
    },
  })
}

let editor

/** A server that is just coming back is waited for; the page itself has already come. */
async function loadHead() {
  for (let pause = 1000; ; pause = Math.min(15000, pause * 2)) {
    const answer = await request(boot.doc_url).catch(() => null)
    if (answer?.ok) return answer.json()
    if (answer && answer.status < 500) throw new Error(`HTTP ${answer.status}`)
    status.attention('server belum menjawab, dicoba lagi')
    await new Promise((resolve) => { setTimeout(resolve, pause) })
  }
}

/** Tells whether there were any. */
async function sendOrphans(drafts) {
  const { found, failed } = await drafts.replayOrphans()
  if (failed) {
    announce('Ada tulisan dari tab yang tertutup di perangkat ini yang belum terkirim; dicoba lagi dengan sendirinya.')
    setTimeout(() => sendOrphans(drafts), ORPHANS_AGAIN)
  }
  return found > 0
}

/** The browser's own copy of the page carries the text as it was when the page was made. */
const isOldPage = () => performance.getEntriesByType('navigation')[0]?.type === 'back_forward'

function tellNote() {
  const text = takeNote()
  if (text) banner('note', { text, href: boot.recovered_page_url, link: 'Buka Pulihan', grave: true })
}

async function start() {
  const session = new Session(boot)
  const drafts = new Drafts(boot, client, session)
  const hadOrphans = await sendOrphans(drafts)
  const head = hadOrphans || isOldPage() ? await loadHead() : boot.head
  editor = makeEditor(head)
  const sync = new Sync(editor, boot, drafts, session)
  mountWriting(editor, boot)
  if (head.by) sync.last = { version: head.version, when: head.saved_at, who: head.by }
  else status.empty(head.version)
  tellNote()
  const company = new Company(boot, client, session, editor)
  if (boot.editable) sync.onTyping = () => company.typed()
  sync.tell()
  sync.start()
  const poll = new Poll(sync, company, boot)
  poll.start()
  suggestionsBeside(editor, boot).then(() => { window.__editor.hasSuggestions = true }, () => announce('Usulan kata belum dapat dimuat. Muat ulang halaman.'))
  commentsBeside(editor, boot, sync).then((comments) => { poll.comments = comments }, () => {})
  drafts.flushCopies()
  window.__editor = {
    editor, client, sync, ready: true, pending: () => sync.pending(), version: () => sync.version(), push: () => sync.push(), isPasteReady: () => editor.storage.paste.isReady,
  }
}

start().catch(() => {
  status.attention('naskah belum dimuat')
  announce('Editor tidak dapat dimuat. Muat ulang halaman; naskah yang tersimpan tetap aman.')
})
