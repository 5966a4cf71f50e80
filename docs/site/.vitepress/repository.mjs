// What of the repository the site shows, and under which path.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { lookAt } from './look.mjs'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
const target = fileURLToPath(new URL('../target', import.meta.url))
export const made = join(target, 'made') // by ./course site: traces, diffs, recordings, names
export const srcDir = join(target, 'pages')
export const languages = ['en', 'zh']
export const read = (path) => readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n')
const prefix = { en: '', zh: 'zh-CN/' }

/** Page of the site -> its Markdown in the repository. */
export const pages = new Map()
const add = (page, en, zh) => {
  pages.set(prefix.en + page, en)
  pages.set(prefix.zh + page, zh)
}
add('index.md', 'README.md', 'README.zh-CN.md')
add('contributing.md', 'CONTRIBUTING.md', 'CONTRIBUTING.zh-CN.md')
for (const entry of readdirSync(join(root, 'docs'))) {
  if (entry.endsWith('.md')) {
    add(entry === 'README.md' ? 'course.md' : entry, `docs/${entry}`, `docs/zh-CN/${entry}`)
  } else if (existsSync(join(root, 'docs', entry, 'README.zh-CN.md'))) {
    add(`${entry}/index.md`, `docs/${entry}/README.md`, `docs/${entry}/README.zh-CN.md`)
  }
}
const pageOf = new Map([...pages].map(([page, source]) => [source, page]))
export const languageOf = (page) => (page.startsWith(prefix.zh) ? 'zh' : 'en')
export const titleOf = (page) => /^# (.*)/m.exec(readFileSync(join(srcDir, page), 'utf8'))[1]
export const titleAt = (link) => titleOf([...pages.keys()].find((page) => linkTo(page) === link.split('#')[0]))
export const linkTo = (page) => '/' + page.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '.html')

export const stages = readdirSync(root).filter((name) => /^stage[1-5]-/.test(name)).sort()
/** Files and folders outside the stages that pages have links to. */
export const linked = new Set()
export const isFolder = (path) => statSync(join(root, path)).isDirectory()

/** Where on the site a link of `source`, a file of the repository, leads; undefined if it leads elsewhere. */
export function resolve(source, href) {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(href)) return undefined
  const [, to, anchor] = /^([^#]*)(#.*)?$/.exec(decodeURI(href))
  const path = posix.join(posix.dirname(source), to).replace(/\/$/, '')
  if (!existsSync(join(root, path))) throw new Error(`${source}: link to ${href}: there is no ${path}`)
  if (pageOf.has(path)) return linkTo(pageOf.get(path)) + (anchor ?? '')
  const stage = path.split('/')[0]
  if (!stages.includes(stage)) linked.add(path)
  if (stages.includes(stage) && path !== stage && isFolder(path)) return `/code/${stage}/index.html#${path.slice(stage.length + 1)}`
  return `/code/${path}${isFolder(path) ? '/index' : ''}.html${anchor ?? ''}`
}

/** Puts the pages where VitePress takes them from. */
export function layOut() {
  rmSync(srcDir, { recursive: true, force: true })
  for (const [page, source] of pages) {
    write(page, read(source).replace(/^\[(中文|English)\]\(.*\n\n/m, '')) // the site has a switch for that
  }
  for (const language of languages) {
    for (const [page, text] of lookAt(language)) write(prefix[language] + page, text)
  }
  const open = join(srcDir, 'public')
  cpSync(made, join(open, 'made'), { recursive: true })
  cpSync(join(target, '../code.css'), join(open, 'code.css'))
  cpSync(join(target, '../node_modules/asciinema-player/dist/bundle/asciinema-player.css'), join(open, 'player.css'))
  for (const file of readdirSync(made).filter((name) => name.endsWith('.html'))) {
    const page = join(open, 'made', file)
    const html = readFileSync(page, 'utf8').replace('id="data">{', 'id="data">{"sourcePages":"../code/",')
      .replaceAll('href="file:///', 'href="file:/').replaceAll(`href="file:${pathToFileURL(root).pathname}`, 'href="../../../../')
    writeFileSync(page, html.replace(/<a href="(\.\.[^"]*)"/g, (_, href) =>
      `<a target="_top" href="..${resolve('docs/site/target/made/' + file, href)}"`))
  }
}

function write(page, text) {
  mkdirSync(dirname(join(srcDir, page)), { recursive: true })
  writeFileSync(join(srcDir, page), text)
}
