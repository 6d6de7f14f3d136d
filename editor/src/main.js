// Starts the section editor from the page's boot data: replay what dead tabs left, load, edit, keep in step.
import { Editor, Extension } from '@tiptap/core'
import { collab } from 'prosemirror-collab'
import { Drafts } from './drafts.js'
import { request } from './http.js'
import { Paste } from './paste/index.js'
import { extensions } from './schema.js'
import { announce, status } from './status.js'
import { Sync } from './sync.js'
import { mountWriting, writingExtensions } from './writing.js'

const boot = JSON.parse(document.getElementById('editor-boot').textContent)
const client = `${boot.user}-${crypto.randomUUID().slice(0, 8)}`

function withCollaboration(version) {
  const Collaboration = Extension.create({
    name: 'collaboration',
    addProseMirrorPlugins: () => [collab({ version, clientID: client })],
  })
  // Ids are given to new blocks only, and never to steps that came from elsewhere: both sides would give different ones.
  const identified = extensions.map((extension) => (extension.name === 'uniqueID'
    ? extension.configure({ ...extension.options, updateDocument: boot.editable, filterTransaction: (tr) => !tr.getMeta('collab$') })
    : extension))
  return [...identified, Collaboration, ...writingExtensions(boot), Paste(boot)]
}

function makeEditor(head) {
  return new Editor({
    element: document.getElementById('editor'),
    extensions: withCollaboration(head.version),
    content: head.doc,
    injectCSS: false,
    editable: boot.editable,
    enableContentCheck: true,
    onContentError: ({ error }) => announce(`Isi bagian tidak dapat ditampilkan: ${error.message}`),
    editorProps: {
      attributes: {
        role: 'textbox', 'aria-multiline': 'true', 'aria-label': 'Isi bagian', lang: 'id', spellcheck: 'true', class: 'prose',
      },
    },
  })
}

let editor

async function start() {
  const drafts = new Drafts(boot, client)
  const failures = boot.editable ? await drafts.replayOrphans() : 0
  const head = await (await request(boot.doc_url)).json()
  editor = makeEditor(head)
  const sync = new Sync(editor, boot, drafts)
  mountWriting(editor, boot)
  if (head.by) status.saved(head.version, head.saved_at, head.by)
  else status.empty(head.version)
  if (failures) announce('Ada draf yang belum terkirim di perangkat ini; dicoba lagi saat halaman dibuka berikutnya.')
  sync.start()
  drafts.flushCopies()
  window.__editor = {
    editor, client, ready: true, pending: () => sync.pending(), version: () => sync.version(), push: () => sync.push(),
  }
}

start().catch(() => announce('Editor tidak dapat dimuat. Muat ulang halaman; naskah yang tersimpan tetap aman.'))
