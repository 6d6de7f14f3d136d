// Builds the browser bundle: node build.mjs OUT_DIR
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import esbuild from 'esbuild'

const outdir = process.argv[2]
await esbuild.build({
  entryPoints: { editor: 'src/main.js', paste: 'src/paste/clean.js' }, // the second is fetched once the editor is ready
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir,
  legalComments: 'linked',
  logLevel: 'error',
})
const sizes = ['editor', 'paste'].map((name) => gzipSync(fs.readFileSync(path.join(outdir, `${name}.js`))).length)
const total = sizes[0] + sizes[1]
console.log(`editor.js and paste.js: ${sizes.map((size) => (size / 1024).toFixed(0)).join(' + ')} KB gzip`)
if (total > 170 * 1024) throw new Error('The editor is over 170 KB gzip.')
