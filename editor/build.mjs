// Builds the browser bundle: node build.mjs OUT_DIR
import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import esbuild from 'esbuild'

const outdir = process.argv[2]
await esbuild.build({
  entryPoints: { editor: 'src/main.js' },
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  outdir,
  legalComments: 'linked',
  logLevel: 'error',
})
const size = gzipSync(fs.readFileSync(path.join(outdir, 'editor.js'))).length
console.log(`editor.js: ${(size / 1024).toFixed(0)} KB gzip`)
if (size > 170 * 1024) throw new Error('The editor bundle is over 170 KB gzip.')
