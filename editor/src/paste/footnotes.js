// Foot- and endnotes: a reference in the text, the words somewhere at the end; each program links the two in its own way.
import { dropLetters, each, make, words } from './dom.js'

const LONGEST = 4000
// The address of a reference, and where the words of that note stand.
const KINDS = [
  [/^#_((?:ftn|edn)\d+)$/, (body, id) => body.querySelector(`[id="${id}"]`)], // Word
  [/^#(sd(?:foot|end)note\d+)sym$/, (body, id) => body.querySelector(`[id="${id}"]`)], // LibreOffice
  [/^#((?:ftnt|endnt)\d+)$/, (body, id) => body.querySelector(`[id="${id}"]`)?.closest('p,div')], // Google Docs
]
const NOTE = '[data-style*="mso-element:footnote"],[data-style*="mso-element:endnote"],div[id^="sdfootnote"],div[id^="sdendnote"]'

function noteWords(note) {
  const copy = note.cloneNode(true)
  each(copy, 'a[href^="#_ftnref"],a[href^="#_ednref"],a.sdfootnotesym,a.sdendnotesym,a[href^="#ftnt_ref"]', (back) => back.remove())
  return [...copy.querySelectorAll('p')].map(words).filter(Boolean).join(' ') || words(copy)
}

export function footnotes({ doc, body, leftovers }) {
  const used = new Set()
  each(body, 'a[href^="#"]', (reference) => {
    for (const [address, find] of KINDS) {
      const id = address.exec(reference.getAttribute('href'))?.[1]
      if (!id || reference.closest(NOTE)) continue
      const note = find(body, id)
      const place = reference.closest('sup') ?? reference
      if (note && !note.contains(reference)) {
        used.add(note)
        place.replaceWith(make(doc, 'span', { class: 'footnote', 'data-text': noteWords(note).slice(0, LONGEST) }))
      } else if (!note) place.replaceWith(leftovers.note('footnote', words(reference).replace(/[[\]]/g, '')))
    }
  })
  for (const note of used) note.remove()
  each(body, NOTE, (note) => { if (!used.has(note) && !words(note)) note.remove() })
  each(body, '[data-style*="mso-element:footnote-list"],[data-style*="mso-element:endnote-list"]', (list) => (words(list) ? dropRule(list) : list.remove()))
}

/** A note to which nothing refers stays as text; only the line above the notes goes. */
function dropRule(list) {
  each(list, 'hr', (rule) => rule.remove())
  each(list, 'a[href^="#_ftnref"],a[href^="#_ednref"]', (back) => dropLetters(back, back.textContent.length))
}
