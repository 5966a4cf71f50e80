// node serve.mjs FOLDER: serves a site that was built, on this machine alone.
import { fileURLToPath } from 'node:url'
import { preview } from 'vite'

export const serve = (folder, port) =>
  preview({ configFile: false, appType: 'mpa', build: { outDir: folder }, preview: { host: '127.0.0.1', port } })

if (process.argv[1] === fileURLToPath(import.meta.url)) (await serve(process.argv[2])).printUrls()
