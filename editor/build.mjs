// Builds the browser bundle: node build.mjs OUT_DIR
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import esbuild from 'esbuild'

const outdir = process.argv[2]
await esbuild.build({
  entryPoints: { editor: 'src/main.js', paste: 'src/paste/clean.js', facts: 'src/facts/tool.js', comments: 'src/comments/panel.js', suggest: 'src/suggest/tool.js' }, // the others are fetched once the editor is ready
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir,
  legalComments: 'linked',
  logLevel: 'error',
})
const size = (name) => gzipSync(fs.readFileSync(path.join(outdir, `${name}.js`))).length / 1024
const [editor, paste, facts, comments, suggest] = ['editor', 'paste', 'facts', 'comments', 'suggest'].map(size)
console.log(`editor.js, paste.js, facts.js, comments.js, suggest.js: ${[editor, paste, facts, comments, suggest].map((each) => each.toFixed(0)).join(' + ')} KB gzip`)
if (editor + paste > 170) throw new Error('What writing and pasting need is over 170 KB gzip.')
if (comments > 6) throw new Error('What stands beside the text is over 6 KB gzip.')
if (suggest > 6) throw new Error('The tool for suggested wording is over 6 KB gzip.')
if (facts > 6) throw new Error('The tool for facts is over 6 KB gzip.')
