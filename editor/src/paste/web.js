// Web pages and whatever is not known: what is no text goes, what is shown stays.
import { BLOCKS, drop, each, embrace, make, rename, unwrap, words } from './dom.js'

const MEDIA = 'iframe,object,embed,video,audio,canvas,applet'

export function tidyWeb({ doc, body, leftovers }) {
  each(body, MEDIA, (media) => {
    const name = media.getAttribute('title') || media.getAttribute('aria-label') || ''
    media.replaceWith(make(doc, 'p', {}, leftovers.note('media', name)))
  })
  drop(body, 'nav,button,select,input,textarea,dialog,svg')
  each(body, 'dt', (term) => embrace(rename(term, 'p'), 'strong'))
  each(body, 'dd', (meaning) => rename(meaning, meaning.querySelector(BLOCKS) ? 'div' : 'p'))
  each(body, 'pre', lines)
  each(body, 'label,summary', (label) => { if (!label.querySelector(BLOCKS)) rename(label, 'p') })
  each(body, 'mark,small,time,abbr,code', unwrap)
}

/** Lines of a listing stay lines. */
function lines(listing) {
  const { ownerDocument } = listing
  const parts = listing.textContent.replace(/\s+$/, '').split('\n')
  const paragraph = make(ownerDocument, 'p', {}, ...parts.flatMap((part, index) => (index ? [make(ownerDocument, 'br'), part] : [part])))
  if (words(paragraph)) listing.replaceWith(paragraph)
  else listing.remove()
}
