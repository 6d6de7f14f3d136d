// LibreOffice Writer.
import { drop, each, unwrap } from './dom.js'
import { footnotes } from './footnotes.js'

export const isOffice = (html) => /content="(LibreOffice|OpenOffice)|class="sdfootnote/i.test(html)

export function tidyOffice(page) {
  footnotes(page)
  each(page.body, 'span.sd-abs-pos', unwrap) // a picture with its place on the page
  drop(page.body, 'div[title="header"],div[title="footer"]')
}
