// Google Docs, and Word in the browser.
import { drop, each, make, unwrap } from './dom.js'
import { footnotes } from './footnotes.js'
import { flatLists } from './lists.js'

export const isDocs = (html) => /docs-internal-guid/i.test(html)
export const isWordOnline = (html) => /class="[^"]*\b(TextRun|NormalTextRun|OutlineElement)\b/.test(html)

export function tidyDocs(page) {
  each(page.body, '[id^="docs-internal-guid"]', unwrap) // a <b> around everything that is not bold
  each(page.body, '[role="checkbox"]', (item) => {
    drop(item, 'img')
    ;(item.querySelector('p') ?? item).prepend(item.getAttribute('aria-checked') === 'true' ? '☑ ' : '☐ ')
  })
  drop(page.body, 'br.Apple-interchange-newline')
  footnotes(page)
}

export function tidyWordOnline(page) {
  const { doc, body } = page
  drop(body, '.EOP,.TableHiddenContent')
  each(body, '.SuperscriptFootnoteReference,.FootnoteReference', (mark) => mark.replaceWith(` ${page.leftovers.note('footnote', mark.textContent.trim())}`))
  each(body, '.LineBreakBlob', (mark) => mark.replaceWith(make(doc, 'br')))
  flatLists(page)
}
