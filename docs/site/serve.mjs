// node serve.mjs FOLDER [PORT]: serves a site that was built, on this machine alone.
import { preview } from 'vite'

export const serve = (folder, port = 4173) =>
  preview({ configFile: false, appType: 'mpa', build: { outDir: folder }, preview: { host: '127.0.0.1', port } })

if (process.argv[2]) (await serve(process.argv[2], Number(process.argv[3] ?? 4173))).printUrls()
